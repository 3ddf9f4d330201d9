import { badParameter, parameterNotSet, syntaxError } from './refusals.ts';
import { applyEdits, nameOf, quoteName, quoteString, readTokens, type Token } from './sql-tokens.ts';

interface Placeholder {
  name: string;
  type: string;
  from: number;
  to: number;
}

/**
 * `{name:Type}` in canonical SQL. A brace stands for nothing else there: maps are printed as `map(…)`.
 *
 * @throws QueryError
 */
export function placeholdersOf(sql: string): Placeholder[] {
  const tokens = readTokens(sql);
  const found: Placeholder[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const open = tokens[at]!;
    if (open.text !== '{') continue;
    const name = nameOf(tokens[at + 1]);
    const end = tokens.findIndex((token, after) => after > at && token.text === '}');
    if (name === undefined || tokens[at + 2]?.text !== ':' || end < at + 4) {
      throw syntaxError('A parameter has to be of the form {name:Type}');
    }
    found.push({ name, type: typeText(sql, tokens, at + 3, end), from: open.from, to: tokens[end]!.to });
    at = end;
  }
  return found;
}

function typeText(sql: string, tokens: readonly Token[], from: number, to: number): string {
  return sql.slice(tokens[from]!.from, tokens[to - 1]!.to);
}

/**
 * Puts names in the place of `{name:Identifier}`: what a table is called has to be known before anyone can say whether
 * it may be read. One value is one name, whatever stands in it. All other parameters are values and stay.
 *
 * @throws QueryError 456, 457
 */
export function fillIdentifiers(sql: string, params: Readonly<Record<string, string>>): string {
  const edits = placeholdersOf(sql).flatMap(({ name, type, from, to }) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    // The engine takes what is missing for null where the type knows null.
    if (value === undefined && !/^(?:LowCardinality\()?Nullable\(/.test(type)) throw parameterNotSet(name);
    if (!isIdentifier(type)) return [];
    if (value === undefined || !/^[^\\`"'\p{Cc}\u2028\u2029]{1,200}$/u.test(value)) {
      throw badParameter(name, 'is not a name');
    }
    return [{ from, to, text: quoteName(value) }];
  });
  return applyEdits(sql, edits);
}

/**
 * The same statement with some value of the same type for each parameter, so that it can be parsed without them. A
 * value can be nothing but a literal for the engine, whatever it is.
 */
export function withoutParameters(sql: string): string {
  const edits = placeholdersOf(sql).map(({ type, from, to }) => ({
    from,
    to,
    text: `_CAST('', ${quoteString(type)})`,
  }));
  return applyEdits(sql, edits);
}

function isIdentifier(type: string): boolean {
  if (type === 'Identifier') return true;
  // A later engine's `Identifiers`, say, must not pass for a value.
  if (/identifier/i.test(type)) throw syntaxError(`Unknown data type ${type} of a parameter`);
  return false;
}
