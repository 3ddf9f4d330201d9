import { type Config, type Instant, usageError } from '@bellwether/core';
import { parseCron } from './cron.ts';

/**
 * Refuses at the start what would fail at each run.
 *
 * @throws BellwetherError `schedule-invalid`, `no-organisation`, `no-repositories`
 */
export function checkSchedules(
  {
    schedules,
    timeZone,
    github,
    repositories,
  }: Pick<Config, 'schedules' | 'timeZone' | 'github' | 'repositories'>,
  now: Instant,
): void {
  for (const schedule of schedules) parseCron(schedule, timeZone, now);
  const isScheduled = (wanted: 'git' | 'github'): boolean =>
    schedules.some(({ source }) => source === wanted);
  if (isScheduled('github') && github.organisations.length === 0) {
    throw usageError(
      'no-organisation',
      'GitHub is to be collected on schedule, and nothing says which organisation.',
      'Add `github: { organisations: [<organisation>] }` to bellwether.yaml, and then: bellwether serve',
    );
  }
  if (isScheduled('git') && repositories.length === 0) {
    throw usageError(
      'no-repositories',
      'Clones are to be collected on schedule, and nothing says which.',
      'Add `repositories: [{ path: <folder> }]` to bellwether.yaml, and then: bellwether serve',
    );
  }
}
