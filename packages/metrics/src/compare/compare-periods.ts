import type { Warehouse } from '@bellwether/warehouse';
import { type Catalogue, findMetric } from '../catalogue.ts';
import type { AggregateKind, MetricDefinition } from '../metric.ts';
import { compileComparison } from '../query/compile-comparison.ts';
import type { Figure } from '../query/figure.ts';
import { aggregateKind } from '../query/kept.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { binomialTest, fisherTest } from './exact-tests.ts';
import { MINIMUM_VALUES, type Verdict, verdictOf } from './verdict.ts';

/** A figure beside that of the period before. */
export interface Comparison {
  group: Figure['group'];
  current: Figure;
  /** Null where the group is younger. */
  previous: Figure | null;
  /** Current − previous, in the unit of the figure; of a count: per second of observed time. Null where one has no value. */
  difference: number | null;
  /** The difference as a share of the previous figure; null also where that was 0. */
  relative: number | null;
  /** How likely a difference this large would be if nothing had changed; null where nothing was tested. */
  pValue: number | null;
  test: 'mann-whitney' | 'fisher' | 'binomial' | null;
  verdict: Verdict;
}

export interface PreviousPeriod {
  since: number;
  until: number;
}

/**
 * Compares the window of a request, as a whole, with the one before it, group by group: medians by all their values
 * (Mann–Whitney), shares of what happened by Fisher's exact test, counts by how they split the observed time (exact
 * binomial). What stands at an instant, sums and concentrations are not tested: most of what stands now stood then.
 *
 * The tests take rows for independent. Changes that one deployment delivered together, or deployments that come in
 * bursts, are not, and look more certain than they are; hence the strict level of `SIGNIFICANCE`.
 *
 * @param previous by default as long as the window, right before it
 * @throws BellwetherError as `runQuery` does
 */
export async function comparePeriods(
  warehouse: Pick<Warehouse, 'query'>,
  request: QueryRequest,
  previous?: PreviousPeriod,
  catalogue?: Catalogue,
): Promise<Comparison[]> {
  const metric = findMetric(request.metric, catalogue);
  const kind = aggregateKind(metric, request.keeps);
  const { since, until } = request.period;
  const before = previous ?? { since: Math.max(0, 2 * since - until), until: since };
  const ask = (window: PreviousPeriod): QueryRequest => ({
    ...request,
    period: { ...request.period, ...window, grain: 'whole' },
  });
  const current = await runQuery(warehouse, ask({ since, until }), catalogue);
  const past = new Map(
    (await runQuery(warehouse, ask(before), catalogue)).map((figure) => [nameOf(figure.group), figure]),
  );
  const pValues =
    kind === 'distribution' ? await readPValues(warehouse, ask({ since, until }), before, catalogue) : null;
  // More rows that keep a limit are better, whatever the metric itself wants.
  const direction = request.keeps ? 'higher-is-better' : metric.direction;
  return current.map((figure) => {
    const name = nameOf(figure.group);
    const pair = { current: figure, previous: past.get(name) ?? null };
    const tested = isTested(kind) ? testOf(pair, pValues?.get(name)) : null;
    return { group: figure.group, ...pair, ...judged(pair, tested, isTested(kind), direction) };
  });
}

interface Pair {
  current: Figure;
  previous: Figure | null;
}

interface Tested {
  test: NonNullable<Comparison['test']>;
  pValue: number;
}

function judged(
  pair: Pair,
  tested: Tested | null,
  canBeTested: boolean,
  direction: MetricDefinition['direction'],
): Pick<Comparison, 'difference' | 'relative' | 'pValue' | 'test' | 'verdict'> {
  const now = levelOf(pair.current);
  const then = pair.previous && levelOf(pair.previous);
  const difference = now === null || then === null ? null : now - then;
  const relative = difference === null || !then ? null : difference / Math.abs(then);
  const none = { difference, relative, pValue: null, test: null };
  if (!canBeTested) return { ...none, verdict: 'not-tested' };
  if (tested === null || difference === null) return { ...none, verdict: 'too-few' };
  const { pValue, test } = tested;
  return { ...none, pValue, test, verdict: verdictOf({ direction }, { difference, relative, pValue }) };
}

/** Whether figures of a kind can be held against each other by a test. */
export function isTested(kind: AggregateKind): boolean {
  return kind === 'distribution' || kind === 'ratio' || kind === 'count';
}

/** What is compared: of a count the rate, because a group may have lived through part of a period only. */
function levelOf(figure: Figure): number | null {
  if (figure.kind !== 'count') return figure.value;
  return figure.value === null || !figure.observedSeconds ? null : figure.value / figure.observedSeconds;
}

/** Null where there are too few values for a test. */
function testOf({ current, previous }: Pair, mannWhitney: number | undefined): Tested | null {
  if (previous === null) return null;
  const least = Math.min(current.n, previous.n);
  if (current.kind === 'count' && previous.kind === 'count') {
    const seconds = [current.observedSeconds, previous.observedSeconds];
    // Nothing at all is a count as well: 0 after 12 is a clear change.
    if (current.n + previous.n < 2 * MINIMUM_VALUES || !seconds[0] || !seconds[1]) return null;
    const share = seconds[0] / (seconds[0] + seconds[1]);
    return { test: 'binomial', pValue: binomialTest(current.n, current.n + previous.n, share) };
  }
  if (least < MINIMUM_VALUES) return null;
  if (current.kind === 'ratio' && previous.kind === 'ratio') {
    return { test: 'fisher', pValue: fisherTest(current, previous) };
  }
  return mannWhitney === undefined ? null : { test: 'mann-whitney', pValue: mannWhitney };
}

async function readPValues(
  warehouse: Pick<Warehouse, 'query'>,
  request: QueryRequest,
  previous: PreviousPeriod,
  catalogue: Catalogue | undefined,
): Promise<Map<string, number>> {
  const { sql, params, groups } = compileComparison(request, previous, catalogue);
  const rows = await warehouse.query(sql, params);
  return new Map(
    rows.flatMap((row) => {
      const group = Object.fromEntries(groups.map((name) => [name, row[name] as string | boolean]));
      const pValue = row['p_value'];
      return typeof pValue === 'number' ? [[nameOf(group), pValue]] : [];
    }),
  );
}

function nameOf(group: Figure['group']): string {
  return JSON.stringify(Object.entries(group));
}
