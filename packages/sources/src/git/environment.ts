/**
 * The environment that git runs in: the caller's, without anything that redirects git, plus what keeps it from
 * fetching, asking, writing and translating.
 *
 * Every GIT_* of the caller goes: inside a git hook GIT_DIR and GIT_INDEX_FILE point to another repository.
 */
export function gitEnvironment(caller: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    GIT_NO_LAZY_FETCH: '1',
    // Versions that do not know GIT_NO_LAZY_FETCH find every transport forbidden instead.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // History as it was recorded, whatever somebody prefers to see here.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
}

/**
 * Settings that a repository's own configuration must not decide: they would run its programs or change what is
 * printed. What has no harmless value here is switched off by an option where a command needs it.
 */
export const safeSettings: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'log.showSignature=false',
  // Else the first commit of a history would seem to touch no file.
  'log.showRoot=true',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);
