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
  if (duration.unit !== 'bd') return { atMost: duration.count * secondsOf[duration.unit], clock: 'wall' };
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

/** Seconds of a duration by the wall clock; null for anything else. */
export function parseWallDuration(written: string): number | null {
  const duration = parseDuration(written);
  return duration === null || duration.unit === 'bd' ? null : duration.count * secondsOf[duration.unit];
}

/** How long one business day is. */
export function businessDaySeconds({ from, to }: Pick<Config['businessHours'], 'from' | 'to'>): number {
  return secondsSinceMidnight(to) - secondsSinceMidnight(from);
}

function parseDuration(written: string): { count: number; unit: keyof typeof secondsOf | 'bd' } | null {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(bd|m|h|d|w)$/.exec(written) ?? [];
  if (count === undefined || unit === undefined) return null;
  return { count: Number(count), unit: unit as keyof typeof secondsOf | 'bd' };
}

function secondsSinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3_600 + minutes * 60;
}

function limitError(message: string, next: string): Error {
  return usageError('limit-invalid', message, next);
}
