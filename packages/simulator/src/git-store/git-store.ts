import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { commitText, type GitObject, tagText, treeObjects } from '../world/git-objects.ts';
import type { Repository, World } from '../world/model.ts';
import { packOf } from './pack.ts';
import { packedRefs } from './references.ts';

/** Where a repository is stored: by its database id, which no rename changes. */
export function repositoryFolder(folder: string, repository: Repository): string {
  return path.join(folder, `${repository.databaseId}.git`);
}

/**
 * Writes every repository of the world that is not deleted as a bare git repository, or brings it up to date.
 *
 * @throws BellwetherError when git refuses the objects
 */
export async function writeRepositories(world: World, folder: string): Promise<void> {
  for (const repository of world.repositories.values()) {
    if (!repository.isDeleted) await updateRepository(world, repository, folder);
  }
}

/**
 * Brings one stored repository up to date, or creates it: new objects first, then the refs all at once, so that a
 * clone at the same time sees either the old state or the new one.
 *
 * @throws BellwetherError when git refuses the objects
 */
export async function updateRepository(world: World, repository: Repository, folder: string): Promise<void> {
  const gitDir = repositoryFolder(folder, repository);
  const written = await readWritten(gitDir, repository);
  await prepare(gitDir, repository);
  const { objects, now } = newObjects(world, repository, written);
  if (objects.length > 0) await indexPack(gitDir, packOf(objects));
  await replaceFile(path.join(gitDir, 'packed-refs'), packedRefs(repository));
  await replaceFile(path.join(gitDir, writtenFile), JSON.stringify(now));
}

/** What the stored repository has already. Commits are never removed, so that a count says which. */
interface Written {
  readonly commits: number;
  /** The last of them. */
  readonly newest: string | null;
  readonly tags: readonly string[];
}

const writtenFile = 'simulator-written.json';
const nothing: Written = { commits: 0, newest: null, tags: [] };

/** Another world's repository of the same id is removed. */
async function readWritten(gitDir: string, repository: Repository): Promise<Written> {
  let written: Written;
  try {
    written = JSON.parse(await readFile(path.join(gitDir, writtenFile), 'utf8')) as Written;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw error;
  }
  const isSame = newestOf(repository, written.commits) === written.newest;
  if (isSame) return written;
  await rm(gitDir, { recursive: true });
  return nothing;
}

function newestOf(repository: Repository, count: number): string | null {
  return [...repository.commits.keys()][count - 1] ?? null;
}

/** Every object once: a pack must not hold one twice. */
function newObjects(
  world: World,
  repository: Repository,
  written: Written,
): { objects: GitObject[]; now: Written } {
  const objects = new Map<string, GitObject>();
  const trees = new Set<string>();
  let index = 0;
  for (const commit of repository.commits.values()) {
    if (index++ < written.commits) continue;
    objects.set(commit.sha, { type: 'commit', sha: commit.sha, body: Buffer.from(commitText(commit)) });
    trees.add(commit.treeSha);
  }
  for (const sha of trees) {
    for (const object of treeObjects(world.trees.get(sha)!)) objects.set(object.sha, object);
  }
  const known = new Set(written.tags);
  for (const { name, commitSha, annotation } of repository.tags.values()) {
    if (!annotation || known.has(annotation.sha)) continue;
    known.add(annotation.sha);
    const body = Buffer.from(tagText(name, commitSha, annotation));
    objects.set(annotation.sha, { type: 'tag', sha: annotation.sha, body });
  }
  const commits = repository.commits.size;
  const now = { commits, newest: newestOf(repository, commits), tags: [...known] };
  return { objects: [...objects.values()], now };
}

/** What `git init --bare` would make, and what GitHub allows a client to ask for. */
async function prepare(gitDir: string, repository: Repository): Promise<void> {
  for (const inside of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    await mkdir(path.join(gitDir, inside), { recursive: true });
  }
  const config =
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n' +
    '[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n';
  await writeFile(path.join(gitDir, 'config'), config);
  // Without it git takes the folder for no repository.
  await replaceFile(path.join(gitDir, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`);
}

async function indexPack(gitDir: string, pack: Buffer): Promise<void> {
  const git = spawn('git', ['index-pack', '--stdin', '--strict'], {
    cwd: gitDir,
    env: {
      PATH: process.env['PATH'],
      GIT_DIR: gitDir,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  // Git ends before it has read all where it refuses something; its own words say more than a broken pipe.
  git.stdin.on('error', () => {});
  git.stdin.end(pack);
  const [code] = (await once(git, 'close')) as [number | null];
  if (code === 0) return;
  throw new BellwetherError({
    code: 'simulator-git-refused',
    message: `git refused the simulated objects: ${complaint.trim()}`,
    retry: 'no',
    next: 'Check the git version with: git --version',
    exitCode: 1,
  });
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
