import { duration, frequency, type Range, share } from './range.ts';

export type BenchmarkYear = '2019' | '2021' | '2023' | '2024' | '2025';

export type Tier = 'elite' | 'high' | 'medium' | 'low';

/** The metrics for which DORA has published bands. */
export type BenchmarkedMetric =
  'change_lead_time' | 'deployment_frequency' | 'change_fail_rate' | 'failed_deployment_recovery_time';

export interface BenchmarkTier {
  readonly tier: Tier;
  /** Percent of the respondents. */
  readonly percent: number;
  readonly ranges: Readonly<Record<BenchmarkedMetric, Range>>;
}

export interface Benchmark {
  readonly year: BenchmarkYear;
  readonly source: string;
  /** Taken from reports about the report, not from itself. */
  readonly isSecondary: boolean;
  /** What to know before comparing oneself; '' where there is nothing. */
  readonly note: string;
  /** As published, elite first. Empty: the year has no tiers. */
  readonly tiers: readonly BenchmarkTier[];
}

function tier(
  name: Tier,
  percent: number,
  leadTime: Range,
  deployments: Range,
  failRate: Range,
  recovery: Range,
): BenchmarkTier {
  return {
    tier: name,
    percent,
    ranges: {
      change_lead_time: leadTime,
      deployment_frequency: deployments,
      change_fail_rate: failRate,
      failed_deployment_recovery_time: recovery,
    },
  };
}

/** DORA's benchmark tables, oldest first. Figures as published; never mend them so that they look orderly. */
export const benchmarks: readonly Benchmark[] = [
  {
    year: '2019',
    source: 'Accelerate State of DevOps 2019',
    isSecondary: false,
    note: 'Three tiers share one band of change fail rate, two of them one of recovery.',
    tiers: [
      tier('elite', 20, duration.underDay, frequency.onDemand, share.upTo15, duration.underHour),
      tier('high', 23, duration.dayToWeek, frequency.dailyToWeekly, share.upTo15, duration.hourToDay),
      tier('medium', 44, duration.weekToMonth, frequency.weeklyToMonthly, share.upTo15, duration.hourToDay),
      tier(
        'low',
        12,
        duration.monthToHalfYear,
        frequency.monthlyToHalfYearly,
        share.from46To60,
        duration.weekToMonth,
      ),
    ],
  },
  {
    year: '2021',
    source: 'Accelerate State of DevOps 2021',
    isSecondary: false,
    note: 'Three tiers share one band of change fail rate, and several bands leave gaps between them.',
    tiers: [
      tier('elite', 26, duration.underHour, frequency.onDemand, share.upTo15, duration.underHour),
      tier('high', 40, duration.dayToWeek, frequency.weeklyToMonthly, share.from16To30, duration.hourToDay),
      tier(
        'medium',
        28,
        duration.monthToHalfYear,
        frequency.monthlyToHalfYearly,
        share.from16To30,
        duration.dayToWeek,
      ),
      tier(
        'low',
        7,
        duration.overHalfYear,
        frequency.underHalfYearly,
        share.from16To30,
        duration.overHalfYear,
      ),
    ],
  },
  {
    year: '2023',
    source: 'Accelerate State of DevOps 2023',
    isSecondary: true,
    note: 'Change fail rates are typical values of the tiers and no ranges.',
    tiers: [
      tier('elite', 18, duration.underDay, frequency.onDemand, share.typical(5), duration.underHour),
      tier('high', 31, duration.dayToWeek, frequency.dailyToWeekly, share.typical(10), duration.hourToDay),
      tier(
        'medium',
        33,
        duration.weekToMonth,
        frequency.weeklyToMonthly,
        share.typical(15),
        duration.dayToWeek,
      ),
      tier(
        'low',
        17,
        duration.weekToMonth,
        frequency.weeklyToMonthly,
        share.typical(64),
        duration.monthToHalfYear,
      ),
    ],
  },
  {
    year: '2024',
    source: 'Accelerate State of DevOps 2024',
    isSecondary: true,
    note:
      'Change fail rates are typical values of the tiers and no ranges; "high" fails more often (20%) than "medium" ' +
      '(10%), so this figure does not rank the tiers.',
    tiers: [
      tier('elite', 19, duration.underDay, frequency.onDemand, share.typical(5), duration.underHour),
      tier('high', 22, duration.dayToWeek, frequency.dailyToWeekly, share.typical(20), duration.hourToDay),
      tier(
        'medium',
        35,
        duration.weekToMonth,
        frequency.weeklyToMonthly,
        share.typical(10),
        duration.hourToDay,
      ),
      tier(
        'low',
        25,
        duration.monthToHalfYear,
        frequency.monthlyToHalfYearly,
        share.typical(40),
        duration.weekToMonth,
      ),
    ],
  },
  {
    year: '2025',
    source: 'State of AI-assisted Software Development 2025 (DORA)',
    isSecondary: false,
    note: 'No tiers: distributions and seven team profiles over eight factors. Delivery data alone cannot classify a team.',
    tiers: [],
  },
];
