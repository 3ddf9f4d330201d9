import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { GitClient } from './client.ts';
import { notARepository, pathMissing, permissionDenied } from './git-errors.ts';
import { repositoryName } from './repository-name.ts';

/** What can be said about a clone without reading its history. */
export interface Clone {
  readonly git: GitClient;
  /** As the user named it, made absolute. */
  readonly path: string;
  /** The git folder itself, resolved; worktrees of one repository share it. */
  readonly commonDir: string;
  readonly isBare: boolean;
  /** The commits at which a shallow history is cut; empty for a whole one. */
  readonly boundary: readonly string[];
  /** The filters of a partial clone, such as `tree:0`; null for a whole one. */
  readonly filter: string | null;
  /** What its origin, else its folder, says that it is called. */
  readonly ownName: string;
}

export interface OpenCloneOptions {
  readonly signal: AbortSignal;
  /** The git program; for tests. */
  readonly executable?: string | undefined;
}

/**
 * Finds the repository that a path lies in: a clone or any folder of it, a bare repository, a linked worktree.
 *
 * @throws BellwetherError `path-missing`, `permission-denied`, `not-a-repository`, `dubious-ownership`,
 *   `git-missing`, `git-too-old`
 */
export async function openClone(folder: string, options: OpenCloneOptions): Promise<Clone> {
  const absolute = path.resolve(folder);
  await requireFolder(absolute);
  const git = new GitClient(absolute, options.signal, options.executable);
  await git.requireVersion();
  const found = await git.run([
    'rev-parse',
    '--path-format=absolute',
    '--git-common-dir',
    '--is-bare-repository',
  ]);
  const [commonDirText = '', isBare = ''] = found.stdout.toString().split('\n');
  const commonDir = await realpath(commonDirText);
  const [boundary, settings] = await Promise.all([readBoundary(commonDir), readSettings(git)]);
  return {
    git,
    path: absolute,
    commonDir,
    isBare: isBare === 'true',
    boundary,
    filter: filterOf(settings),
    ownName: repositoryName(await originOf(git, settings), commonDir),
  };
}

async function requireFolder(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw notARepository(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw pathMissing(folder);
    if (code === 'EACCES' || code === 'EPERM') throw permissionDenied(folder, error);
    throw error;
  }
}

async function readBoundary(commonDir: string): Promise<string[]> {
  try {
    const text = await readFile(path.join(commonDir, 'shallow'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw permissionDenied(commonDir, error);
  }
}

type Settings = readonly (readonly [name: string, value: string])[];

async function readSettings(git: GitClient): Promise<Settings> {
  const pattern = String.raw`^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone|remote\.origin\.url|url\..*\.insteadof)$`;
  const { stdout } = await git.run(['config', '-z', '--get-regexp', pattern], { answers: [1] });
  return stdout
    .toString()
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const newline = entry.indexOf('\n');
      return newline === -1 ? [entry, ''] : [entry.slice(0, newline), entry.slice(newline + 1)];
    });
}

function filterOf(settings: Settings): string | null {
  const ofPartialClone = settings.filter(([name]) => /promisor$|partialclone(filter)?$/.test(name));
  if (ofPartialClone.length === 0) return null;
  const filters = ofPartialClone.filter(([name]) => name.endsWith('filter')).map(([, value]) => value);
  return [...new Set(filters)].sort().join('+') || 'unknown';
}

/** Where short forms of addresses are configured, git is asked which address it would fetch from. */
async function originOf(git: GitClient, settings: Settings): Promise<string | null> {
  const url = settings.find(([name]) => name === 'remote.origin.url')?.[1] ?? null;
  if (url === null || settings.every(([name]) => !name.endsWith('.insteadof'))) return url;
  const { exitCode, stdout } = await git.run(['remote', 'get-url', 'origin'], { answers: [2, 128] });
  return exitCode === 0 ? stdout.toString().trimEnd() : url;
}
