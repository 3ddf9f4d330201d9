/** How long GitHub would take, and how much of that clients really wait. */
export interface Latency {
  /**
   * Seconds, by how many times a query resolves a connection; 0 for REST. They are what counts against the limit of
   * CPU time, and what is waited.
   */
  secondsOf(requestCount: number): number;
  /** 1 waits as long as GitHub, 0.01 a hundredth of it. */
  readonly scale: number;
  /** Waits, where time itself is simulated. Default: in real time. */
  wait?(ms: number): Promise<void>;
}

/**
 * Seconds after the reported times: a page of 25 pull requests with five nested lists (126 requests) 2.5–3.4 s,
 * 50 of them (251) 4.9 s, and 100 (501) over the ten seconds at which GitHub gives up.
 */
export function reportedSeconds(requestCount: number): number {
  return 0.2 + 0.02 * requestCount;
}

export const noLatency: Latency = { secondsOf: () => 0, scale: 0 };
