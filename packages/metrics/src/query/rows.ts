import { column, from } from './columns.ts';
import type { Plan } from './plan.ts';

/**
 * The rows that a request is about: filtered, each thing once per group.
 *
 * @param columns what to read; the fewer, the quicker
 * @param where   conditions on the columns of the view, such as the window; without any: rows of whatever time
 */
export function rowsSql(plan: Plan, columns: readonly string[], where: readonly string[] = []): string {
  const { expressions, metric, onePer } = plan;
  const select = (names: readonly string[]): string =>
    names
      .filter(isFirst)
      .map((name) => `${expressions.get(name) ?? column(name)} AS ${name}`)
      .join(', ');
  if (onePer === null) {
    return [
      `SELECT ${select(columns)}`,
      `FROM ${from(metric)}`,
      ...conditions([...plan.conditions, ...where]),
    ].join('\n');
  }
  // Before the window is cut: which row stands for a thing must not depend on the window that is looked at.
  // A window function, because ORDER BY … LIMIT 1 BY takes twice the time.
  return [
    `SELECT ${columns.filter(isFirst).join(', ')}`,
    'FROM (',
    `  SELECT ${select([...columns, ...onePer.columns, ...onePer.order])}`,
    `  FROM ${from(metric)}`,
    ...conditions(plan.conditions).map((line) => `  ${line}`),
    `  QUALIFY row_number() OVER (PARTITION BY ${onePer.columns.join(', ')} ORDER BY ${onePer.order.join(', ')}) = 1`,
    ') AS fact',
    ...conditions(where),
  ].join('\n');
}

function conditions(all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`WHERE ${all.join(' AND ')}`];
}

function isFirst(name: string, position: number, names: readonly string[]): boolean {
  return names.indexOf(name) === position;
}
