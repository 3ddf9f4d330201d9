import {
  graphqlBudgetRefusal,
  restBudgetRefusal,
  secondaryRefusal,
  secondaryRefusalWith200,
} from '../limits/refusals.ts';
import type { Fault } from './fault.ts';

/** The primary limit, though points are left: others spent them, say. The headers tell when it ends. */
export const rateLimit: Fault = {
  name: 'rateLimit',
  answer({ kind, clock, random, settings }) {
    const reply =
      kind === 'graphql'
        ? graphqlBudgetRefusal(random.pick(['RATE_LIMIT', 'RATE_LIMITED']), clock.now())
        : restBudgetRefusal();
    const resetAt = Math.ceil(clock.now() / 1000) + settings.waitSeconds;
    return {
      ...reply,
      headers: { ...reply.headers, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAt) },
    };
  },
};

/** Told only by the body. */
export const secondaryLimit200: Fault = {
  name: 'secondaryLimit200',
  canStrike: ({ kind }) => kind === 'graphql',
  answer: ({ random, request }) => secondaryRefusalWith200(random.pick(['errors', 'message']), request.id),
};

/** 403 or 429, with `retry-after` or without. */
export const secondaryLimit403: Fault = {
  name: 'secondaryLimit403',
  answer: ({ random, request, settings }) =>
    secondaryRefusal(
      random.chance(0.75) ? 403 : 429,
      request.id,
      random.chance(0.5) ? settings.waitSeconds : null,
    ),
};
