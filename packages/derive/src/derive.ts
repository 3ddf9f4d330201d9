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
import { markDerived, readDirtyRepositories } from './marks.ts';

export interface DeriveOptions {
  warehouse: Warehouse;
  rules: DeriveRules;
  talk: Talk;
  signal: AbortSignal;
}

/** What a run of `deriveChanged` did. */
export interface DeriveResult {
  repositories: number;
  /** Rows that really differed from what was stored. */
  written: number;
  removed: number;
}

/**
 * Computes the facts of every repository whose domain rows changed since they were last computed, and writes what
 * differs. Killed anywhere and run again it gives the same tables, because the mark is set last.
 *
 * @throws BellwetherError `cancelled` between two repositories
 */
export async function deriveChanged({
  warehouse,
  rules,
  talk,
  signal,
}: DeriveOptions): Promise<DeriveResult> {
  const dirty = await readDirtyRepositories(warehouse, fingerprint(rules));
  const result: DeriveResult = { repositories: 0, written: 0, removed: 0 };
  for (const each of dirty) {
    if (signal.aborted) throw cancelledError('Run the same command again; it goes on from here.');
    talk.progress({ task: 'Facts', done: result.repositories, total: dirty.length, unit: 'repositories' });
    const facts = computeFacts(await readDomain(warehouse, each.repo), rules);
    const { written, removed } = await writeFacts(warehouse, each.repo, facts);
    await markDerived(warehouse, each);
    result.repositories += 1;
    result.written += written;
    result.removed += removed;
  }
  return result;
}

async function writeFacts(
  warehouse: Warehouse,
  repo: string,
  facts: Facts,
): Promise<{ written: number; removed: number }> {
  const scope = { repo };
  const differences = [
    await warehouse.replaceByDifference(changes, scope, facts.changes),
    await warehouse.replaceByDifference(commitDeployments, scope, facts.commitDeployments),
    await warehouse.replaceByDifference(changeDeployments, scope, facts.changeDeployments),
    await warehouse.replaceByDifference(deploymentOutcomes, scope, facts.outcomes),
    await warehouse.replaceByDifference(findings, scope, facts.findings),
  ];
  return {
    written: differences.reduce((sum, { written }) => sum + written, 0),
    removed: differences.reduce((sum, { removed }) => sum + removed, 0),
  };
}

function fingerprint(rules: DeriveRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
}
