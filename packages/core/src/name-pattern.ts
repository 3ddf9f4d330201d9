import picomatch from 'picomatch';

/**
 * Whether a name (a bot's, a branch's, a repository's) matches any of the globs.
 * Case does not count, and brackets are ordinary characters here: `*[bot]` means what
 * people expect when they read a GitHub bot's name, not a character class.
 */
export function nameMatcher(globs: readonly string[]): (name: string) => boolean {
  const patterns = globs.map((glob) => glob.replace(/[[\]]/g, '\\$&'));
  return picomatch(patterns, { nocase: true, dot: true, nobrace: true, noextglob: true, bash: true });
}

/** Whether a path of a repository lies within any of the globs (`packages/api/**`). Case counts. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true, noextglob: true });
}
