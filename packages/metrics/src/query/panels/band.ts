import { bandOfValue, type BenchmarkedMetric, benchmarks, isBenchmarked } from '../../benchmarks/index.ts';
import { highEnd, lowEnd, type Range } from '../../benchmarks/range.ts';
import { textLiteral } from '../grafana-dialect.ts';
import type { Plan } from '../plan.ts';

/** The name of the variable that holds the year of DORA's benchmark. */
export const BENCHMARK_VARIABLE = 'benchmark_year';

/**
 * The band of a figure in the year that the reader picked, as `bandOf` gives it, over the columns of the alias `now`;
 * where there is none, why. Null for a figure of which DORA has published no bands.
 */
export function bandSql(plan: Plan): string | null {
  const { id } = plan.metric;
  if (!isBenchmarked(id) || plan.limit !== null) return null;
  const value =
    id === 'deployment_frequency' ? 'now.value * 604800 / nullIf(now.observed_seconds, 0)' : 'now.value';
  const year = `\${${BENCHMARK_VARIABLE}:singlequote}`;
  const years = benchmarks.map(
    (benchmark) => `${year} = '${benchmark.year}', ${stepsSql(id, value, benchmark.year)}`,
  );
  const byYear = `multiIf(${years.join(', ')}, 'no benchmark year is chosen')`;
  const obstacles = obstaclesOf(id).flatMap(([condition, words]) => [condition, textLiteral(words)]);
  return `multiIf(now.value IS NULL, '', ${[...obstacles, byYear].join(', ')})`;
}

/** Why a figure is not DORA's: the same as `bandOf` says, shorter. */
function obstaclesOf(id: BenchmarkedMetric): [condition: string, words: string][] {
  const share = (...words: string[]): string =>
    `(${words.map((word) => `now.basis['${word}']`).join(' + ')}) > 0`;
  switch (id) {
    case 'change_lead_time':
      return [
        [share('merge', 'merge-undated'), 'no band: some clocks start at the merge'],
        [share('first_commit-undated'), 'no band: some releases have no date of their own'],
        ['now.n < 5', 'no band: fewer than 5 changes'],
      ];
    case 'deployment_frequency':
      return [
        ['ifNull(now.observed_seconds, 0) < 2419200', 'no band: it takes four weeks to tell'],
        ['now.value = 0 AND now.observed_seconds < 15897600', 'no band: none in less than half a year'],
      ];
    default:
      return [["now.basis['incidents'] < now.n", 'no band: not all of it rests on incidents']];
  }
}

/** What is said of a value changes only at the ends of the published ranges: one case for each piece between them. */
function stepsSql(id: BenchmarkedMetric, value: string, year: (typeof benchmarks)[number]['year']): string {
  const tiers = benchmarks.find((each) => each.year === year)?.tiers ?? [];
  const ends = [...new Set(tiers.flatMap(({ ranges: { [id]: range } }) => endsOf(range)))].sort(
    (a, b) => a - b,
  );
  const said = (at: number): string => {
    const { band, reason } = bandOfValue(id, at, year);
    return textLiteral(band ?? reason);
  };
  if (ends.length === 0) return said(0);
  const pieces = ends.flatMap((end, index) => {
    const below = index === 0 ? end - 1 : (ends[index - 1]! + end) / 2;
    return [`${value} < ${String(end)}`, said(below), `${value} = ${String(end)}`, said(end)];
  });
  return `multiIf(${pieces.join(', ')}, ${said(ends.at(-1)! + 1)})`;
}

/** A typical value is one whole percent, and so are the values that round to it. */
function endsOf(range: Range): number[] {
  const { typical } = range;
  if (typical !== undefined) return [typical - 0.005, typical + 0.005].map((end) => Number(end.toFixed(4)));
  return [lowEnd(range), highEnd(range)].filter((end) => Number.isFinite(end));
}
