import { expect } from 'vitest';
import type { Dump } from '../../testing/test-warehouse.ts';

type Row = Readonly<Record<string, unknown>>;

/** Columns that tell rows of one table apart which the oracle describes by other columns. */
const kinds = ['signal', 'origin'];

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
    const stored = ((dump[table] ?? []) as Row[]).filter((row) => isCompared(table, row));
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const shape = JSON.stringify([Object.keys(row), kinds.map((kind) => row[kind])]);
      groups.set(shape, [...(groups.get(shape) ?? []), row]);
    }
    const found = [...groups.values()].map((group) => differenceOf(table, group, stored));
    const isKnown = (row: Row): boolean =>
      [...groups.values()].some(([sample]) =>
        kinds.every((kind) => sample?.[kind] === undefined || sample[kind] === row[kind]),
      );
    const others = stored.filter((row) => !isKnown(row));
    return [...found, { table, missing: [], extra: others }].filter(
      ({ missing, extra }) => missing.length + extra.length > 0,
    );
  });
}

function differenceOf(table: string, group: readonly Row[], stored: readonly Row[]): Difference {
  const [sample = {}] = group;
  const columns = Object.keys(sample);
  const counterparts = stored.filter((row) =>
    kinds.every((kind) => sample[kind] === undefined || sample[kind] === row[kind]),
  );
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));
  const left = new Map<string, Row[]>();
  for (const row of counterparts) {
    const text = textOf(row);
    left.set(text, [...(left.get(text) ?? []), row]);
  }
  const missing = group.filter((row) => left.get(textOf(row))?.pop() === undefined);
  return { table, missing, extra: [...left.values()].flat() };
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
