import type { EmbeddedEngine } from '../embedded-engine.ts';
import { quoteName } from '../gate/sql-tokens.ts';
import { commentOf } from './query-control.ts';
import { limitSettings, settingsList } from './query-settings.ts';
import { bindValues } from './query-values.ts';
import { cancelled } from './served-errors.ts';
import type { Admitted, Answer, QueryContext } from './served-warehouse.ts';

/** One statement that changes something. It runs to its end even when nobody waits for it any more. */
export async function runCommand(
  engine: EmbeddedEngine,
  admitted: Admitted,
  context: QueryContext,
  format: string,
): Promise<Answer> {
  const bound = bindValues(admitted.sql, context.params);
  const requested = { ...context.settings, ...admitted.settings };
  const { max_execution_time, max_memory_usage } = limitSettings(requested, context.limits);
  const settings = { ...requested, max_execution_time, max_memory_usage };
  const before = `USE ${quoteName(admitted.database)}; SET ${[settingsList(settings), ...bound.assignments].join(', ')}`;
  const after = `SET ${Object.keys(settings)
    .map((name) => `${name} = DEFAULT`)
    .join(', ')}`;
  const startedAt = performance.now();
  const result = await engine.write(async (session) => {
    if (context.signal.aborted) throw cancelled();
    await session.queryAsync(before);
    const done = await session.queryAsync(`${commentOf(context.id)} ${bound.sql}`, { format });
    // A connection whose statement failed is not used again; this one is.
    await session.queryAsync(after);
    return done;
  });
  return wholeAnswer(result.bytes(), result.rowsRead, (performance.now() - startedAt) / 1000);
}

function wholeAnswer(bytes: Uint8Array, resultRows: number, elapsedSeconds: number): Answer {
  const chunks = (async function* () {
    if (bytes.length > 0) yield await Promise.resolve(bytes);
  })();
  const summary = {
    readRows: null,
    readBytes: null,
    // The engine does not say how many a command wrote.
    writtenRows: 0,
    writtenBytes: 0,
    resultRows,
    resultBytes: bytes.length,
    elapsedSeconds,
  };
  return { chunks, isStreamed: false, summary: () => summary };
}
