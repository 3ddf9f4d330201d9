import { readTokens, type Token } from './sql-tokens.ts';

/** The engine reads these as numbers wherever they stand, and as nothing else. */
const WHOLE_NUMBER = /^\d{1,18}$/;

/**
 * The same for statements that differ in whole numbers alone, such as the times of a dashboard: their syntax trees are
 * the same but for these numbers, and no rule looks at a number.
 *
 * @param sql canonical
 */
export function shapeOf(sql: string): string {
  let shape = '';
  let at = 0;
  let before: Token | undefined;
  for (const token of readTokens(sql)) {
    // `t.1` is the name of an element.
    if (token.kind === 'number' && before?.text !== '.' && WHOLE_NUMBER.test(token.text)) {
      shape += `${sql.slice(at, token.from)}0`;
      at = token.to;
    }
    before = token;
  }
  return shape + sql.slice(at);
}
