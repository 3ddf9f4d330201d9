import { defineTable, type RowOf } from '../table.ts';

/** How far a stream has read. Moves only after its rows are acknowledged. */
export const cursors = defineTable('ops.cursors', ['source', 'stream', 'key'], {
  source: 'String',
  stream: 'String',
  // What the stream reads: a repository, or a clone of it.
  key: 'String',
  // JSON of the stream's own shape.
  cursor: 'String',
});
export type CursorRow = RowOf<typeof cursors>;
