/** What was asked of the server, for tests and benchmarks. */
export interface Usage {
  requests: number;
  graphqlRequests: number;
  restRequests: number;
  gitRequests: number;
  /** GraphQL points that were charged. */
  points: number;
  /** REST requests that were charged: a 304 is not. */
  restPoints: number;
  notModified: number;
  /** Refused because the hour's budget was used up. */
  primaryLimitHits: number;
  /** Refused because of concurrency, points per minute or CPU time; those during the pause count too. */
  secondaryLimitHits: number;
  maxConcurrency: number;
  /** By operation name; `anonymous` without one. */
  readonly queries: Map<string, { requests: number; points: number }>;
  /** By route, `GET /repos/{owner}/{repo}/actions/runs`. */
  readonly routes: Map<string, number>;
  /** How many times each fault struck. */
  readonly faults: Map<string, number>;
  /** Sets everything to zero. */
  reset(): void;
}

export function newUsage(): Usage {
  const zero = {
    requests: 0,
    graphqlRequests: 0,
    restRequests: 0,
    gitRequests: 0,
    points: 0,
    restPoints: 0,
    notModified: 0,
    primaryLimitHits: 0,
    secondaryLimitHits: 0,
    maxConcurrency: 0,
  };
  const usage: Usage = {
    ...zero,
    queries: new Map(),
    routes: new Map(),
    faults: new Map(),
    reset() {
      Object.assign(usage, zero);
      usage.queries.clear();
      usage.routes.clear();
      usage.faults.clear();
    },
  };
  return usage;
}

export function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function countQuery({ queries }: Usage, name: string, points: number): void {
  const known = queries.get(name) ?? { requests: 0, points: 0 };
  queries.set(name, { requests: known.requests + 1, points: known.points + points });
}
