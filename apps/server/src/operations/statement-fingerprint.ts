import { createHash } from 'node:crypto';

const STRING = /'(?:[^'\\]|\\[\s\S]|'')*'/g;
const NUMBER = /(?<![\w.])-?\d[\w.]*/g;
const LIST = /([([])\?(?:, \?)+([)\]])/g;

/**
 * The same for statements that differ in their values alone: enough to find what is asked often or slowly, and nothing
 * of what was asked. 16 hexadecimal digits.
 *
 * @param statement canonical
 */
export function statementFingerprint(statement: string): string {
  const shape = statement.replace(STRING, '?').replace(NUMBER, '?').replace(LIST, '$1?$2');
  return createHash('sha256').update(shape).digest('hex').slice(0, 16);
}
