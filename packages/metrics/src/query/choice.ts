import type { Dialect } from './dialect.ts';

/** The names that a question narrows a dimension to. */
export interface Choice {
  /** The condition that an expression of type String is one of the names. */
  includes(expression: string): string;
  /** The condition that one of the names is in an expression of type Array(String). */
  overlaps(array: string): string;
  /** Those of an Array(String) that are among the names. */
  within(array: string): string;
  /** Whether it is chosen only when the statement runs: then two constants of SQL say what came of it. */
  isOpen: boolean;
  /** The condition that nothing is chosen, which means everything. */
  isAll: string;
  /** The condition that exactly one name is chosen. */
  isSingle: string;
}

const sqlBoolean = (value: boolean): string => (value ? 'true' : 'false');

/** Names that are known when the statement is written. */
export function namedChoice(dimension: string, names: readonly string[], dialect: Dialect): Choice {
  const list = dialect.list(dimension, names);
  return {
    includes: (expression) => `${expression} IN ${list}`,
    overlaps: (array) => `hasAny(${array}, ${list})`,
    within: (array) => `arrayIntersect(${array}, ${list})`,
    isOpen: false,
    isAll: 'false',
    isSingle: sqlBoolean(new Set(names).size === 1),
  };
}

/**
 * Names that the reader of a dashboard picks, in a variable of Grafana. Only `singlequote` escapes quotes; the plugin's
 * default format does not. `$__conditionalAll` takes the whole condition away where All or nothing is picked, so that
 * thousands of names never stand in the statement.
 *
 * @param variable the name of the variable
 */
export function variableChoice(variable: string): Choice {
  if (!/^[a-z][a-z0-9_]*$/.test(variable)) throw new Error(`"${variable}" is no name of a variable`);
  const quoted = `\${${variable}:singlequote}`;
  const unlessAll = (condition: string): string => `$__conditionalAll(${checked(condition)}, $${variable})`;
  return {
    includes: (expression) => unlessAll(`${expression} IN (${quoted})`),
    overlaps: (array) => unlessAll(`hasAny(${array}, [${quoted}])`),
    within: (array) => `arrayFilter(name -> ${unlessAll(`name IN (${quoted})`)}, ${array})`,
    isOpen: true,
    isAll: unlessAll('1=0'),
    isSingle: unlessAll(`length([${quoted}]) = 1`),
  };
}

/**
 * The plugin puts a condition back by String.replace, to which `$'` and its like mean something, and finds its end by
 * counting brackets, also those in texts.
 */
function checked(condition: string): string {
  if (/\$[$&`'<]/.test(condition)) throw new Error(`the plugin would mangle the condition ${condition}`);
  return condition;
}
