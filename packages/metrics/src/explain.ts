import { benchmarks, type BenchmarkYear, type Tier } from './benchmarks/index.ts';
import { findMetric } from './catalogue.ts';
import type { CountsOnce, Exclusion, MetricDefinition } from './metric.ts';
import { askable } from './query/plan.ts';

/** A metric in words, ready to be laid out: nothing in it is a sentence that a program has to read. */
export interface MetricExplanation {
  id: string;
  title: string;
  description: string;
  source: string;
  unit: MetricDefinition['unit'];
  direction: MetricDefinition['direction'];
  /** How the figure comes about, step by step. */
  computation: readonly string[];
  leftOut: readonly Exclusion[];
  coverage: string;
  /** Why a row can lack a value. */
  gaps: readonly { gap: string; meaning: string }[];
  /** What a value can rest on. */
  basis: readonly { basis: string; meaning: string }[];
  bands: readonly BandsOfYear[];
  /** Said of the bands, or why there are none. */
  bandRule: string;
  howItMisleads: readonly string[];
  /** What it can be grouped by. */
  dimensions: readonly string[];
  /** The view, for those who want to look themselves. */
  view: string;
  requires: readonly string[];
}

export interface BandsOfYear {
  year: BenchmarkYear;
  source: string;
  isSecondary: boolean;
  note: string;
  /** Empty for a year without tiers. */
  tiers: readonly { tier: Tier; percent: number; words: string }[];
}

/**
 * Explains a metric from its definition.
 *
 * @throws BellwetherError `metric-unknown`
 */
export function explainMetric(id: string): MetricExplanation {
  const metric = findMetric(id);
  const bands = bandsOf(metric.id);
  return {
    id: metric.id,
    title: metric.title,
    description: metric.description,
    source: metric.source,
    unit: metric.unit,
    direction: metric.direction,
    computation: [
      `One row is ${metric.grain}.`,
      `Its time is ${metric.at}.`,
      ...(metric.countsOnce ? [countsOnceInWords(metric.countsOnce)] : []),
      ...aggregateInWords(metric),
      ...choicesInWords(metric),
    ],
    leftOut: metric.exclusions,
    coverage: metric.coverage,
    gaps: Object.entries(metric.gaps).map(([gap, meaning]) => ({ gap, meaning })),
    basis: Object.entries(metric.basis).map(([basis, meaning]) => ({ basis, meaning })),
    bands,
    bandRule: bandRules[metric.id] ?? 'DORA has published no bands for it.',
    howItMisleads: [...metric.howItMisleads, ...(askable(metric).includes('team') ? [membershipTrap] : [])],
    dimensions: askable(metric),
    view: `metrics.${metric.id}`,
    requires: metric.requires,
  };
}

/** Holds for whatever is told by team. */
const membershipTrap =
  'By team: sources say who is in a team today and not since when. Before the first collection today’s members stand ' +
  'over the whole past, so a figure of last year may be of people who were elsewhere then.';

const bandRules: Readonly<Record<string, string>> = {
  change_lead_time:
    'A band is given only where the clock of every change starts at its first commit and ends at a date of the release’s own, for five changes or more.',
  deployment_frequency:
    'The deployments per week of the observed time are held against the bands, from four weeks on (for none at all: ' +
    'half a year). "On demand" begins ' +
    'above five a week: once per working day is "daily". DORA asks for deployments or releases to end users, so tags ' +
    'that stand in for them get a band, and it says so.',
  change_fail_rate:
    'A band is given only where incidents are connected: reverts and rollbacks alone are a floor, and a floor looks elite.',
  failed_deployment_recovery_time: 'A band is given only where incidents are connected.',
  deployment_rework_rate:
    'DORA has published no bands for it: the metric came in 2024, the tiers went in 2025.',
};

function bandsOf(id: string): BandsOfYear[] {
  const bands = benchmarks.map(({ year, source, isSecondary, note, tiers }) => ({
    year,
    source,
    isSecondary,
    note,
    tiers: tiers.flatMap(({ tier, percent, ranges }) => {
      const range = Object.entries(ranges).find(([metric]) => metric === id)?.[1];
      return range ? [{ tier, percent, words: range.words }] : [];
    }),
  }));
  return bands.some(({ tiers }) => tiers.length > 0) ? bands : [];
}

function countsOnceInWords({ key, variesBy, prefer }: CountsOnce): string {
  return (
    `Several rows can stand for one thing (${key.join(', ')}). Where they are not told apart by ` +
    `${variesBy.join(' and ')}, it counts once, with the row that comes first by ${prefer.join(', ')}.`
  );
}

function choicesInWords({ hasManyServices, hasBusinessHours, history }: MetricDefinition): string[] {
  return [
    ...(hasManyServices
      ? [
          'A row can belong to several services: it counts once in each service that is asked about, and once altogether, ' +
            'so the figures of services add up to more than the whole.',
        ]
      : []),
    ...(hasBusinessHours
      ? [
          'The same can be asked in business hours of the team, beside the wall clock and never instead of it.',
        ]
      : []),
    ...(history === 'window'
      ? ['Only the rows of the window are looked at, so nothing is said of groups without any in it.']
      : []),
  ];
}

function aggregateInWords({ aggregate }: MetricDefinition): string[] {
  switch (aggregate.kind) {
    case 'distribution':
      return [
        'The figure is the exact median of the rows of a period, interpolated between the two in the middle ({4, 10} → 7), ' +
          'with the 75th and 90th percentile; always from the rows, never an average of shorter periods.',
      ];
    case 'ratio':
      return [
        `The figure is ${aggregate.numerator} ÷ ${aggregate.denominator}; rows without a value are in neither.`,
      ];
    case 'count':
      return [
        'The figure is the number of rows of a period: zero where nothing happened since the first known row, null before it.',
      ];
    case 'sum':
      return ['The figure is the sum of the values of a period; null, not zero, where no row has one.'];
    case 'snapshot':
      return [
        'The figure is how many stand at the end of the period, or at the end of the window where that comes first, and ' +
          'the median of how long they have stood by then.',
      ];
    case 'standing-ratio':
      return [
        `The figure is ${aggregate.numerator} ÷ ${aggregate.denominator}, of those that stand at the end of the period, ` +
          'or at the end of the window where that comes first; rows without a value are in neither.',
      ];
    case 'concentration':
      return [
        'The figure is the Gini coefficient of a load over people (0: all alike, towards 1: one carries all), with the ' +
          'share of the busiest tenth. It is computed for each team, group and organisation and each calendar period, ' +
          'and nothing can be added up from it.',
      ];
  }
}
