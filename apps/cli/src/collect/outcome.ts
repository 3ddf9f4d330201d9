import type { BellwetherError } from '@bellwether/core';
import type { CollectGitHubResult, CollectResult, TargetResult } from '@bellwether/sources';

/** What one source brought. */
export interface Collected {
  readonly source: 'git' | 'github';
  readonly status: CollectResult['status'];
  readonly targets: readonly TargetResult[];
  /** Whose facts are to be computed. */
  readonly repositories: readonly string[];
  /** What it took of GitHub's limits; null where there are none. */
  readonly usage: CollectGitHubResult['usage'] | null;
  /** Points that are left of GitHub's hour; null or absent where nobody has said. */
  readonly pointsLeft?: number | null;
  /** Rows of `ops.truncations` that the source left. */
  readonly gaps: number;
}

/** The status of several runs as one. */
export function overallStatus(statuses: readonly CollectResult['status'][]): CollectResult['status'] {
  if (statuses.includes('cancelled')) return 'cancelled';
  if (statuses.every((status) => status === 'ok')) return 'ok';
  return statuses.some((status) => status === 'ok' || status === 'partial') ? 'partial' : 'failed';
}

/** The first thing that went wrong. */
export function firstError({ targets }: Pick<CollectResult, 'targets'>): BellwetherError | null {
  return targets.find(({ error }) => error !== null)?.error ?? null;
}
