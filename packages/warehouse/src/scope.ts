import type { Row } from './row-codec.ts';
import { columnType, type Table } from './table.ts';
import type { QueryParams } from './warehouse.ts';

/**
 * Which rows: columns with the value that they must have, a list of which one, or the least that it may be. What is to
 * be replaced is told by columns of the key: of a row that was removed nothing else is known.
 */
export type Scope<R> = {
  readonly [Column in keyof R]?: R[Column] | readonly R[Column][] | { readonly from: R[Column] };
};

/** `WHERE` for the rows whose columns have the values of `scope`, with its bound values. Empty for an empty scope. */
export function whereScope(table: Table, scope: Row): { sql: string; params: QueryParams } {
  const params: Record<string, unknown> = {};
  const conditions = Object.entries(scope).map(([column, value]) => {
    const type = table.columns[column];
    if (type === undefined) throw new Error(`${table.qualified} has no column ${column}`);
    if (value === null) return `${column} IS NULL`;
    if (isBound(value)) {
      params[`scope_${column}`] = value.from;
      // An instant is bound in milliseconds, which the engine would read as seconds.
      return columnType(type).startsWith('DateTime64')
        ? `${column} >= fromUnixTimestamp64Milli({scope_${column}:Int64}, 'UTC')`
        : `${column} >= {scope_${column}:${plainType(columnType(type))}}`;
    }
    params[`scope_${column}`] = value;
    if (Array.isArray(value)) return `${column} IN {scope_${column}:Array(${plainType(columnType(type))})}`;
    return `${column} = {scope_${column}:${plainType(columnType(type))}}`;
  });
  return { sql: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, params };
}

/** Whether a row lies within a scope. */
export function scopeMatcher(scope: Row): (row: Row) => boolean {
  const columns = Object.entries(scope).map(([column, value]) => {
    if (isBound(value)) return (row: Row) => (row[column] as number | string) >= value.from;
    const values = new Set<unknown>(Array.isArray(value) ? value : [value]);
    return (row: Row) => values.has(row[column]);
  });
  return (row) => columns.every((isIn) => isIn(row));
}

function isBound(value: unknown): value is { from: number | string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'from' in value;
}

/** The type of a single value: a placeholder cannot be LowCardinality, and need not be Nullable. */
function plainType(type: string): string {
  return /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1] ?? type;
}
