import { BellwetherError, exitCodes } from '@bellwether/core';

/**
 * Turns git's own words into an error. None of them is repeated: what a server or a proxy says may quote what was sent.
 *
 * - `mirror-refused`: GitHub does not let this token fetch; 404 is how it refuses what must not be known to exist
 * - `mirror-unreachable`: the network, or GitHub for the moment
 * - `mirror-no-space`, `mirror-damaged`: this machine's side
 */
export function mirrorError({
  stderr,
  killedBy,
}: {
  readonly stderr: string;
  readonly killedBy: string | null;
}): BellwetherError {
  // Cut files are mapped into memory: reading behind their end kills the program.
  if (killedBy === 'SIGBUS' || killedBy === 'SIGSEGV' || killedBy === 'SIGABRT') return damaged();
  if (killedBy !== null) return unreachable('Something ended git while it fetched.');
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) return noSpace();
  if (refusals.test(stderr)) return refused();
  if (troubles.test(stderr)) {
    return unreachable('GitHub could not be reached, or broke off, while git fetched.');
  }
  return damaged();
}

const refusals =
  /Authentication failed|could not read (Username|Password)|terminal prompts disabled|returned error: 40[134]|Repository not found|repository '.*' not found|does not appear to be a git repository|Access denied|SAML/i;

const troubles =
  /Could not resolve|Failed to connect|Couldn't connect|Connection (refused|reset|timed out)|unable to access|early EOF|RPC failed|disconnect|hung up|returned error: (429|5\d\d)|too slow|SSL|TLS|gnutls|timed out|fetch-pack: invalid index-pack output|bad line length|protocol error|invalid response|expected (flush|'packfile')/i;

function refused(): BellwetherError {
  return new BellwetherError({
    code: 'mirror-refused',
    message: 'GitHub does not let this token fetch commits.',
    retry: 'no',
    next: 'Give the token read access to contents, or set `github: { commits: api }` in bellwether.yaml.',
    exitCode: exitCodes.auth,
  });
}

function unreachable(message: string): BellwetherError {
  return new BellwetherError({
    code: 'mirror-unreachable',
    message,
    retry: 'now',
    next: 'Run the same command again; it goes on where it stopped.',
  });
}

function noSpace(): BellwetherError {
  return new BellwetherError({
    code: 'mirror-no-space',
    message: 'There is no room left for the mirrors of repositories.',
    retry: 'no',
    next: 'Make room, or set `github: { commits: api }` in bellwether.yaml: that needs none.',
  });
}

function damaged(): BellwetherError {
  return new BellwetherError({
    code: 'mirror-damaged',
    message: 'The mirror of a repository is damaged and could not be mended.',
    retry: 'later',
    next: 'Run the same command again: a damaged mirror is made anew.',
  });
}
