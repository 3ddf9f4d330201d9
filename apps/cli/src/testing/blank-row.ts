import type { RowOf, Table } from '@bellwether/warehouse';

/** A row in which nothing is said: tests name the columns that they are about. */
export function blankRow<T extends Table>(table: T): RowOf<T> {
  const row = Object.entries(table.columns).map(([name, column]) => {
    if (typeof column !== 'string') return [name, column.words[0]];
    if (column.startsWith('Nullable')) return [name, null];
    if (column.startsWith('Array')) return [name, []];
    if (column === 'Bool') return [name, false];
    if (column.startsWith('DateTime')) return [name, 0];
    return [name, column.includes('String') ? '' : 0];
  });
  return Object.fromEntries(row) as RowOf<T>;
}
