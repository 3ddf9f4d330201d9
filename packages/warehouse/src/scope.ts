import type { Row } from './row-codec.ts';
import { columnType, type Table } from './table.ts';
import type { QueryParams } from './warehouse.ts';

/** Which rows: columns with the value that they must have, or a list of which one. */
export type Scope<R> = { readonly [Column in keyof R]?: R[Column] | readonly R[Column][] };

/** `WHERE` for the rows whose columns have the values of `scope`, with its bound values. Empty for an empty scope. */
export function whereScope(table: Table, scope: Row): { sql: string; params: QueryParams } {
  const params: Record<string, unknown> = {};
  const conditions = Object.entries(scope).map(([column, value]) => {
    const type = table.columns[column];
    if (type === undefined) throw new Error(`${table.qualified} has no column ${column}`);
    if (value === null) return `${column} IS NULL`;
    params[`scope_${column}`] = value;
    if (Array.isArray(value)) return `${column} IN {scope_${column}:Array(${plainType(columnType(type))})}`;
    return `${column} = {scope_${column}:${plainType(columnType(type))}}`;
  });
  return { sql: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, params };
}

/** Whether a row lies within a scope. */
export function scopeMatcher(scope: Row): (row: Row) => boolean {
  const columns = Object.entries(scope).map(([column, value]) => ({
    column,
    values: new Set<unknown>(Array.isArray(value) ? value : [value]),
  }));
  return (row) => columns.every(({ column, values }) => values.has(row[column]));
}

/** The type of a single value: a placeholder cannot be LowCardinality, and need not be Nullable. */
function plainType(type: string): string {
  return /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1] ?? type;
}
