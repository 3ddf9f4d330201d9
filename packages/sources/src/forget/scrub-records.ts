import { personKey } from '@bellwether/core';
import { cursors, type RecordRow, records, type Warehouse } from '@bellwether/warehouse';
import { forgottenKeys, forgottenNodeId } from './forgotten.ts';
import { deleteForGood } from './physical-delete.ts';

const columns = ['source', 'repo', 'stream', 'key', 'fetched_at', 'payload'] as const;

/** Payloads that are looked at together: some ten megabytes at most. */
const PIECE = 2_000;

/** Where the last look at all payloads stands. */
const MARK = { source: 'forget', stream: 'records', key: '' } as const;

/** Clocks jump, and a payload can be stored a while after it was fetched. */
const OVERLAP_MS = 86_400_000;

/** How many stored payloads name an account. */
export async function countRecordsOf(warehouse: Warehouse, nodeId: string): Promise<number> {
  const [row] = await warehouse.query<{ count: number }>(
    'SELECT count() AS count FROM raw.records FINAL WHERE position(payload, {needle:String}) > 0',
    { needle: quoted(nodeId) },
  );
  return row?.count ?? 0;
}

/**
 * Takes a node id out of every stored payload, for good: the pseudonym stands there instead, so that `replay` gives
 * the same rows as before.
 */
export async function scrubNodeId(warehouse: Warehouse, nodeId: string, key: string): Promise<number> {
  const needle = quoted(nodeId);
  const replacement = quoted(forgottenNodeId(key));
  let count = 0;
  for (;;) {
    const found = await warehouse.readRows(records, columns, {
      sql: 'position(payload, {needle:String}) > 0 LIMIT {limit:UInt32}',
      params: { needle, limit: PIECE },
    });
    if (found.length === 0) break;
    await warehouse.insert(
      records,
      found.map((row) => ({ ...row, payload: row.payload.replaceAll(needle, replacement) })),
    );
    count += found.length;
  }
  // What still holds it are rows that were replaced just now, and the engine would keep them until it merges.
  await deleteForGood(warehouse, records, 'position(payload, {needle:String}) > 0', { needle });
  return count;
}

export interface ScrubOptions {
  readonly warehouse: Warehouse;
  readonly secret: string;
  /** Host of payloads that belong to no repository. */
  readonly host: string;
  readonly now: number;
}

/**
 * Takes those who were forgotten out of payloads that came in since, because their account was seen again. Nobody
 * knows their node ids any more; but the key of an id can be computed, and compared with those that were forgotten.
 *
 * @returns how many accounts were taken out
 */
export async function scrubForgotten({ warehouse, secret, host, now }: ScrubOptions): Promise<number> {
  const forgotten = await forgottenKeys(warehouse);
  if (forgotten.size === 0) return 0;
  const found = new Map<string, string>();
  const seen = new Set<string>();
  for await (const { repo, payload } of recordsSince(warehouse, await readMark(warehouse))) {
    const recordHost = repo === '' ? host : repo.slice(0, repo.indexOf('/'));
    for (const [, id = ''] of payload.matchAll(/"([\w=+/-]{4,200})"/g)) {
      const identity = `${recordHost}:${id}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      const key = personKey(secret, identity);
      if (forgotten.has(key)) found.set(id, key);
    }
    // Most ids are those of reviews and events, met once; the set only saves work.
    if (seen.size > 500_000) seen.clear();
  }
  for (const [nodeId, key] of found) await scrubNodeId(warehouse, nodeId, key);
  await warehouse.insert(cursors, [{ ...MARK, cursor: JSON.stringify(now) }]);
  return found.size;
}

async function readMark(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.readRows(cursors, ['cursor'], {
    sql: 'source = {source:String} AND stream = {stream:String} AND key = {key:String}',
    params: MARK,
  });
  const at = Number(row?.cursor ?? 0);
  return Number.isFinite(at) ? Math.max(0, at - OVERLAP_MS) : 0;
}

async function* recordsSince(
  warehouse: Warehouse,
  since: number,
): AsyncIterable<Pick<RecordRow, 'repo' | 'payload'>> {
  const repos = await warehouse.query<{ source: string; repo: string; stream: string }>(
    `SELECT DISTINCT source, repo, stream FROM raw.records FINAL
     WHERE fetched_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
    { since },
  );
  for (const scope of repos) {
    let after = '';
    for (;;) {
      const piece = await warehouse.readRows(records, ['repo', 'key', 'payload'], {
        sql: `source = {source:String} AND repo = {repo:String} AND stream = {stream:String} AND key > {after:String}
              AND fetched_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') ORDER BY key LIMIT {limit:UInt32}`,
        params: { ...scope, after, since, limit: PIECE },
      });
      yield* piece;
      if (piece.length < PIECE) break;
      after = piece.at(-1)?.key ?? '';
    }
  }
}

/** As it stands in the JSON of a payload, so that a part of another id never matches. */
function quoted(id: string): string {
  return JSON.stringify(id);
}
