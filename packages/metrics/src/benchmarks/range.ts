/** Which values a published answer covers. Bounds are in the unit of the benchmark; several hold together. */
export interface Range {
  /** As published. */
  readonly words: string;
  /** Exclusive lower bound. */
  readonly over?: number;
  /** Inclusive lower bound. */
  readonly from?: number;
  /** Exclusive upper bound. */
  readonly under?: number;
  /** Inclusive upper bound. */
  readonly upTo?: number;
  /** One figure and no range: the tier's typical value, in whole percent. */
  readonly typical?: number;
}

export function isWithin(value: number, range: Range): boolean {
  if (range.typical !== undefined) return Math.round(value * 100) === Math.round(range.typical * 100);
  return (
    (range.over === undefined || value > range.over) &&
    (range.from === undefined || value >= range.from) &&
    (range.under === undefined || value < range.under) &&
    (range.upTo === undefined || value <= range.upTo)
  );
}

/** The least value of a range; −∞ where it has no lower end. */
export function lowEnd(range: Range): number {
  return range.typical ?? range.over ?? range.from ?? -Infinity;
}

/** The greatest value of a range; ∞ where it has no upper end. */
export function highEnd(range: Range): number {
  return range.typical ?? range.under ?? range.upTo ?? Infinity;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = (365.25 / 12) * DAY;

/** Seconds. The survey's answers exclude each other: "less than a day" stands beside "less than an hour". */
export const duration = {
  underHour: { words: '<1 h', under: HOUR },
  underDay: { words: '<1 d', under: DAY },
  hourToDay: { words: '<1 d', from: HOUR, under: DAY },
  dayToWeek: { words: '1 d–1 w', from: DAY, under: WEEK },
  weekToMonth: { words: '1 w–1 mo', from: WEEK, under: MONTH },
  monthToHalfYear: { words: '1–6 mo', from: MONTH, under: 6 * MONTH },
  overHalfYear: { words: '>6 mo', from: 6 * MONTH },
} as const satisfies Record<string, Range>;

/**
 * Deployments per week. "Once per day" is once per working day. "On demand" is explained in the survey as several
 * deployments per day and follows right after "once per day", so it begins there. One deployment in the longest month is
 * still once per month, and in the longest half-year once in six months.
 */
const DAILY = 5;
const MONTHLY = WEEK / (31 * DAY);
const HALF_YEARLY = WEEK / (184 * DAY);

/** Deployments per week. */
export const frequency = {
  onDemand: { words: 'on demand', over: DAILY },
  dailyToWeekly: { words: 'daily–weekly', from: 1, upTo: DAILY },
  weeklyToMonthly: { words: 'weekly–monthly', from: MONTHLY, under: 1 },
  monthlyToHalfYearly: { words: 'monthly–half-yearly', from: HALF_YEARLY, under: MONTHLY },
  underHalfYearly: { words: 'less than half-yearly', under: HALF_YEARLY },
} as const satisfies Record<string, Range>;

/** Shares. The answers were whole percents, 0–15, 16–30, 31–45, 46–60: what lies between two belongs to the upper. */
export const share = {
  upTo15: { words: '0–15%', upTo: 0.15 },
  from16To30: { words: '16–30%', over: 0.15, upTo: 0.3 },
  from46To60: { words: '46–60%', over: 0.45, upTo: 0.6 },
  typical: (percent: number): Range => ({ words: `${String(percent)}%`, typical: percent / 100 }),
} as const;
