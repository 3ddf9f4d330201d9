import { randomUUID } from 'node:crypto';
import {
  type BellwetherError,
  type Clock,
  type Config,
  silentTalk,
  systemClock,
  type Talk,
} from '@bellwether/core';
import { records, type Warehouse } from '@bellwether/warehouse';
import type { Batch, ReplayContext, Source, StoredRecord, Stream } from '../source.ts';
import { BatchWriter } from './batch-writer.ts';
import { coalesce } from './coalesce.ts';
import { DirtyMark } from './dirty-mark.ts';
import { asBellwetherError, cancelled } from './run-stream.ts';

export interface ReplayOptions {
  readonly warehouse: Warehouse;
  readonly source: Pick<Source, 'name' | 'streams'>;
  readonly config: Config;
  /** Turns identities into person keys; see `personKey`. */
  readonly secret: string;
  /** Only these repositories; by default all that have stored payloads. */
  readonly repos?: readonly string[] | undefined;
  readonly clock?: Clock;
  readonly talk?: Talk;
  readonly signal?: AbortSignal;
  /** A new unique text at each call. */
  readonly makeRunId?: () => string;
}

export interface ReplayResult {
  readonly status: 'ok' | 'partial' | 'failed' | 'cancelled';
  /** Repositories of which something was mapped again. */
  readonly repositories: number;
  /** Stored payloads that were mapped. */
  readonly recordCount: number;
  /** Rows written or removed. */
  readonly rowCount: number;
  /** The first thing that went wrong. */
  readonly error: BellwetherError | null;
}

/** Payloads of one mapping: some megabytes at most. */
const PIECE = 2_000;

/**
 * Maps the stored payloads of a source again and stores the rows, without asking the source: after a mapper changed.
 * Cursors stay. Killed anywhere and run again it gives the same rows. One repository that fails does not stop the next.
 *
 * Mapping overlaps with storing, as in collecting; payloads are read in the order of their keys, a piece at a time.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { warehouse, source, signal } = options;
  const names = source.streams.filter((stream) => 'replay' in stream).map(({ name }) => name);
  const found = await findStored(warehouse, source.name, names, options.repos);
  const tally = { repositories: 0, recordCount: 0, rowCount: 0 };
  let error: BellwetherError | null = null;
  for (const [repo, stored] of found) {
    if (signal?.aborted) return { status: 'cancelled', ...tally, error: cancelled() };
    options.talk?.progress({
      task: `Replaying ${source.name}`,
      done: tally.repositories,
      total: found.size,
      unit: 'repositories',
    });
    try {
      const chosen = source.streams.filter(({ name }) => stored.has(name));
      await replayRepository(options, repo, chosen, tally);
      tally.repositories += 1;
    } catch (failure) {
      if (signal?.aborted) return { status: 'cancelled', ...tally, error: cancelled() };
      error ??= asBellwetherError(failure);
    }
  }
  const status = error === null ? 'ok' : tally.repositories > 0 ? 'partial' : 'failed';
  return { status, ...tally, error };
}

/** The names of the streams by repository. */
async function findStored(
  warehouse: Warehouse,
  source: string,
  streams: readonly string[],
  repos: readonly string[] | undefined,
): Promise<Map<string, Set<string>>> {
  const rows = await warehouse.query<{ repo: string; stream: string }>(
    `SELECT DISTINCT repo, stream FROM raw.records FINAL
     WHERE source = {source:String} AND stream IN {streams:Array(String)}${repos ? ' AND repo IN {repos:Array(String)}' : ''}
     ORDER BY repo`,
    { source, streams, ...(repos ? { repos } : {}) },
  );
  const found = new Map<string, Set<string>>();
  for (const { repo, stream } of rows) found.set(repo, (found.get(repo) ?? new Set()).add(stream));
  return found;
}

async function replayRepository(
  options: ReplayOptions,
  repo: string,
  streams: readonly Stream[],
  tally: { recordCount: number; rowCount: number },
): Promise<void> {
  const { warehouse, source, config, secret, clock = systemClock, makeRunId = randomUUID, signal } = options;
  const talk = options.talk ?? silentTalk;
  const mark = repo === '' ? null : new DirtyMark(warehouse, repo, makeRunId());
  const writer = new BatchWriter(warehouse, mark);
  const context: ReplayContext = { repo, config, secret, clock, stored: warehouse };
  for (const stream of streams) {
    const mapped = async function* () {
      for await (const piece of storedRecords(warehouse, source.name, repo, stream.name)) {
        if (signal?.aborted) throw cancelled();
        tally.recordCount += piece.length;
        if (stream.replay) yield await stream.replay(context, piece);
      }
    };
    let storing: Promise<void> = Promise.resolve();
    const store = async (batch: Batch<unknown>): Promise<void> => {
      tally.rowCount += await writer.write(batch);
      for (const warning of batch.warnings ?? []) talk.warn(warning);
    };
    try {
      for await (const batch of coalesce(mapped(), clock)) {
        await storing;
        storing = store(batch);
        storing.catch(() => {});
      }
    } finally {
      await storing.catch(() => {});
    }
    await storing;
  }
  await mark?.settle();
}

/**
 * The payloads of one stream in the order of their keys, the next piece under way while one is mapped. Where pieces
 * begin is found out first: asked for by range each reads its own part of the table, while a `LIMIT` behind the last
 * key would have the engine merge all of the rest for every piece.
 */
async function* storedRecords(
  warehouse: Warehouse,
  source: string,
  repo: string,
  stream: string,
): AsyncGenerator<StoredRecord[]> {
  const scope = 'source = {source:String} AND repo = {repo:String} AND stream = {stream:String}';
  const starts = await warehouse.query<{ key: string }>(
    `SELECT key FROM (
       SELECT key, row_number() OVER (ORDER BY key) AS place FROM raw.records FINAL WHERE ${scope}
     ) WHERE place % {piece:UInt32} = 1 ORDER BY key`,
    { source, repo, stream, piece: PIECE },
  );
  const read = (at: number): Promise<StoredRecord[]> => {
    const from = starts[at]?.key ?? '';
    const to = starts[at + 1]?.key;
    const piece = warehouse.readRows(records, ['key', 'fetched_at', 'payload'], {
      sql: `${scope} AND key >= {from:String}${to === undefined ? '' : ' AND key < {to:String}'} ORDER BY key`,
      params: { source, repo, stream, from, ...(to === undefined ? {} : { to }) },
    });
    // Awaited at the next turn; until then a failure must not count as unhandled.
    piece.catch(() => {});
    return piece;
  };
  let next = starts.length > 0 ? read(0) : null;
  for (let at = 0; next !== null; at++) {
    const piece: StoredRecord[] = await next;
    next = at + 1 < starts.length ? read(at + 1) : null;
    yield piece;
  }
}
