import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cancelledError, type Talk } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { inBatches, readWeights } from './batches.ts';
import { writeBuildFindings } from './builds/build-findings.ts';
import { readBuildCounts } from './builds/write-builds.ts';
import { deriveCompany } from './company/derive-company.ts';
import { computeFacts, type DeriveRules, type Facts } from './compute/facts.ts';
import type { DomainSnapshot } from './domain-snapshot.ts';
import { type DirtyRepository, readMarks } from './marks.ts';
import { PendingMarks } from './pending-marks.ts';
import { readDomain } from './read-domain.ts';
import { workingCalendars } from './working-time/index.ts';
import { tidyFacts, writeFacts, type Written } from './write-facts.ts';

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
  const marks = await readMarks(warehouse, fingerprint(rules), rules);
  const wanted = only === undefined ? undefined : new Set(only);
  const dirty = marks.dirty.filter(({ repo }) => wanted === undefined || wanted.has(repo));
  const result: DeriveResult = { repositories: 0, written: 0, removed: 0 };
  const add = ({ written, removed }: Written): void => {
    result.written += written;
    result.removed += removed;
  };
  const calendarOf = workingCalendars(rules.businessHours);
  const whole = dirty.filter(({ ownership }) => ownership === null);
  const batches = inBatches(whole, whole.length < 2 ? () => 0 : await readWeights(warehouse));
  const read = async (batch: readonly DirtyRepository[] = []): Promise<DomainSnapshot[]> => {
    const repos = batch.map(({ repo }) => repo);
    return repos.length === 0 ? [] : readDomain(warehouse, repos, marks.shared);
  };
  const buildCounts = dirty.length === 0 ? new Map<string, number>() : await readBuildCounts(warehouse);
  const pending = new PendingMarks(warehouse, rules, buildCounts);
  const store = async (batch: readonly DirtyRepository[], facts: readonly Facts[]): Promise<void> => {
    const repos = batch.map(({ repo }) => repo);
    add(await writeFacts(warehouse, repos, facts));
    add(await pending.add(batch, facts));
    result.repositories += batch.length;
  };
  // While a batch is computed the next one is read and the one before is stored; failures are met in turn.
  let reading = ahead(read(batches[0]));
  let storing = ahead(Promise.resolve());
  try {
    for (const [index, batch] of batches.entries()) {
      if (signal.aborted) throw cancelledError('Run the same command again; it goes on from here.');
      talk.progress({ task: 'Facts', done: result.repositories, total: dirty.length, unit: 'repositories' });
      const snapshots = await reading();
      reading = ahead(read(batches[index + 1]));
      const facts: Facts[] = [];
      for (const snapshot of snapshots) {
        facts.push(computeFacts(snapshot, rules, calendarOf));
        // The engine has read and stored meanwhile, and would wait for the whole batch to be told to go on.
        await nextTurn();
      }
      await storing();
      storing = ahead(store(batch, facts));
    }
    await storing();
    const rest = dirty.filter(({ ownership }) => ownership !== null);
    add(await deriveBuilds(warehouse, rest, pending, signal));
    result.repositories += rest.length;
    add(await pending.flush());
  } finally {
    // Whatever happened, nothing may be under way when the caller closes the warehouse.
    await Promise.allSettled([reading(), storing()]);
  }
  // The company's own facts are small and need no tidying: what was written until here is tidied beside them.
  const hasWritten = result.written + result.removed > 0;
  const [company, tidied] = await Promise.allSettled([
    deriveCompany(warehouse, marks.shared, rules),
    hasWritten ? tidyFacts(warehouse) : undefined,
  ]);
  if (company.status === 'rejected') throw company.reason;
  if (tidied.status === 'rejected') throw tidied.reason;
  add(company.value);
  return result;
}

/** Where nothing but builds changed: questions to the engine, and no row of the repository to read. */
async function deriveBuilds(
  warehouse: Warehouse,
  dirty: readonly DirtyRepository[],
  pending: PendingMarks,
  signal: AbortSignal,
): Promise<Written> {
  const result = { written: 0, removed: 0 };
  for (const batch of inBatches(dirty, () => 0)) {
    if (signal.aborted) throw cancelledError('Run the same command again; it goes on from here.');
    const repos = batch.map(({ repo }) => repo);
    for (const done of [await writeBuildFindings(warehouse, repos), await pending.add(batch, null)]) {
      result.written += done.written;
      result.removed += done.removed;
    }
  }
  return result;
}

/** A promise that nobody waits for yet: its failure is no unhandled one. */
function ahead<Result>(promise: Promise<Result>): () => Promise<Result> {
  promise.catch(() => {});
  return () => promise;
}

/**
 * The repositories whose facts are not what `deriveChanged` would make of them now: a run was cut short before it came
 * to them, or they were computed by other rules.
 */
export async function staleRepositories(warehouse: Warehouse, rules: DeriveRules): Promise<string[]> {
  const { dirty } = await readMarks(warehouse, fingerprint(rules), rules);
  return dirty.map(({ repo }) => repo);
}

function fingerprint(rules: DeriveRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
}
