import { column, from } from './columns.ts';
import type { OnePer } from './counts-once.ts';
import type { Plan } from './plan.ts';

/**
 * The rows that a request is about: filtered, each thing once per group.
 *
 * @param columns what to read; the fewer, the quicker
 * @param where   conditions on the columns of the view, such as the window; without any: rows of whatever time
 */
export function rowsSql(plan: Plan, columns: readonly string[], where: readonly string[] = []): string {
  const { marked, onePer } = plan.oneRow;
  if (onePer === null) return plainRows(plan, columns, [...(marked ? [marked.rows] : []), ...where]);
  if (marked === null) return pickedRows(plan, onePer, columns, [], where);
  // One of the two is false before anything is read: which, is known only when the statement runs.
  const isUsable = marked.isUsable ?? 'true';
  return [
    plainRows(plan, columns, [isUsable, marked.rows, ...where]),
    'UNION ALL',
    pickedRows(plan, onePer, columns, [`NOT ${isUsable}`], where),
  ].join('\n');
}

function plainRows(plan: Plan, columns: readonly string[], where: readonly string[]): string {
  return [
    `SELECT ${select(plan, columns)}`,
    `FROM ${from(plan.metric)}`,
    ...conditions([...plan.conditions, ...where]),
  ].join('\n');
}

/** @param before conditions that do not change which row stands for a thing */
function pickedRows(
  plan: Plan,
  { columns: per, order }: OnePer,
  columns: readonly string[],
  before: readonly string[],
  where: readonly string[],
): string {
  // Before the window is cut: which row stands for a thing must not depend on the window that is looked at.
  // A window function, because ORDER BY … LIMIT 1 BY takes twice the time.
  return [
    `SELECT ${columns.filter(isFirst).join(', ')}`,
    'FROM (',
    `  SELECT ${select(plan, [...columns, ...per, ...order])}`,
    `  FROM ${from(plan.metric)}`,
    ...conditions([...plan.conditions, ...before]).map((line) => `  ${line}`),
    `  QUALIFY row_number() OVER (PARTITION BY ${per.join(', ')} ORDER BY ${order.join(', ')}) = 1`,
    ') AS fact',
    ...conditions(where),
  ].join('\n');
}

function select({ expressions }: Plan, names: readonly string[]): string {
  return names
    .filter(isFirst)
    .map((name) => `${expressions.get(name) ?? column(name)} AS ${name}`)
    .join(', ');
}

function conditions(all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`WHERE ${all.join(' AND ')}`];
}

function isFirst(name: string, position: number, names: readonly string[]): boolean {
  return names.indexOf(name) === position;
}
