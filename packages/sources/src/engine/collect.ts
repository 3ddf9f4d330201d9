import { randomUUID } from 'node:crypto';
import {
  type BellwetherError,
  type Clock,
  type Config,
  silentTalk,
  systemClock,
  type Talk,
  usageError,
} from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { Source } from '../source.ts';
import { collectTarget } from './collect-target.ts';
import { cursorStores } from './cursor-store.ts';
import { type RetryTools, systemRetryTools } from './retry.ts';
import { groupCommit } from './group-commit.ts';
import { IdleRuns } from './run-record.ts';
import { cancelled, type StreamResult } from './run-stream.ts';

export interface CollectOptions<Target> {
  readonly warehouse: Warehouse;
  readonly source: Source<Target>;
  readonly targets: readonly Target[];
  readonly config: Config;
  /** Turns identities into person keys; see `personKey`. */
  readonly secret: string;
  readonly clock?: Clock;
  readonly talk?: Talk;
  readonly signal?: AbortSignal;
  readonly retry?: RetryTools;
  /** A new unique text at each call. */
  readonly makeRunId?: () => string;
  /** How many targets are collected at a time; 1 by default. */
  readonly concurrency?: number;
}

/** What became of one target. */
export interface TargetResult {
  /** The repository, or what the target is called where it could not be opened. */
  readonly target: string;
  readonly repo: string | null;
  /** `partial`: something failed, and something was collected. */
  readonly status: 'ok' | 'partial' | 'failed' | 'cancelled';
  /** Rows written or removed; 0 when nothing was new. */
  readonly rowCount: number;
  readonly streams: readonly StreamResult[];
  /** The first thing that went wrong. */
  readonly error: BellwetherError | null;
}

export interface CollectResult {
  /** `partial`: at least one target did not end well, and at least one brought something. */
  readonly status: TargetResult['status'];
  readonly targets: readonly TargetResult[];
}

/**
 * Collects targets into the warehouse, one after the other or some at a time. One that fails does not stop the next;
 * what went wrong stands in the result, in the order of the targets, and exit codes are the app's. After the signal fires, the batch that is being stored is
 * finished and nothing else begun.
 *
 * @throws only what the warehouse throws when even the run of a target that went well cannot be recorded
 */
export async function collect<Target>(options: CollectOptions<Target>): Promise<CollectResult> {
  const { source, targets, concurrency = 1, ...rest } = options;
  const settings = {
    clock: systemClock,
    talk: silentTalk,
    signal: new AbortController().signal,
    retry: systemRetryTools,
    makeRunId: randomUUID,
    ...rest,
    ...(concurrency > 1
      ? { talk: withoutProgress(options.talk ?? silentTalk), warehouse: groupCommit(options.warehouse) }
      : {}),
  };
  const claimed = new Set<string>();
  const claim = (repo: string): void => {
    if (claimed.has(repo)) throw sameRepository(repo);
    claimed.add(repo);
  };
  const openCursors = cursorStores(settings.warehouse, source.name, targets.length);
  const idleRuns = new IdleRuns();
  const results: TargetResult[] = [];
  let done = 0;
  const collectOne = async (target: Target, at: number): Promise<void> => {
    results[at] = settings.signal.aborted
      ? notBegun(source.describe(target))
      : await collectTarget({ source, target, settings, claim, openCursors, idleRuns });
    done += 1;
    if (concurrency === 1) return;
    options.talk?.progress({
      task: `Collecting from ${source.name}`,
      done,
      total: targets.length,
      unit: 'repositories',
    });
  };
  await eachOf(targets, concurrency, collectOne);
  await idleRuns.store(settings.warehouse);
  return { status: overall(results), targets: results };
}

/** Several lines of progress at once would be noise. */
function withoutProgress(talk: Talk): Talk {
  return {
    info: (message) => talk.info(message),
    warn: (message) => talk.warn(message),
    progress: () => {},
  };
}

/** Works on all items, at most `concurrency` at a time. `work` must not throw but for what ends everything. */
async function eachOf<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      await work(items[at] as Item, at);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  // Only after all have stopped, so that nobody writes while the caller cleans up.
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

function overall(results: readonly TargetResult[]): CollectResult['status'] {
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has('cancelled')) return 'cancelled';
  if (!statuses.has('partial') && !statuses.has('failed')) return 'ok';
  return statuses.has('partial') || statuses.has('ok') ? 'partial' : 'failed';
}

function notBegun(target: string): TargetResult {
  return { target, repo: null, status: 'cancelled', rowCount: 0, streams: [], error: cancelled() };
}

/** Two clones under one name would overwrite each other's rows at every run. */
function sameRepository(repo: string): BellwetherError {
  return usageError(
    'duplicate-repository',
    `Two of the targets are ${repo}.`,
    'Name each repository once, or give one of the clones another name: ' +
      '`repositories: [{ path: …, repo: <host>/<owner>/<name> }]` in bellwether.yaml.',
  );
}
