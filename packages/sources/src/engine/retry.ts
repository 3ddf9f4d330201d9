import { BellwetherError } from '@bellwether/core';

/** Waiting and chance come in as arguments, so that tests neither wait nor gamble. */
export interface RetryTools {
  /** Resolves after `ms`, or earlier when the signal fires; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Evenly spread over [0, 1). */
  random(): number;
}

/** How often in a row a stream may fail without storing anything in between. */
const maxAttempts = 5;

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/**
 * Only what is marked `retry: 'now'` is tried again within a run. `later` means that waiting minutes or more may
 * help, and a person's terminal is no place for that: the run ends and says so.
 */
export function isWorthRetrying(error: unknown, attempt: number): boolean {
  return error instanceof BellwetherError && error.retry === 'now' && attempt < maxAttempts;
}

/**
 * How long to wait after the given failed attempt (1, 2, …), in milliseconds: doubles each time, and half of it is
 * chance, so that many runs that failed together do not come back together.
 */
export function backoff(attempt: number, random: () => number): number {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random());
}

export const systemRetryTools: RetryTools = {
  random: Math.random,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    }),
};
