import { createHash } from 'node:crypto';
import { cancelledError, type Talk } from '@bellwether/core';
import {
  changeDeployments,
  changes,
  commitDeployments,
  deploymentOutcomes,
  findings,
  type Warehouse,
} from '@bellwether/warehouse';
import { computeFacts, type DeriveRules, type Facts } from './compute/facts.ts';
import { readDomain } from './domain-snapshot.ts';
import { markDerived, readMarks } from './marks.ts';

export interface DeriveOptions {
  warehouse: Warehouse;
  rules: DeriveRules;
  talk: Talk;
  signal: AbortSignal;
  /** Only these repositories; by default all that need it. */
  only?: readonly string[] | undefined;
}

/** What a run of `deriveChanged` did. */
export interface DeriveResult {
  repositories: number;
  /** Rows that really differed from what was stored. */
  written: number;
  removed: number;
}

/**
 * Computes the facts of every repository whose domain rows, or what it shares with others, changed since they were last
 * computed, and writes what differs. Killed anywhere and run again it gives the same tables, because the mark is set last.
 *
 * @throws BellwetherError `cancelled` between two repositories
 */
export async function deriveChanged({
  warehouse,
  rules,
  talk,
  signal,
  only,
}: DeriveOptions): Promise<DeriveResult> {
  const marks = await readMarks(warehouse, fingerprint(rules));
  const dirty = marks.dirty.filter(({ repo }) => only === undefined || only.includes(repo));
  const result: DeriveResult = { repositories: 0, written: 0, removed: 0 };
  for (const each of dirty) {
    if (signal.aborted) throw cancelledError('Run the same command again; it goes on from here.');
    talk.progress({ task: 'Facts', done: result.repositories, total: dirty.length, unit: 'repositories' });
    const { authors, ...facts } = computeFacts(await readDomain(warehouse, each.repo, marks.shared), rules);
    const { written, removed } = await writeFacts(warehouse, each.repo, facts);
    await markDerived(warehouse, each, authors);
    result.repositories += 1;
    result.written += written;
    result.removed += removed;
  }
  return result;
}

/**
 * The repositories whose facts are not what `deriveChanged` would make of them now: a run was cut short before it came
 * to them, or they were computed by other rules.
 */
export async function staleRepositories(warehouse: Warehouse, rules: DeriveRules): Promise<string[]> {
  const { dirty } = await readMarks(warehouse, fingerprint(rules));
  return dirty.map(({ repo }) => repo);
}

/** All at once: while the engine stores one table, the next one is being compared and encoded. */
async function writeFacts(
  warehouse: Warehouse,
  repo: string,
  facts: Omit<Facts, 'authors'>,
): Promise<{ written: number; removed: number }> {
  const scope = { repo };
  const outcomes = await Promise.allSettled([
    warehouse.replaceByDifference(changes, scope, facts.changes),
    warehouse.replaceByDifference(commitDeployments, scope, facts.commitDeployments),
    warehouse.replaceByDifference(changeDeployments, scope, facts.changeDeployments),
    warehouse.replaceByDifference(deploymentOutcomes, scope, facts.outcomes),
    warehouse.replaceByDifference(findings, scope, facts.findings),
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

function fingerprint(rules: DeriveRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
}
