import type { MetricDefinition } from '../src/metric.ts';
import type { Figure } from '../src/query/figure.ts';
import type { Bots, Clock, Grain } from '../src/query/request.ts';
import { periods } from './reference-calendar.ts';
import { figureOf, type Look } from './reference-figures.ts';

/** A row of any metric view, as plain data. */
export interface ReferenceRow {
  at: number;
  endsAt?: number | null;
  value: number | null;
  /** The same in business hours, where the metric has them. */
  businessValue?: number | null;
  gap: string;
  basis: string;
  /** Without `organisation`: that follows from `repo`. */
  dimensions: Readonly<Record<string, string | boolean>>;
  /** All services of a row that can have several; `dimensions.service` then only says why there is none. */
  services?: readonly string[];
  /** Of a row without a value that waits for one. */
  waits?: { since: number | null; until?: number | null };
  /** The thing that may count only once per group. */
  thing?: string;
  isBaseline?: boolean;
  /** Of a concentration: whose spread it is, over which period, and what it says besides. */
  spread?: {
    level: string;
    grain: string;
    timeZone: string;
    holders: number;
    busiestTenthShare: number | null;
  };
}

export interface ReferenceRequest {
  period: { since: number; until: number; grain: Grain; timeZone: string };
  filters: { bots: Bots; repo?: string[] } & Partial<Record<string, Bots | string[]>>;
  groupBy: string[];
  clock: Clock;
  keeps?: { atMost: number; overdueAfter?: number };
}

/** What the compiler promises, computed the slow and obvious way. */
export function referenceFigures(
  { aggregate, history, pending }: Pick<MetricDefinition, 'aggregate' | 'history' | 'pending'>,
  allRows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Figure[] {
  const { since, until, grain, timeZone } = request.period;
  const looks = periods(since, until, grain, timeZone).map((period): Look => ({
    ...period,
    from: Math.max(period.start, since),
    to: Math.min(period.end, until),
    first: null,
    beginsLater: false,
  }));
  const figures: Figure[] = [];
  const judged = asked(allRows, request, aggregate.kind).map((row) => overdue(row, pending, request));
  for (const [key, groupRows] of grouped(judged, request)) {
    const rows = countOnce(groupRows).filter((row) => row.at < until);
    const seenIn = looks.map((look) => rows.filter((row) => isSeen(row, look, aggregate.kind, request)));
    const isKnown =
      history === 'window' ? rows.some((row) => isTouching(row, since, aggregate.kind)) : rows.length > 0;
    if (!isKnown && request.groupBy.length > 0) continue;
    const earliest = rows.length === 0 ? null : Math.min(...rows.map((row) => row.at));
    const first = history === 'window' ? since : earliest;
    const beginsLater = first === null && groupRows.length > 0;
    const names = JSON.parse(key) as (string | boolean)[];
    const group = Object.fromEntries(request.groupBy.map((name, index) => [name, names[index]!]));
    looks.forEach((look, index) => {
      const isCut = look.start < since || look.end > until;
      const hasZone = rows.some(({ spread }) => isSame(spread?.timeZone, timeZone));
      figures.push({
        group,
        periodStart: look.start,
        periodEnd: look.end,
        isPartial: isCut,
        ...figureOf(aggregate.kind, seenIn[index]!, { ...look, first, beginsLater }, request, hasZone),
      } as Figure);
    });
  }
  return figures;
}

/** The words of a row in a dimension: several services, else one. */
export function wordsOf(row: ReferenceRow, name: string): string[] {
  if (name === 'organisation') return [String(row.dimensions['repo']).split('/').slice(0, -1).join('/')];
  if (name === 'service' && row.services && row.services.length > 0) return [...new Set(row.services)];
  const word = row.dimensions[name];
  return word === undefined ? [] : [String(word)];
}

function asked(rows: readonly ReferenceRow[], request: ReferenceRequest, kind: string): ReferenceRow[] {
  const { bots, ...lists } = request.filters;
  const names = [...request.groupBy, ...Object.keys(lists)];
  const level = names.includes('team')
    ? 'team'
    : names.includes('team_group')
      ? 'team_group'
      : 'organisation';
  return rows
    .filter((row) => {
      const isBot = row.dimensions['is_bot'];
      if (isBot !== undefined && bots === 'exclude' && isBot === true) return false;
      if (isBot !== undefined && bots === 'only' && isBot === false) return false;
      if (kind === 'concentration' && row.spread?.level !== level) return false;
      return Object.entries(lists).every(([name, list]) =>
        wordsOf(row, name).some((word) => list!.includes(word)),
      );
    })
    .map((row) => {
      if (request.clock === 'wall') return row;
      const value = row.businessValue ?? null;
      return { ...row, value, gap: value === null && row.gap === '' ? 'business-hours-unknown' : row.gap };
    });
}

/** What waits for longer than the limit allows has broken it: it has the time that it has waited for its value. */
function overdue(
  row: ReferenceRow,
  pending: MetricDefinition['pending'],
  { keeps, clock, period }: ReferenceRequest,
): ReferenceRow {
  const since = row.waits?.since ?? null;
  if (!keeps || row.value !== null || since === null || !pending?.gaps.includes(row.gap)) return row;
  const waited = (Math.min(row.waits?.until ?? period.until, period.until) - since) / 1000;
  const most = keeps.overdueAfter ?? (clock === 'wall' ? keeps.atMost : Infinity);
  return waited > most ? { ...row, value: waited, gap: '' } : row;
}

/** Rows by group; one with several services is in the group of each that is asked about. */
function grouped(
  rows: readonly ReferenceRow[],
  { groupBy, filters }: ReferenceRequest,
): Map<string, ReferenceRow[]> {
  const groups = new Map<string, ReferenceRow[]>();
  if (groupBy.length === 0) groups.set('[]', []);
  for (const row of rows) {
    let keys: (string | boolean)[][] = [[]];
    for (const name of groupBy) {
      const list = name === 'service' ? (filters['service'] as string[] | undefined) : undefined;
      const words = wordsOf(row, name).filter((word) => list === undefined || list.includes(word));
      const own = row.dimensions[name];
      keys = keys.flatMap((key) => (typeof own === 'boolean' ? [own] : words).map((word) => [...key, word]));
    }
    for (const key of keys.map((names) => JSON.stringify(names))) {
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
  }
  return groups;
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

function isSeen(row: ReferenceRow, look: Look, kind: string, { period }: ReferenceRequest): boolean {
  switch (kind) {
    case 'snapshot':
    case 'standing-ratio':
      return row.at < look.to && (row.endsAt == null || row.endsAt >= look.to);
    case 'concentration':
      return (
        period.grain !== 'whole' &&
        row.spread?.grain === period.grain &&
        isSame(row.spread.timeZone, period.timeZone) &&
        row.at >= look.start &&
        row.at < look.to
      );
    default:
      return row.at >= look.from && row.at < look.to;
  }
}

/** Whether a row that begins before the end of the window reaches into it. */
function isTouching({ at, endsAt }: ReferenceRow, since: number, kind: string): boolean {
  return kind === 'standing-ratio' ? endsAt == null || endsAt >= since : at >= since;
}

function isSame(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
