import { notImplemented, syntaxError } from './refusals.ts';

/** A piece of canonical SQL. */
export interface Token {
  /** `name` is a quoted name; `word` one that is not, or a keyword. */
  kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** As it stands in the statement. */
  text: string;
  /** Where it begins and where it ends in the statement. */
  from: number;
  to: number;
  /** How many brackets are open around it. */
  depth: number;
}

const PIECES = [
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['name', /`(?:[^`\\]|\\.)+`|"(?:[^"\\]|\\.)+"/sy],
  ['string', /'(?:[^'\\]|\\.|'')*'/sy],
  ['number', /\d[\w.]*/y],
  ['symbol', /->|::|\|\||[<>!=]=|<>|[^\w\s`"'$#\\]/y],
] as const;

/**
 * Takes canonical SQL apart: text that `formatQuerySingleLine` printed, so without comments and in one spelling.
 * Whatever does not look like that is refused and never guessed at.
 *
 * @throws QueryError
 */
export function readTokens(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = 0; at < sql.length;) {
    if (sql[at] === ' ') {
      at += 1;
      continue;
    }
    const token = readToken(sql, at, depth);
    if (token.text === ')' || token.text === ']' || token.text === '}') token.depth = depth -= 1;
    if (token.text === '(' || token.text === '[' || token.text === '{') depth += 1;
    if (depth < 0) throw syntaxError('Unmatched parentheses');
    tokens.push(token);
    at = token.to;
  }
  if (depth !== 0) throw syntaxError('Unmatched parentheses');
  return tokens;
}

function readToken(sql: string, from: number, depth: number): Token {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = from;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    // The canonical text has none. Were there one, the parser would skip what is examined here, or the other way round.
    const isComment = kind === 'symbol' && (sql.startsWith('--', from) || sql.startsWith('/*', from));
    if (isComment || text === ';' || (kind === 'symbol' && text > '\u007e')) break;
    if (kind === 'name') refuseOddName(text);
    return { kind, text, from, to: from + text.length, depth };
  }
  throw syntaxError(`The statement cannot be read at position ${String(from + 1)}`);
}

/** A name with a line end could forge lines of the syntax tree, and one of ours could undo what a role may see. */
function refuseOddName(quoted: string): void {
  const hasControls = /[\\\p{Cc}\u2028\u2029]/u.test(quoted);
  if (hasControls) {
    throw notImplemented('Names with quotes, backslashes or control characters are not supported');
  }
}

/** The name itself, of a quoted or unquoted one; undefined of anything else. */
export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'name' ? token.text.slice(1, -1) : undefined;
}

/** Whether the keywords stand from `at` on. Keywords are capitals in canonical text, and never quoted. */
export function hasWords(tokens: readonly Token[], at: number, words: string): boolean {
  return words.split(' ').every((word, offset) => {
    const token = tokens[at + offset];
    return token?.text === word && (token.kind === 'word' || token.kind === 'symbol');
  });
}

export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** @param edits in order, not overlapping */
export function applyEdits(sql: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += sql.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + sql.slice(at);
}

/** @param name of the user's own statement, so without quotes and backslashes */
export function quoteName(name: string): string {
  return `\`${name}\``;
}

export function quoteString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
