import type { BudgetRules } from '../../engine/budget/governor.ts';

/** What GitHub documents about its secondary limits, per credential. */
export interface Limits {
  readonly graphqlPerMinute: number;
  readonly restPerMinute: number;
  /** Seconds of GitHub's processors in any 60 seconds; an answer's time is taken for it. */
  readonly busySeconds: number;
  readonly graphqlBusySeconds: number;
  readonly firstConcurrent: number;
  readonly maxConcurrent: number;
}

/** https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#secondary-rate-limits */
const documented: Limits = {
  graphqlPerMinute: 2000,
  restPerMinute: 900,
  busySeconds: 90,
  graphqlBusySeconds: 60,
  // GitHub allows 100 at a time; with 8 the seconds of its processors are used up long before.
  firstConcurrent: 2,
  maxConcurrent: 8,
};

export function rulesOf(limits: Partial<Limits>, reserve: number): BudgetRules {
  const all = { ...documented, ...limits };
  return {
    lanes: {
      graphql: { requestsPerMinute: all.graphqlPerMinute, busySecondsPerMinute: all.graphqlBusySeconds },
      rest: { requestsPerMinute: all.restPerMinute, busySecondsPerMinute: all.busySeconds },
    },
    busySecondsPerMinute: all.busySeconds,
    firstConcurrent: all.firstConcurrent,
    maxConcurrent: all.maxConcurrent,
    reserve,
  };
}
