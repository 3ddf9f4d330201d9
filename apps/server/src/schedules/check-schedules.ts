import { type Config, type Instant, usageError } from '@bellwether/core';
import { parseCron } from './cron.ts';

/**
 * Refuses at the start what would fail at each run.
 *
 * @throws BellwetherError `schedule-invalid`, `no-organisation`
 */
export function checkSchedules(
  { schedules, timeZone, github }: Pick<Config, 'schedules' | 'timeZone' | 'github'>,
  now: Instant,
): void {
  for (const schedule of schedules) parseCron(schedule, timeZone, now);
  if (github.organisations.length > 0 || !schedules.some(({ source }) => source === 'github')) return;
  throw usageError(
    'no-organisation',
    'GitHub is to be collected on schedule, and nothing says which organisation.',
    'Add `github: { organisations: [<organisation>] }` to bellwether.yaml, and then: bellwether serve',
  );
}
