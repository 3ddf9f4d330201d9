import type { Figure } from '../src/query/figure.ts';
import type { Bots, Grain } from '../src/query/request.ts';
import { periods } from './reference-calendar.ts';

/** A row of any metric view, as plain data. */
export interface ReferenceRow {
  at: number;
  endsAt?: number | null;
  value: number | null;
  gap: string;
  basis: string;
  dimensions: Readonly<Record<string, string | boolean>>;
  /** The thing that may count only once per group. */
  thing?: string;
  isBaseline?: boolean;
  holder?: string;
}

export interface ReferenceRequest {
  period: { since: number; until: number; grain: Grain; timeZone: string };
  filters: { repo?: string[]; service?: string[]; team?: string[]; environment?: string[]; bots: Bots };
  groupBy: string[];
}

/** What the compiler promises, computed the slow and obvious way. */
export function referenceFigures(
  kind: Figure['kind'],
  allRows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Figure[] {
  const { since, until, grain, timeZone } = request.period;
  const groups = new Map<string, ReferenceRow[]>();
  if (request.groupBy.length === 0) groups.set('[]', []);
  for (const row of allRows.filter((each) => matches(each, request.filters))) {
    const key = JSON.stringify(request.groupBy.map((name) => row.dimensions[name]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const figures: Figure[] = [];
  for (const [key, groupRows] of groups) {
    const rows = countOnce(groupRows).filter((row) => row.at < until);
    if (rows.length === 0 && request.groupBy.length > 0) continue;
    const names = JSON.parse(key) as (string | boolean)[];
    const first = rows.length === 0 ? null : Math.min(...rows.map((row) => row.at));
    for (const { start, end } of periods(since, until, grain, timeZone)) {
      const window = { start: Math.max(start, since), end: Math.min(end, until), first };
      const seen = rows.filter((row) =>
        kind === 'snapshot'
          ? row.at < window.end && (row.endsAt == null || row.endsAt >= window.end)
          : row.at >= window.start && row.at < window.end,
      );
      const valued = seen.filter((row) => row.value !== null);
      const gaps = tally(seen.filter((row) => row.value === null).map((row) => row.gap));
      const isUnborn = first === null || first >= end;
      const figure = {
        group: Object.fromEntries(request.groupBy.map((name, index) => [name, names[index]])),
        periodStart: start,
        periodEnd: end,
        isPartial: start < since || end > until,
        n: valued.length,
        total: seen.length,
        coverage: seen.length === 0 ? null : valued.length / seen.length,
        basis: tally(valued.map((row) => row.basis)),
        gaps,
        ...figureOf(kind, seen, valued, window, isUnborn),
      } as Figure;
      figure.gap = gapOf(figure, first, isUnborn);
      figures.push(figure);
    }
  }
  return figures;
}

function matches(row: ReferenceRow, { bots, ...lists }: ReferenceRequest['filters']): boolean {
  const isBot = row.dimensions['is_bot'];
  if (isBot !== undefined && bots === 'exclude' && isBot === true) return false;
  if (isBot !== undefined && bots === 'only' && isBot === false) return false;
  return Object.entries(lists).every(([name, values]) => values.includes(row.dimensions[name] as string));
}

/** Each thing once: with its earliest row, baselines only when there is nothing else. */
function countOnce(rows: readonly ReferenceRow[]): ReferenceRow[] {
  const best = new Map<string, ReferenceRow>();
  rows.forEach((row, index) => {
    const key = row.thing ?? String(index);
    const other = best.get(key);
    const rank = (each: ReferenceRow): number => (each.isBaseline ? 1e15 : 0) + each.at;
    if (!other || rank(row) < rank(other)) best.set(key, row);
  });
  return [...best.values()];
}

interface Window {
  start: number;
  end: number;
  first: number | null;
}

function figureOf(
  kind: Figure['kind'],
  seen: readonly ReferenceRow[],
  valued: readonly ReferenceRow[],
  window: Window,
  isUnborn: boolean,
): Record<string, unknown> {
  const values = valued.map((row) => row.value!);
  const sum = values.reduce((total, value) => total + value, 0);
  const isUnknown = isUnborn || (seen.length > 0 && valued.length === 0);
  switch (kind) {
    case 'distribution':
      return { kind, value: quantile(values, 0.5), p75: quantile(values, 0.75), p90: quantile(values, 0.9) };
    case 'ratio':
      return {
        kind,
        value: values.length === 0 ? null : sum / values.length,
        numerator: sum,
        denominator: values.length,
      };
    case 'count': {
      const from = Math.max(window.start, window.first ?? window.start);
      return {
        kind,
        value: isUnknown ? null : values.length,
        observedSeconds: isUnknown ? null : (window.end - from) / 1000,
      };
    }
    case 'snapshot': {
      const ages = valued.map((row) => (window.end - row.at) / 1000);
      return {
        kind,
        value: isUnknown ? null : values.length,
        asOf: window.end,
        ageSeconds: quantile(ages, 0.5),
        ageP75Seconds: quantile(ages, 0.75),
        ageP90Seconds: quantile(ages, 0.9),
      };
    }
    case 'concentration': {
      const loads = new Map<string, number>();
      for (const row of valued) {
        const holder = row.holder ?? '';
        loads.set(holder, (loads.get(holder) ?? 0) + row.value!);
      }
      return { kind, holders: loads.size, ...spread([...loads.values()]) };
    }
  }
}

/** Gini by its definition, the mean absolute difference of all pairs over twice the mean. */
function spread(loads: readonly number[]): { value: number | null; busiestTenthShare: number | null } {
  const sum = loads.reduce((total, load) => total + load, 0);
  if (loads.length < 2 || sum === 0) return { value: null, busiestTenthShare: null };
  let differences = 0;
  for (const one of loads) for (const other of loads) differences += Math.abs(one - other);
  const busiest = [...loads].sort((a, b) => b - a).slice(0, Math.ceil(loads.length / 10));
  return {
    value: differences / (2 * loads.length * sum),
    busiestTenthShare: busiest.reduce((total, load) => total + load, 0) / sum,
  };
}

/** Between the two neighbours of rank (n − 1)·p, in proportion. */
function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const low = sorted[Math.floor(rank)]!;
  const high = sorted[Math.ceil(rank)]!;
  return low + (high - low) * (rank - Math.floor(rank));
}

function gapOf(figure: Figure, first: number | null, isUnborn: boolean): string {
  if (figure.value !== null) return '';
  if (first === null) return 'no-data';
  if (isUnborn) return 'not-yet';
  if (figure.total === 0) return 'no-rows';
  if (figure.n > 0) {
    return figure.kind === 'concentration' && figure.holders < 2 ? 'too-few-holders' : 'no-load';
  }
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
