import type { Instant } from '@bellwether/core';
import type { RecordRow } from '@bellwether/warehouse';

/** A pruned payload as it is kept for `replay`. What it holds of a person is a node id or a key, never a name. */
export function rawRecord(
  { repo, stream }: Pick<RecordRow, 'repo' | 'stream'>,
  key: string,
  payload: unknown,
  fetchedAt: Instant,
): RecordRow {
  return { source: 'github', repo, stream, key, fetched_at: fetchedAt, payload: JSON.stringify(payload) };
}
