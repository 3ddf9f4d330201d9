/** One rule of a CODEOWNERS file. */
export interface CodeOwnersRule {
  /** From 1, as editors count. */
  readonly line: number;
  readonly pattern: string;
  /** Empty: nobody owns what matches. */
  readonly owners: readonly Owner[];
}

export type Owner =
  | { readonly kind: 'user'; readonly login: string }
  | { readonly kind: 'team'; readonly organisation: string; readonly slug: string }
  | { readonly kind: 'email'; readonly email: string };

/** GitHub reads no larger file. */
export const LARGEST_FILE = 3 * 1024 * 1024;

/**
 * Reads a CODEOWNERS file by GitHub's rules: a pattern, then owners, parted by white space; `\ ` is a space within a
 * pattern, and what follows a `#` at the beginning of a word is a comment. Lines that GitHub skips are skipped:
 * negations, character ranges, and owners that are none.
 *
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeOwners(text: string): CodeOwnersRule[] {
  const rules: CodeOwnersRule[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const [pattern, ...names] = wordsOf(line);
    if (pattern === undefined || !isPattern(pattern)) continue;
    const owners = names.map(toOwner);
    if (owners.includes(null)) continue;
    rules.push({ line: index + 1, pattern, owners: owners.filter((owner) => owner !== null) });
  }
  return rules;
}

function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/g)) {
    if (word.startsWith('#')) break;
    words.push(word.replaceAll('\\ ', ' '));
  }
  return words;
}

/** `!` and `[ ]` work in .gitignore and not here, and neither does escaping a `#` that begins a pattern. */
function isPattern(pattern: string): boolean {
  return !pattern.startsWith('!') && !pattern.startsWith('\\#') && !/[[\]]/.test(pattern);
}

function toOwner(word: string): Owner | null {
  const team = /^@([\w-]+)\/([\w.-]+)$/.exec(word);
  if (team) return { kind: 'team', organisation: team[1]!, slug: team[2]!.toLowerCase() };
  const user = /^@([\w-]+)$/.exec(word);
  if (user) return { kind: 'user', login: user[1]! };
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(word) ? { kind: 'email', email: word } : null;
}
