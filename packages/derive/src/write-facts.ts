import {
  buildFacts,
  buildJobFacts,
  changeDeployments,
  changes,
  commitDeployments,
  deploymentAttempts,
  deploymentOutcomes,
  findings,
  incidentFacts,
  pathKnowledge,
  pullRequestFacts,
  repositoryFacts,
  reviewFacts,
  type RowOf,
  type Table,
  type Warehouse,
} from '@bellwether/warehouse';
import type { Facts } from './compute/facts.ts';

/**
 * What metrics read most, and large enough that a part left over makes each question several times as long. Of those
 * with partitions only what was written to is merged.
 */
const READ_MOST = [
  buildFacts,
  buildJobFacts,
  changes,
  changeDeployments,
  deploymentAttempts,
  deploymentOutcomes,
  pullRequestFacts,
  reviewFacts,
] as const;

/** Below this a question is quick, however the rows lie. */
const MANY_ROWS = 100_000;

/** Leaves the tables that were written as one part each, where they are large. Kept apart: it is about speed only. */
export async function tidyFacts(warehouse: Warehouse): Promise<void> {
  await warehouse.tidy(READ_MOST, MANY_ROWS);
}

/** Rows that really differed from what was stored. */
export interface Written {
  written: number;
  removed: number;
}

/**
 * Makes the stored facts of some repositories equal the computed ones, with one insert per table for all of them. All
 * tables at once: while the engine stores one, the next is being compared and encoded.
 */
export async function writeFacts(
  warehouse: Warehouse,
  repos: readonly string[],
  facts: readonly Facts[],
): Promise<Written> {
  const replace = <T extends Table<{ repo: 'String' | 'LowCardinality(String)' }>>(
    table: T,
    rowsOf: (facts: Facts) => readonly RowOf<T>[],
  ): Promise<Written> => warehouse.replaceByDifference<Table>(table, { repo: repos }, facts.flatMap(rowsOf));
  const outcomes = await Promise.allSettled([
    replace(changes, (each) => each.changes),
    replace(commitDeployments, (each) => each.commitDeployments),
    replace(changeDeployments, (each) => each.changeDeployments),
    replace(deploymentOutcomes, (each) => each.outcomes),
    replace(deploymentAttempts, (each) => each.attempts),
    replace(incidentFacts, (each) => each.incidents),
    replace(repositoryFacts, (each) => each.repositories),
    replace(pathKnowledge, (each) => each.pathKnowledge),
    replace(pullRequestFacts, (each) => each.pullRequests),
    replace(reviewFacts, (each) => each.reviews),
    replace(findings, (each) => each.findings),
  ]);
  const result = { written: 0, removed: 0 };
  for (const outcome of outcomes) {
    // Only after all have ended, so that nothing is still writing when the caller cleans up.
    if (outcome.status === 'rejected') throw outcome.reason;
    result.written += outcome.value.written;
    result.removed += outcome.value.removed;
  }
  return result;
}
