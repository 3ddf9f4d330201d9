import { findMetric } from '../catalogue.ts';
import { basisShare, type Figure } from '../query/figure.ts';
import { highEnd, isWithin, lowEnd, type Range } from './range.ts';
import { type BenchmarkedMetric, benchmarks, type BenchmarkYear, type Tier } from './years.ts';

/** Where a figure stands in a year's table, or why that cannot be said. */
export interface BandVerdict {
  /** `elite`, `medium/low`, `between medium and low`, `worse than low`; null with its reason. */
  band: string | null;
  /** The tiers whose published range holds the figure, elite first. */
  tiers: readonly Tier[];
  /** Why there is no band; '' where there is one. */
  reason: string;
  /** What the reader of the band should know. */
  caveats: readonly string[];
}

/** A median of fewer is an anecdote. */
const FEWEST_CHANGES = 5;
const WEEK_SECONDS = 7 * 86_400;
/** Shorter, and "weekly to monthly" cannot be told from an accident. */
const SHORTEST_FOR_FREQUENCY = 4 * WEEK_SECONDS;
/** None in a month is no rate: it fits "monthly" as well as "never". The rarest answer of the survey is half-yearly. */
const SHORTEST_FOR_NONE = 184 * 86_400;

/**
 * Holds a figure against the benchmark of a year. Null wherever the figure is not the one that DORA asked about, so
 * that nobody is called elite for what was not measured.
 *
 * @param year `none`: the reader wants no comparison
 * @throws BellwetherError `metric-unknown`
 */
export function bandOf(metricId: string, figure: Figure, year: BenchmarkYear | 'none'): BandVerdict {
  const { id } = findMetric(metricId);
  if (year === 'none') return none('no benchmark year is chosen');
  if (!isBenchmarked(id)) return none('DORA has published no bands for it');
  if (figure.value === null) return none('there is no figure');
  const obstacle = obstacleOf(id, figure);
  if (obstacle !== null) return none(obstacle);
  const value = figure.kind === 'count' ? perWeek(figure) : figure.value;
  const verdict = bandOfValue(id, value, year);
  return verdict.band === null
    ? verdict
    : { ...verdict, caveats: [...verdict.caveats, ...caveatsOf(id, figure)] };
}

/**
 * Where a value stands in a year's table. Takes it as DORA's: whether it is, `bandOf` decides.
 *
 * @param value seconds; for the change fail rate a share; for the frequency deployments per week
 */
export function bandOfValue(metricId: BenchmarkedMetric, value: number, year: BenchmarkYear): BandVerdict {
  const benchmark = benchmarks.find((each) => each.year === year);
  if (!benchmark || benchmark.tiers.length === 0) return none(`DORA published no tiers in ${year}`);
  const ranges = benchmark.tiers.map(({ tier, ranges: { [metricId]: range } }) => ({ tier, range }));
  const caveats = [
    ...(benchmark.isSecondary ? [`the table of ${year} is taken from secondary sources`] : []),
    ...(metricId === 'change_fail_rate' && benchmark.note !== '' ? [benchmark.note] : []),
  ];
  const tiers = ranges.filter(({ range }) => isWithin(value, range)).map(({ tier }) => tier);
  if (tiers.length > 0) return { band: tiers.join('/'), tiers, reason: '', caveats };

  const isMoreBetter = metricId === 'deployment_frequency';
  const below = nearest(ranges, (range) => (highEnd(range) <= value ? highEnd(range) : -Infinity));
  const above = nearest(ranges, (range) => (lowEnd(range) >= value ? -lowEnd(range) : -Infinity));
  const [better, worse] = isMoreBetter ? [above, below] : [below, above];
  // Better than a tier's typical value, when nothing better is published, is that tier.
  if (better.length === 0) return { band: worse.join('/'), tiers: worse, reason: '', caveats };
  const band =
    worse.length === 0
      ? `worse than ${better.join('/')}`
      : `between ${better.join('/')} and ${worse.join('/')}`;
  return { band, tiers: [], reason: '', caveats };
}

/** The tiers with the greatest closeness; −∞ is out of the question. */
function nearest(
  ranges: readonly { tier: Tier; range: Range }[],
  closeness: (range: Range) => number,
): readonly Tier[] {
  const best = Math.max(...ranges.map(({ range }) => closeness(range)));
  if (best === -Infinity) return [];
  return ranges.filter(({ range }) => closeness(range) === best).map(({ tier }) => tier);
}

/** Whether DORA has published bands for the metric in any year. */
export function isBenchmarked(id: string): id is BenchmarkedMetric {
  return benchmarks.some(({ tiers }) => tiers.some(({ ranges }) => id in ranges));
}

/** Why the figure is not DORA's; null when it is. */
function obstacleOf(id: BenchmarkedMetric, figure: Figure): string | null {
  if (id === 'change_lead_time') {
    const merge = basisShare(figure, 'merge') + basisShare(figure, 'merge-undated');
    const undated = basisShare(figure, 'merge-undated') + basisShare(figure, 'first_commit-undated');
    if (merge > 0) {
      return `the clock of ${percent(merge)} of the changes starts at the merge: "merge to release" is not DORA’s lead time`;
    }
    if (undated > 0) {
      return `the releases of ${percent(undated)} of the changes have no date of their own: the clock may stop too early`;
    }
    return figure.n < FEWEST_CHANGES ? `fewer than ${String(FEWEST_CHANGES)} changes say little` : null;
  }
  if (id === 'deployment_frequency') {
    const observed = figure.kind === 'count' ? (figure.observedSeconds ?? 0) : 0;
    if (observed < SHORTEST_FOR_FREQUENCY) return 'a frequency needs four weeks to be told';
    const isTooShort = figure.value === 0 && observed < SHORTEST_FOR_NONE;
    return isTooShort ? 'none in less than half a year does not tell how rare they are' : null;
  }
  const incidents = basisShare(figure, 'incidents');
  if (incidents === 1) return null;
  return incidents === 0
    ? 'it rests on reverts and rollbacks alone, without incidents'
    : `${percent(1 - incidents)} of it rests on reverts and rollbacks alone, without incidents`;
}

function caveatsOf(id: BenchmarkedMetric, figure: Figure): string[] {
  const caveats: string[] = [];
  // DORA asks how often code is deployed to production or released to end users, so a release counts; say so.
  const tags = id === 'deployment_frequency' ? basisShare(figure, 'tag') : 0;
  if (tags > 0) caveats.push(`${percent(tags)} of the deployments are tags that stand in for them`);
  const open = id === 'failed_deployment_recovery_time' ? (figure.gaps['open'] ?? 0) : 0;
  if (open > 0) caveats.push(`${String(open)} still open and not in it`);
  return caveats;
}

function perWeek(figure: Extract<Figure, { kind: 'count' }>): number {
  return ((figure.value ?? 0) * WEEK_SECONDS) / (figure.observedSeconds ?? Infinity);
}

/** Whole percent, but never 0% of something and never 100% of less than all. */
function percent(value: number): string {
  if (value > 0 && value < 0.01) return 'under 1%';
  return `${String(value < 1 ? Math.min(99, Math.round(value * 100)) : 100)}%`;
}

function none(reason: string): BandVerdict {
  return { band: null, tiers: [], reason, caveats: [] };
}
