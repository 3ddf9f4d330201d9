import type { Unit } from '../metric.ts';

/** Another system that computes DORA: how it counts, so that a figure of its own can be understood beside ours. */
export interface RivalSystem {
  /** As in `report --definition <id>`; also its folder. */
  readonly id: string;
  readonly title: string;
  /** Which version or date its rules were read from. */
  readonly edition: string;
  readonly source: string;
  readonly metrics: readonly RivalMetric[];
  /** What of it cannot be reproduced from the data here, so that nobody takes its figure to the last digit. */
  readonly limits: readonly string[];
}

export interface RivalMetric {
  /** Our metric that it stands beside. */
  readonly ours: string;
  readonly title: string;
  /** In its folder. It returns one row: `value`, `n`, and the numbers that the clauses speak of. */
  readonly file: `${string}.sql`;
  readonly unit: Unit | 'days a week';
  /** How it words the figure; '' where it has no words for it. */
  readonly band: (row: RivalRow) => string;
  readonly clauses: readonly RivalClause[];
}

/** One rule by which its figure can differ from ours. */
export interface RivalClause {
  /** How it counts, and how we do: for the reference page. */
  readonly rule: string;
  /** What the rule does to this figure, with its numbers; null where it changes nothing here. */
  readonly effect?: (row: RivalRow) => string | null;
}

/** What a statement of a system returns. */
export type RivalRow = Readonly<Record<string, number | null>> & {
  readonly value: number | null;
  readonly n: number;
};

/** A number of the row; 0 where it has none. */
export function numberOf(row: RivalRow, name: string): number {
  return row[name] ?? 0;
}

/** `1 incident`, `3 incidents`. */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** An effect that is told only where it touches something. */
export function whenAny(
  name: string,
  words: (count: number, row: RivalRow) => string,
): (row: RivalRow) => string | null {
  return (row) => (numberOf(row, name) > 0 ? words(numberOf(row, name), row) : null);
}
