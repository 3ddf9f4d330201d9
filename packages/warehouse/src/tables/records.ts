import { defineTable, type RowOf } from '../table.ts';

/**
 * What a source was answered, pruned to the fields that its streams use: `replay` maps it again without the network.
 * Holds logins and addresses nowhere: payloads name people by the source's node ids only.
 */
export const records = defineTable('raw.records', ['source', 'repo', 'stream', 'key'], {
  source: 'LowCardinality(String)',
  // Empty for what belongs to no repository.
  repo: 'LowCardinality(String)',
  stream: 'LowCardinality(String)',
  // The entity's own id at the source.
  key: 'String',
  fetched_at: "DateTime64(3, 'UTC')",
  // JSON.
  payload: 'String',
});
export type RecordRow = RowOf<typeof records>;
