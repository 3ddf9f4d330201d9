import { type Instant, type Schedule, usageError } from '@bellwether/core';
import { Cron } from 'croner';

/** When a schedule is due. */
export interface Due {
  /** The first time after `instant`, in milliseconds since 1970; null: never again. */
  after(instant: Instant): Instant | null;
}

/**
 * @param timeZone in which the clock is read: 03:00 stays 03:00 in summer
 * @throws BellwetherError `schedule-invalid`
 */
export function parseCron({ source, cron }: Schedule, timeZone: string, now: Instant): Due {
  const pattern = readPattern(source, cron, timeZone);
  const due: Due = { after: (instant) => pattern.nextRun(new Date(instant))?.getTime() ?? null };
  if (due.after(now) !== null) return due;
  throw invalid(source, cron, 'is never due');
}

function readPattern(source: string, cron: string, timeZone: string): Cron {
  try {
    // Five parts, as in crontab: with seconds a slip of the hand would collect every second.
    return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
  } catch (error) {
    throw invalid(source, cron, 'cannot be understood', error);
  }
}

function invalid(source: string, cron: string, what: string, cause?: unknown): Error {
  return usageError(
    'schedule-invalid',
    `The schedule "${cron}" of ${source} ${what}.`,
    'Give five parts as in crontab to `schedules.cron`, such as "*/30 * * * *" for twice an hour.',
    cause,
  );
}
