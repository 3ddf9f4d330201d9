import { BellwetherError, usageError } from '@bellwether/core';

/** How a run of git ended that did not end well. */
export interface GitFailure {
  /** The sub-command: `log`. */
  readonly command: string;
  /** The clone that it was about. */
  readonly path: string;
  readonly exitCode: number | null;
  readonly killedBy: string | null;
  readonly stderr: string;
}

/** The oldest git that knows `--diff-merges=first-parent` and `rev-parse --path-format`. */
export const oldestGit = '2.31';

/** Turns git's own words (`LC_ALL=C`) into an error that says what to do. */
export function gitError(failure: GitFailure): BellwetherError {
  const { stderr, path } = failure;
  const cause = new Error(`git ${failure.command}: ${withoutCredentials(stderr.slice(0, 2000))}`);
  const at = `git -C ${shellWord(path)}`;
  if (failure.killedBy !== null) return interrupted(failure, cause);
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    return usageError(
      'dubious-ownership',
      'The repository belongs to another user of this machine, so git refuses to read it.',
      `If you trust it: git config --global --add safe.directory ${shellWord(safeDirectory(stderr) ?? path)}`,
      cause,
    );
  }
  if (/permission denied/i.test(stderr)) return permissionDenied(path, cause);
  if (/not a git repository|invalid gitfile format/.test(stderr)) return notARepository(path, cause);
  if (/from promisor remote|lazy fetching disabled/.test(stderr)) return missingObjects(at, cause);
  if (/unknown option|unrecognized argument|^usage:/m.test(stderr)) return gitTooOld('this version', cause);
  if (looksCorrupt(stderr)) return repositoryCorrupt(path, `git ${failure.command} met an object`, cause);
  return new BellwetherError({
    code: 'git-failed',
    message: `git ${failure.command} failed (exit code ${failure.exitCode ?? 'unknown'}): ${firstLine(stderr)}`,
    retry: 'no',
    next: `${at} fsck --connectivity-only shows whether the clone is whole.`,
    cause,
  });
}

/** @param what `git log met an object`: what turned out to be unreadable */
export function repositoryCorrupt(path: string, what: string, cause?: unknown): BellwetherError {
  const at = `git -C ${shellWord(path)}`;
  return new BellwetherError({
    code: 'repository-corrupt',
    message: `The repository is damaged: ${what} that cannot be read. What was read before it stays.`,
    retry: 'no',
    next: `${at} fsck --full shows the damage; mend it with ${at} fetch --refetch, or clone it again.`,
    cause,
  });
}

export function pathMissing(path: string): BellwetherError {
  return usageError(
    'path-missing',
    `There is no folder ${path}.`,
    'Check the path; a clone is made by: git clone <address>',
  );
}

export function notARepository(path: string, cause?: unknown): BellwetherError {
  const what = path.endsWith('.bundle') ? 'a bundle, not a clone' : 'no git repository';
  return usageError(
    'not-a-repository',
    `${path} is ${what}.`,
    `Name the folder of a clone; one is made by: git clone ${path.endsWith('.bundle') ? shellWord(path) : '<address>'}`,
    cause,
  );
}

export function permissionDenied(path: string, cause?: unknown): BellwetherError {
  return new BellwetherError({
    code: 'permission-denied',
    message: `Not everything in ${path} may be read by this user.`,
    retry: 'no',
    next: `Look for what belongs to someone else: ls -la ${shellWord(path)}`,
    cause,
  });
}

export function gitMissing(cause: unknown): BellwetherError {
  return new BellwetherError({
    code: 'git-missing',
    message: 'The program git was not found.',
    retry: 'no',
    next: `Install git ${oldestGit} or later (https://git-scm.com/downloads), then: git --version`,
    cause,
  });
}

export function gitTooOld(version: string, cause?: unknown): BellwetherError {
  return new BellwetherError({
    code: 'git-too-old',
    message: `git ${oldestGit} or later is needed; ${version} is too old.`,
    retry: 'no',
    next: 'Install a newer git (https://git-scm.com/downloads), then: git --version',
    cause,
  });
}

function missingObjects(at: string, cause: Error): BellwetherError {
  return new BellwetherError({
    code: 'objects-missing',
    message: 'This partial clone lacks objects that are needed, and Bellwether never fetches.',
    retry: 'no',
    next: `Set git.paths to off in bellwether.yaml, or complete the clone: ${at} fetch --refetch --no-filter`,
    cause,
  });
}

function interrupted({ command, killedBy }: GitFailure, cause: Error): BellwetherError {
  return new BellwetherError({
    code: 'git-killed',
    message: `Something ended git ${command} (${killedBy ?? 'unknown signal'}).`,
    retry: 'now',
    next: 'Run the same command again; if it happens again, look for a lack of memory.',
    cause,
  });
}

function looksCorrupt(stderr: string): boolean {
  return /bad object|corrupt|unable to read|unable to parse|could not parse|could not read|failed to read|missing (object|blob|tree|commit)|inflate|bad tree|malformed|premature end|invalid sha1|cannot read|invalid object|object file|index file|pack/i.test(
    stderr,
  );
}

function firstLine(stderr: string): string {
  return withoutCredentials(
    (stderr.split('\n').find((line) => line.trim() !== '') ?? 'no message').slice(0, 300),
  );
}

function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^@/\s]*@/g, '://');
}

/** The folder that git itself proposes, which for a linked worktree is not the one that was named. */
function safeDirectory(stderr: string): string | undefined {
  return /safe\.directory '?([^'\n]+)'?/.exec(stderr)?.[1];
}

/** A word that can be pasted into a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
