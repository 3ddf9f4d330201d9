import { expect } from 'vitest';
import type { Dump } from '../../testing/test-warehouse.ts';

type Row = Readonly<Record<string, unknown>>;

/** Where people stand whom GitHub names as long as their account lasts. */
const tablesOfPeople = [
  'domain.pull_requests',
  'domain.reviews',
  'domain.review_requests',
  'domain.pull_request_events',
];

/**
 * The same rows as they would be had they been read now that these accounts are gone: without their keys, and without
 * what has no key but theirs.
 */
export function withoutKeys(dump: Dump, keys: ReadonlySet<string>): Dump {
  const clean = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(clean) : typeof value === 'string' && keys.has(value) ? '' : value;
  return Object.fromEntries(
    Object.entries(dump).map(([table, rows]) => {
      if (!tablesOfPeople.includes(table)) return [table, rows];
      const kept = (rows as Row[]).filter((row) => !keys.has(String(row['reviewer'])));
      return [
        table,
        kept.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, clean(value)])),
        ),
      ];
    }),
  );
}

export interface Difference {
  readonly table: string;
  /** Rows that should be there and are not. */
  readonly missing: readonly Row[];
  /** Rows that are there and should not be. */
  readonly extra: readonly Row[];
}

/**
 * Holds what was collected against what the oracle expects: every expected row is there once, with every column that
 * it names, and nothing else is there.
 *
 * @param isCompared chooses the stored rows that the oracle speaks of
 */
export function differences(
  dump: Dump,
  expected: Readonly<Record<string, readonly Row[]>>,
  isCompared: (table: string, row: Row) => boolean,
): Difference[] {
  return Object.entries(expected).flatMap(([table, rows]) => {
    const left = new Set(((dump[table] ?? []) as Row[]).filter((row) => isCompared(table, row)));
    // Those that say most about a row choose first.
    const groups = [...groupedByColumns(rows)].sort(([one], [other]) => other.length - one.length);
    const missing = groups.flatMap(([columns, group]) => missingOf(columns, group, left));
    return missing.length + left.size === 0 ? [] : [{ table, missing, extra: [...left] }];
  });
}

function groupedByColumns(rows: readonly Row[]): Map<readonly string[], Row[]> {
  const columnsOf = new Map<string, readonly string[]>();
  const groups = new Map<readonly string[], Row[]>();
  for (const row of rows) {
    const shape = Object.keys(row).join();
    const columns = columnsOf.get(shape) ?? Object.keys(row);
    columnsOf.set(shape, columns);
    groups.set(columns, [...(groups.get(columns) ?? []), row]);
  }
  return groups;
}

/** Takes from `left` one row for each of the group, and returns those for which there is none. */
function missingOf(columns: readonly string[], group: readonly Row[], left: Set<Row>): Row[] {
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));
  const byText = new Map<string, Row[]>();
  for (const row of left) {
    const text = textOf(row);
    byText.set(text, [...(byText.get(text) ?? []), row]);
  }
  return group.filter((row) => {
    const found = byText.get(textOf(row))?.pop();
    return found === undefined || !left.delete(found);
  });
}

/** @throws AssertionError that shows the first few differences of each table */
export function expectNoDifferences(found: readonly Difference[], hint: string): void {
  const shown = found.map(({ table, missing, extra }) => ({
    table,
    missing: missing.length,
    extra: extra.length,
    ...firstPair(missing, extra),
  }));
  expect(shown, hint).toEqual([]);
}

/** Most differences are one row that is there in two versions: what differs is all that one wants to see. */
function firstPair(missing: readonly Row[], extra: readonly Row[]): object {
  const [wanted] = missing;
  if (wanted === undefined) return { firstExtra: extra[0] };
  const isSame = (row: Row): boolean =>
    [
      'repo',
      'number',
      'review_id',
      'event_id',
      'deployment_id',
      'build_id',
      'attempt',
      'sha',
      'line',
      'team',
    ].every((key) => wanted[key] === undefined || wanted[key] === row[key]);
  const other = extra.find(isSame);
  if (other === undefined) return { firstMissing: wanted };
  const columns = Object.keys(wanted).filter(
    (column) => JSON.stringify(wanted[column]) !== JSON.stringify(other[column]),
  );
  return {
    of: Object.fromEntries(
      Object.entries(wanted).filter(([key]) => ['repo', 'number', 'deployment_id', 'build_id'].includes(key)),
    ),
    expected: Object.fromEntries(columns.map((column) => [column, wanted[column]])),
    stored: Object.fromEntries(columns.map((column) => [column, other[column]])),
  };
}
