import { type Config, usageError } from '@bellwether/core';
import { aggregateKind } from '../query/kept.ts';
import type { MetricDefinition } from '../metric.ts';
import { surelyOver } from './surely-over.ts';

/** What a row has to keep, ready for a question. */
export interface Limit {
  /** In the unit of the metric; of work that stands its age in seconds. */
  readonly atMost: number;
  /** `business`: the clock that stands still outside of business hours. */
  readonly clock: 'wall' | 'business';
  /** Seconds of the wall clock after which what still waits has surely broken it. */
  readonly overdueAfter?: number;
}

/** Longer than anything that is measured; beyond it sums of seconds and dates run over. */
const LONGEST_SECONDS = 100 * 365 * 86_400;

const secondsOf = { m: 60, h: 3_600, d: 86_400, w: 7 * 86_400 } as const;

/**
 * The limit of an agreement as it stands in the configuration: `400`, `4h`, `10d`, `1bd`.
 *
 * @throws BellwetherError `limit-unknown` where rows of the metric have nothing to hold against a limit, `limit-invalid`
 *   where it does not fit the metric's unit
 */
export function parseLimit(
  metric: MetricDefinition,
  written: number | string,
  businessHours: Config['businessHours'],
): Limit {
  // Refuses what has no limit at all.
  const isStanding = aggregateKind(metric, { atMost: 0 }) === 'standing-ratio';
  const isDuration = isStanding || metric.unit === 'seconds';
  const duration = typeof written === 'string' ? parseDuration(written) : null;
  if (isDuration) requireSensible(typeof written === 'number' ? written : (duration?.seconds ?? 1), written);
  if (duration === null) {
    if (typeof written === 'number' && !isStanding) return { atMost: written, clock: 'wall' };
    throw limitError(
      `"${String(written)}" is no limit for ${metric.id}: of what stands, its age is held against the limit.`,
      'Write an age such as 10d or 2w.',
    );
  }
  if (!isDuration) {
    throw limitError(
      `"${String(written)}" is a duration, and ${metric.id} counts ${metric.unit}.`,
      `Write a number of ${metric.unit}.`,
    );
  }
  if (duration.unit !== 'bd') return { atMost: duration.seconds, clock: 'wall' };
  if (isStanding || metric.hasBusinessHours !== true) {
    throw limitError(
      `"${String(written)}" is in business days, and ${metric.id} is not measured in business hours.`,
      'Write a duration of the wall clock, such as 1d or 2w.',
    );
  }
  const daySeconds = businessDaySeconds(businessHours);
  const atMost = duration.count * daySeconds;
  return { atMost, clock: 'business', overdueAfter: surelyOver(atMost, daySeconds, businessHours) };
}

/**
 * Seconds of a duration by the wall clock; null for anything else.
 *
 * @throws BellwetherError `limit-invalid` where it is nothing at all, or longer than a century
 */
export function parseWallDuration(written: string): number | null {
  const duration = parseDuration(written);
  if (duration === null || duration.unit === 'bd') return null;
  requireSensible(duration.seconds, written);
  return duration.seconds;
}

function requireSensible(seconds: number, written: number | string): void {
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return;
  throw limitError(
    seconds > 0
      ? `"${String(written).slice(0, 40)}" is longer than a hundred years.`
      : `"${String(written)}" is no time at all, and nothing takes none.`,
    'Write a duration such as 4h, 2d or 1w.',
  );
}

/** How long one business day is. */
export function businessDaySeconds({ from, to }: Pick<Config['businessHours'], 'from' | 'to'>): number {
  return secondsSinceMidnight(to) - secondsSinceMidnight(from);
}

interface Duration {
  count: number;
  unit: keyof typeof secondsOf | 'bd';
  /** By the wall clock; of business days as many whole days. */
  seconds: number;
}

function parseDuration(written: string): Duration | null {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(bd|m|h|d|w)$/.exec(written) ?? [];
  if (count === undefined || unit === undefined) return null;
  const known = unit as Duration['unit'];
  return {
    count: Number(count),
    unit: known,
    seconds: Number(count) * secondsOf[known === 'bd' ? 'd' : known],
  };
}

function secondsSinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3_600 + minutes * 60;
}

function limitError(message: string, next: string): Error {
  return usageError('limit-invalid', message, next);
}
