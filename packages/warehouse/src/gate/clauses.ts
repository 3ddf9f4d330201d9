import { notImplemented, outfileRefused, syntaxError } from './refusals.ts';
import { hasWords, nameOf, readTokens, type Token } from './sql-tokens.ts';

export interface Clauses {
  /** The statement without them. */
  sql: string;
  format: string | null;
  settings: Record<string, string>;
}

/**
 * Takes FORMAT and SETTINGS off the end of a canonical statement, in whatever order they stand there.
 *
 * @throws QueryError also for INTO OUTFILE, wherever it stands
 */
export function takeClauses(sql: string): Clauses {
  const tokens = readTokens(sql);
  refuseOutfile(tokens);
  for (const [at, token] of tokens.entries()) {
    if (token.depth > 0 || !(hasWords(tokens, at, 'FORMAT') || hasWords(tokens, at, 'SETTINGS'))) continue;
    const clauses = parseClauses(tokens, at);
    if (clauses) return { sql: sql.slice(0, token.from).trimEnd(), ...clauses };
  }
  return { sql, format: null, settings: {} };
}

function refuseOutfile(tokens: readonly Token[]): void {
  for (const at of tokens.keys()) if (hasWords(tokens, at, 'INTO OUTFILE')) throw outfileRefused();
}

/** Undefined where the rest of the statement is something else: `format` and `settings` may be names of columns. */
function parseClauses(tokens: readonly Token[], from: number): Omit<Clauses, 'sql'> | undefined {
  const clauses: Omit<Clauses, 'sql'> = { format: null, settings: {} };
  let at = from;
  while (at < tokens.length) {
    if (hasWords(tokens, at, 'FORMAT')) {
      // The engine's canonical text quotes `Null`, which is a word of its own otherwise.
      const name = nameOf(tokens[at + 1]);
      if (name === undefined || !/^\w+$/.test(name)) return undefined;
      clauses.format = name;
      at += 2;
    } else if (hasWords(tokens, at, 'SETTINGS')) {
      const list = readSettings(tokens, at + 1);
      if (!list) return undefined;
      Object.assign(clauses.settings, list.settings);
      at = list.next;
    } else return undefined;
  }
  return clauses;
}

/** `a = 1, b = 'x'` and where it ends. */
export function readSettings(
  tokens: readonly Token[],
  from: number,
): { settings: Record<string, string>; next: number } | undefined {
  const settings: Record<string, string> = {};
  for (let at = from; ; at += 1) {
    const name = nameOf(tokens[at]);
    if (name === undefined || tokens[at + 1]?.text !== '=') return undefined;
    const negative = tokens[at + 2]?.text === '-' ? 1 : 0;
    const value = tokens[at + 2 + negative];
    if (value === undefined) return undefined;
    settings[name] = `${negative === 1 ? '-' : ''}${valueOf(value)}`;
    at += 3 + negative;
    if (tokens[at]?.text !== ',') return { settings, next: at };
  }
}

const ESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

function valueOf(token: Token): string {
  if (token.kind === 'number') return token.text;
  if (token.kind === 'word' && /^(?:true|false)$/i.test(token.text)) {
    return token.text.toLowerCase() === 'true' ? '1' : '0';
  }
  if (token.kind !== 'string') throw notImplemented('The value of a setting has to be a number or a string');
  const text = token.text.slice(1, -1);
  // A tab between columns, for one: the engine's canonical text spells it so.
  if (/\\(?![\\'tnr])/.test(text.replaceAll('\\\\', ''))) {
    throw syntaxError('The value of a setting holds an escape sequence');
  }
  return text.replace(
    /\\([\\'tnr])|''/g,
    (_, escaped: string | undefined) => ESCAPED[escaped ?? "'"] ?? escaped ?? "'",
  );
}
