import type { Clock, Talk } from '@bellwether/core';
import type { Usage } from './api.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface TimeLeftOptions {
  /** What the whole run is expected to take. */
  readonly points: number;
  readonly pointsPerHour: number;
  readonly usage: () => Usage;
  readonly clock: Clock;
}

/** Adds the time that is left to what a long run says of its progress; says nothing of runs that end soon anyway. */
export function tellTimeLeft(talk: Talk, options: TimeLeftOptions): Talk {
  const { clock, usage, points, pointsPerHour } = options;
  const startedAt = clock.now();
  const spentBefore = usage().points;
  return {
    info: (message) => talk.info(message),
    warn: (message) => talk.warn(message),
    progress(state) {
      const left = timeLeft({
        points,
        spent: usage().points - spentBefore,
        elapsed: clock.now() - startedAt,
        pointsPerHour,
      });
      const task = left === null ? state.task : `${state.task}, about ${formatDuration(left)} left`;
      talk.progress({ ...state, task });
    },
  };
}

export interface Spending {
  readonly points: number;
  readonly spent: number;
  /** ms */
  readonly elapsed: number;
  readonly pointsPerHour: number;
}

/**
 * How long the rest takes, in ms, at the pace so far but never faster than the limit allows in the long run; null
 * where nothing can be said yet, or it is less than a minute.
 */
function timeLeft({ points, spent, elapsed, pointsPerHour }: Spending): number | null {
  if (spent <= 0 || elapsed < MINUTE_MS / 2) return null;
  const pace = Math.min(spent / elapsed, pointsPerHour / HOUR_MS);
  const left = (points - spent) / pace;
  return left < MINUTE_MS ? null : left;
}

/** `6 h 40 min`, `25 min`; in steps of five minutes above an hour: more would pretend to know more. */
export function formatDuration(ms: number): string {
  const step = ms >= HOUR_MS ? 5 : 1;
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS / step) * step);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
