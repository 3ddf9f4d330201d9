import type { AggregateKind } from '../src/metric.ts';
import type { Figure } from '../src/query/figure.ts';
import type { ReferenceRequest, ReferenceRow } from './reference.ts';

/** A period, the part of it that the window shows, and since when the group is known. */
export interface Look {
  start: number;
  end: number;
  from: number;
  to: number;
  first: number | null;
  /** Nothing of it is known before the window ends, but something after. */
  beginsLater: boolean;
}

/** The figure of a group in a period, without the names of either. */
export function figureOf(
  kind: AggregateKind,
  seen: readonly ReferenceRow[],
  look: Look,
  request: ReferenceRequest,
  hasZone: boolean,
): Record<string, unknown> {
  const isUnborn = look.first === null || look.first >= look.end;
  const valued = seen.filter((row) => row.value !== null);
  const gaps = tally(seen.filter((row) => row.value === null).map((row) => row.gap));
  const figure = {
    n: valued.length,
    total: seen.length,
    coverage: seen.length === 0 ? null : valued.length / seen.length,
    basis: tally(valued.map((row) => row.basis)),
    gaps,
    ...special(kind, seen, look, request, isUnborn),
  } as unknown as Figure;
  figure.gap = gapOf(figure, look, isUnborn, request, hasZone);
  return { ...figure };
}

function special(
  kind: AggregateKind,
  seen: readonly ReferenceRow[],
  look: Look,
  { keeps }: ReferenceRequest,
  isUnborn: boolean,
): Record<string, unknown> {
  const valued = seen.filter((row) => row.value !== null);
  const values = valued.map((row) => row.value!);
  const ages = valued.map((row) => (look.to - row.at) / 1000);
  const isUnknown = isUnborn || (seen.length > 0 && valued.length === 0);
  if (keeps) {
    return share((kind === 'snapshot' ? ages : values).map((each) => (each <= keeps.atMost ? 1 : 0)));
  }
  switch (kind) {
    case 'distribution':
      return { kind, value: quantile(values, 0.5), p75: quantile(values, 0.75), p90: quantile(values, 0.9) };
    case 'ratio':
    case 'standing-ratio':
      return share(values);
    case 'sum':
      return { kind, value: values.length === 0 ? null : total(values) };
    case 'count': {
      const from = Math.max(look.from, look.first ?? look.from);
      return {
        kind,
        value: isUnknown ? null : values.length,
        observedSeconds: isUnknown ? null : (look.to - from) / 1000,
      };
    }
    case 'snapshot':
      return {
        kind,
        value: isUnknown ? null : values.length,
        asOf: look.to,
        ageSeconds: quantile(ages, 0.5),
        ageP75Seconds: quantile(ages, 0.75),
        ageP90Seconds: quantile(ages, 0.9),
      };
    case 'concentration': {
      const only = seen.length === 1 ? seen[0]! : null;
      return {
        kind,
        value: only?.value ?? null,
        holders: only?.spread?.holders ?? 0,
        busiestTenthShare: only?.spread?.busiestTenthShare ?? null,
      };
    }
  }
}

function share(values: readonly number[]): Record<string, unknown> {
  return {
    kind: 'ratio',
    value: values.length === 0 ? null : total(values) / values.length,
    numerator: total(values),
    denominator: values.length,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Between the two neighbours of rank (n − 1)·p, in proportion. */
function quantile(values: readonly number[], part: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * part;
  const low = sorted[Math.floor(rank)]!;
  const high = sorted[Math.ceil(rank)]!;
  return low + (high - low) * (rank - Math.floor(rank));
}

function gapOf(
  figure: Figure,
  { first, beginsLater }: Look,
  isUnborn: boolean,
  { period }: ReferenceRequest,
  hasZone: boolean,
): string {
  if (figure.value !== null) return '';
  if (first === null) return beginsLater ? 'not-yet' : 'no-data';
  if (isUnborn) return 'not-yet';
  if (figure.kind === 'concentration') {
    if (period.grain === 'whole') return 'needs-calendar-periods';
    if (!hasZone) return 'other-time-zone';
    if (figure.total > 1) return 'several-spreads';
  }
  if (figure.total === 0) return 'no-rows';
  const most = Math.max(...Object.values(figure.gaps));
  return Object.keys(figure.gaps)
    .filter((gap) => figure.gaps[gap] === most)
    .sort()[0]!;
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
