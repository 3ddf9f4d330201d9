/** What GitHub allows, as documented. `Infinity` switches a limit off. */
export interface Limits {
  /** GraphQL points per hour, of each user or installation. */
  readonly graphqlPointsPerHour: number;
  /** REST requests per hour. */
  readonly restRequestsPerHour: number;
  /** Requests in flight, REST and GraphQL together. */
  readonly concurrentRequests: number;
  /** One point for each request that only reads. */
  readonly graphqlPointsPerMinute: number;
  readonly restPointsPerMinute: number;
  /** Seconds that requests spend on the server, per 60 s, of both kinds together. */
  readonly cpuSecondsPerMinute: number;
  /** The share of those that GraphQL may have. */
  readonly graphqlCpuSecondsPerMinute: number;
  /** How long a secondary limit lasts, in seconds; every request meanwhile is refused. */
  readonly secondaryPauseSeconds: number;
}

export const documentedLimits: Limits = {
  graphqlPointsPerHour: 5000,
  restRequestsPerHour: 5000,
  concurrentRequests: 100,
  graphqlPointsPerMinute: 2000,
  restPointsPerMinute: 900,
  cpuSecondsPerMinute: 90,
  graphqlCpuSecondsPerMinute: 60,
  secondaryPauseSeconds: 60,
};

/** For tests and benchmarks of something else. */
export const noLimits: Limits = {
  graphqlPointsPerHour: Infinity,
  restRequestsPerHour: Infinity,
  concurrentRequests: Infinity,
  graphqlPointsPerMinute: Infinity,
  restPointsPerMinute: Infinity,
  cpuSecondsPerMinute: Infinity,
  graphqlCpuSecondsPerMinute: Infinity,
  secondaryPauseSeconds: 60,
};

const MOST_OF_AN_INSTALLATION = 12_500;

/**
 * Points per hour of an App's installation: 50 more for each repository and each user over 20.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function pointsOfInstallation(base: number, repositories: number, users: number): number {
  const extra = 50 * (Math.max(0, repositories - 20) + Math.max(0, users - 20));
  return Math.max(base, Math.min(base + extra, MOST_OF_AN_INSTALLATION));
}
