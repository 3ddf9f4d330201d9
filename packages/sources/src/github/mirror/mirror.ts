import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { GitClient } from '../../git/client.ts';
import { runNetworkGit } from './network-git.ts';

export interface MirrorRequest {
  /** Where the mirror stands. What is beside it is the mirror's too. */
  readonly folder: string;
  readonly url: string;
  /** Value of the `Authorization` header; null for none. */
  readonly authorization: string | null;
  readonly signal: AbortSignal;
}

/**
 * Makes the mirror hold what GitHub's branches and tags reach, commits without their trees, and nothing that they
 * no longer name. A mirror that is damaged is made anew.
 *
 * It is built beside its place and moved there when it is whole; what a killed run left is put away first. So there
 * is a whole mirror or none, and git itself keeps a fetch that was cut short from doing harm.
 *
 * @throws BellwetherError `mirror-refused`, `mirror-unreachable`, `mirror-no-space`, `mirror-damaged`, `cancelled`
 */
export async function updateMirror(request: MirrorRequest): Promise<void> {
  const { folder } = request;
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await rm(besides(folder), { recursive: true, force: true });
  if (!(await isFolder(folder))) return build(request);
  await removeLeftovers(folder);
  try {
    await fetchInto(folder, request);
    await requireWhole(folder, request.signal);
  } catch (error) {
    if (!(error instanceof BellwetherError) || !signsOfDamage.has(error.code)) throw error;
    await build(request);
    return;
  }
  await repackSometimes(folder, request.signal);
}

const signsOfDamage = new Set([
  'mirror-damaged',
  'repository-corrupt',
  'objects-missing',
  'not-a-repository',
  'git-failed',
  'git-killed',
]);

function besides(folder: string): string {
  return `${folder}.new`;
}

async function build(request: MirrorRequest): Promise<void> {
  const { folder, signal } = request;
  const fresh = besides(folder);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await chmod(fresh, 0o700);
  const git = new GitClient(fresh, signal);
  await git.requireVersion();
  // No template: hooks of the machine have no business here.
  await git.run(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '.']);
  await fetchInto(fresh, request);
  await requireWhole(fresh, signal);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

/** What makes of an empty repository the same as `git clone --bare --filter=tree:0` does. */
function configurationOf(url: string): [string, string][] {
  return [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.url', url],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'tree:0'],
  ];
}

async function fetchInto(folder: string, { url, authorization, signal }: MirrorRequest): Promise<void> {
  // Each time, because a repository can have been renamed.
  for (const [key, value] of configurationOf(url)) {
    await new GitClient(folder, signal).run(['config', key, value]);
  }
  const args = [
    '-c',
    'fetch.writeCommitGraph=true',
    'fetch',
    '--quiet',
    '--prune',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--filter=tree:0',
    'origin',
    '+refs/heads/*:refs/heads/*',
    '+refs/tags/*:refs/tags/*',
  ];
  await runNetworkGit(folder, args, { url, authorization, signal });
}

/** Walks all commits, about a million a second: a lost or cut object shows here and not in the middle of reading. */
async function requireWhole(folder: string, signal: AbortSignal): Promise<void> {
  await new GitClient(folder, signal).run(['rev-list', '--all', '--count']);
}

/** Locks and half-written packs of a git that was killed: nobody else writes here, so they are nobody's. */
async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const leftovers = entries.filter(
    (entry) => entry.isFile() && (entry.name.endsWith('.lock') || /^tmp_|^\.tmp-/.test(entry.name)),
  );
  for (const entry of leftovers) await rm(path.join(entry.parentPath, entry.name), { force: true });
}

/** Each fetch leaves a pack. */
const MOST_PACKS = 50;

async function repackSometimes(folder: string, signal: AbortSignal): Promise<void> {
  const files = await readdir(path.join(folder, 'objects', 'pack'));
  if (files.filter((file) => file.endsWith('.pack')).length <= MOST_PACKS) return;
  await new GitClient(folder, signal).run(['repack', '-a', '-d', '-q']);
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
