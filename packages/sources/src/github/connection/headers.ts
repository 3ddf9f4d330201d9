import type { Clock, Instant } from '@bellwether/core';
import type { Allowance } from '../../engine/budget/governor.ts';
import type { Headers } from './http.ts';

/** A header that is a whole number; null where it is missing or something else. */
export function numberIn(headers: Headers, name: string): number | null {
  const text = textIn(headers, name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export function textIn(headers: Headers, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : (value[0] ?? null);
}

/** Time as GitHub tells it. Its reset times are by its own clock, and ours may be wrong. */
export interface ServerClock extends Clock {
  /** By how much GitHub's clock is ahead of ours, in ms; 0 until it has said. */
  ahead(): number;
  learn(headers: Headers): void;
}

export function serverClock(clock: Clock): ServerClock {
  let ahead: number | null = null;
  return {
    now: () => clock.now() + (ahead ?? 0),
    ahead: () => ahead ?? 0,
    learn(headers) {
      const told = Date.parse(textIn(headers, 'date') ?? '');
      if (Number.isNaN(told)) return;
      const now = told - clock.now();
      // The header is cut to whole seconds and some of the way is gone: small differences are no news.
      if (ahead === null || Math.abs(now - ahead) > 2000) ahead = Math.abs(now) < 2000 ? 0 : now;
    },
  };
}

/** What is left of the hour, with its end by our own clock. Null where there are no such headers. */
export function allowanceIn(headers: Headers, server: ServerClock): Allowance | null {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    numberIn(headers, `x-ratelimit-${name}`),
  );
  if (limit == null || remaining == null || reset == null) return null;
  return { limit, remaining, resetAt: reset * 1000 - server.ahead() };
}

/** How long we are asked to stay away, in ms: seconds or a date. */
export function retryAfterIn(headers: Headers, now: Instant): number | null {
  const seconds = numberIn(headers, 'retry-after');
  if (seconds !== null) return seconds * 1000;
  const date = Date.parse(textIn(headers, 'retry-after') ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
