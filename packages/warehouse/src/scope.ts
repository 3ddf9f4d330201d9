import type { Row } from './row-codec.ts';
import { columnType, type Table } from './table.ts';
import type { QueryParams } from './warehouse.ts';

/** `WHERE` for the rows whose columns have the values of `scope`, with its bound values. Empty for an empty scope. */
export function whereScope(table: Table, scope: Row): { sql: string; params: QueryParams } {
  const params: Record<string, unknown> = {};
  const conditions = Object.entries(scope).map(([column, value]) => {
    const type = table.columns[column];
    if (type === undefined) throw new Error(`${table.qualified} has no column ${column}`);
    if (value === null) return `${column} IS NULL`;
    params[`scope_${column}`] = value;
    return `${column} = {scope_${column}:${plainType(columnType(type))}}`;
  });
  return { sql: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, params };
}

/** The type of a single value: a placeholder cannot be LowCardinality, and need not be Nullable. */
function plainType(type: string): string {
  return /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1] ?? type;
}
