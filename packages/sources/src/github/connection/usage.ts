import type { Usage } from '../api.ts';

export interface UsageCounter {
  count: (answer: { lane: 'graphql' | 'rest'; status: number | null; points: number }) => void;
  now(): Usage;
}

/** Counts every request that was made, also those that failed. */
export function usageCounter(): UsageCounter {
  let usage: Usage = { requests: 0, points: 0, restRequests: 0, unchanged: 0 };
  return {
    count({ lane, status, points }) {
      const isRest = lane === 'rest';
      usage = {
        requests: usage.requests + 1,
        points: usage.points + (isRest ? 0 : points),
        restRequests: usage.restRequests + (isRest ? 1 : 0),
        unchanged: usage.unchanged + (isRest && status === 304 ? 1 : 0),
      };
    },
    now: () => usage,
  };
}
