import { randomUUID } from 'node:crypto';
import { type OverrideRow, overrides, type Warehouse } from '@bellwether/warehouse';
import { BatchWriter } from '../engine/batch-writer.ts';
import { DirtyMark } from '../engine/dirty-mark.ts';
import { keysOf, rowsOf } from '../source.ts';

/**
 * Stores a person's ruling in the place of an earlier one, and marks its repository, so that facts are computed with
 * it. A ruling that says the same as before is stored all the same: it has another date and reason.
 */
export async function storeOverride(
  warehouse: Warehouse,
  row: OverrideRow,
  makeRunId: () => string = randomUUID,
): Promise<void> {
  const mark = new DirtyMark(warehouse, row.repo, makeRunId());
  await new BatchWriter(warehouse, mark).write({ rows: [rowsOf(overrides, [row])] });
  await mark.settle();
}

/** Takes a ruling back: what was computed stands again. */
export async function removeOverride(
  warehouse: Warehouse,
  key: Pick<OverrideRow, 'repo' | 'kind' | 'entity'>,
  makeRunId: () => string = randomUUID,
): Promise<void> {
  const mark = new DirtyMark(warehouse, key.repo, makeRunId());
  await new BatchWriter(warehouse, mark).write({ removals: [keysOf(overrides, [key])] });
  await mark.settle();
}
