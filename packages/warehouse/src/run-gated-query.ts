import { systemClock } from '@bellwether/core';
import { EngineError } from './engine-errors.ts';
import { openEngine, type WarehouseTarget } from './open-warehouse.ts';
import { admitQuery, explainRefusal } from './query-gate.ts';
import { queryText } from './query-text.ts';
import type { QueryParams } from './warehouse.ts';

/**
 * Runs SQL that a user wrote and yields its result in `format`: one statement that only reads, on a warehouse that is
 * opened for reading only, within limits of time and memory. Opens and closes the warehouse itself.
 *
 * @param params values for `{name:Type}`, as text or as what the type takes
 * @throws BellwetherError `query-refused`, `query-invalid`, `unknown-format`, `result-too-large`, `time-limit`,
 *   `memory-limit`, and those of `openWarehouse`
 */
export async function* runGatedQuery(
  target: WarehouseTarget,
  sql: string,
  format: string,
  params?: QueryParams,
): AsyncIterable<Uint8Array> {
  const engine = await openEngine(target, { readOnly: true }, systemClock);
  try {
    const admitted = await admitQuery(engine, sql, params);
    yield* queryText(engine, admitted, format, params);
  } catch (error) {
    throw error instanceof EngineError ? explainRefusal(error) : error;
  } finally {
    await engine.close();
  }
}
