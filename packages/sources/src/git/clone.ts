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
  const [version, found] = await Promise.allSettled([
    git.requireVersion(),
    git.run(['rev-parse', '--path-format=absolute', '--git-common-dir', '--is-bare-repository']),
  ]);
  // Too old a git fails at the other command too, for a reason that nobody would understand.
  if (version.status === 'rejected') throw version.reason;
  if (found.status === 'rejected') throw found.reason;
  const [commonDirText = '', isBare = ''] = found.value.stdout.toString().split('\n');
  const commonDir = await realpath(commonDirText);
  const [boundary, filter, originUrl] = await Promise.all([
    readBoundary(commonDir),
    readFilter(git),
    readOrigin(git),
  ]);
  return {
    git,
    path: absolute,
    commonDir,
    isBare: isBare === 'true',
    boundary,
    filter,
    ownName: repositoryName(originUrl, commonDir),
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

async function readFilter(git: GitClient): Promise<string | null> {
  const pattern = String.raw`^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$`;
  const { stdout } = await git.run(['config', '-z', '--get-regexp', pattern], { answers: [1] });
  const entries = stdout
    .toString()
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.split('\n'));
  if (entries.length === 0) return null;
  const filters = entries
    .filter(([name]) => name?.endsWith('.partialclonefilter'))
    .map(([, value]) => value ?? '');
  return [...new Set(filters)].sort().join('+') || 'unknown';
}

/** Through `git remote`, so that `url.<base>.insteadOf` is applied as it is when fetching. */
async function readOrigin(git: GitClient): Promise<string | null> {
  const { exitCode, stdout } = await git.run(['remote', 'get-url', 'origin'], { answers: [2, 128] });
  return exitCode === 0 ? stdout.toString().split('\n')[0]! : null;
}
