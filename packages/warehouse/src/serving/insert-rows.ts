import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedEngine } from '../embedded-engine.ts';
import { insertSettings } from '../engine.ts';
import { quoteName, quoteString } from '../gate/sql-tokens.ts';
import { commentOf } from './query-control.ts';
import { limitSettings, settingsList } from './query-settings.ts';
import { findInputFormat } from './result-formats.ts';
import { cancelled } from './served-errors.ts';
import type { Admitted, QueryContext, QuerySummary } from './served-warehouse.ts';
import { storeBody } from './store-body.ts';

/**
 * Beyond `insertSettings`: a file is read in blocks, and only joining these makes one part of them, all or nothing. The
 * format `Values` would evaluate expressions, functions that read files among them.
 */
const FROM_FILE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(insertSettings).map(([name, value]) => [name, String(value)])),
  min_insert_block_size_rows: '1000000000',
  min_insert_block_size_bytes: '0',
  input_format_values_interpret_expressions: '0',
  input_format_values_deduce_templates_of_expressions: '0',
};

export interface InsertPlace {
  engine: EmbeddedEngine;
  /** For files in which bodies are kept until they are stored. */
  scratchFolder: string;
  dataFolder: string;
  /** Aborted when the server does not wait for bodies any longer. */
  stop: AbortSignal;
}

/** See `ServedWarehouse.insert`. */
export async function insertRows(
  { engine, scratchFolder, dataFolder, stop }: InsertPlace,
  admitted: Admitted,
  context: QueryContext,
  body: AsyncIterable<Uint8Array>,
): Promise<QuerySummary> {
  if (!admitted.insert) throw new Error('This statement takes no rows');
  const startedAt = performance.now();
  const table = quotedTable(admitted.insert.table);
  const { columns, data } = admitted.insert;
  // No ending that the engine could take for a compression.
  const path = join(scratchFolder, `body-${context.id}`);
  const sql =
    `${commentOf(context.id)} INSERT INTO ${table}${columnList(columns)} FROM INFILE ${quoteString(path)} ` +
    `SETTINGS ${insertSettingsOf(admitted, context)} FORMAT ${findInputFormat(context.format)}`;
  const bytes = await storeBody(
    joined(data, body),
    path,
    dataFolder,
    AbortSignal.any([context.signal, stop]),
  );
  try {
    const rows = bytes === 0 ? 0 : await insertFile(engine, sql, { bytes, table }, context.signal);
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    return {
      readRows: rows,
      readBytes: bytes,
      writtenRows: rows,
      writtenBytes: bytes,
      resultRows: rows,
      resultBytes: bytes,
      elapsedSeconds,
    };
  } finally {
    await rm(path, { force: true });
  }
}

async function* joined(
  data: string | null,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (data !== null) yield Buffer.from(data);
  yield* body;
}

function insertFile(
  engine: EmbeddedEngine,
  sql: string,
  what: { bytes: number; table: string },
  signal: AbortSignal,
): Promise<number> {
  return engine.write(async (session) => {
    // While it waited for its turn. From here on it runs to its end: a client that goes away changes nothing.
    if (signal.aborted) throw cancelled();
    return (await session.queryAsync(sql, { format: 'Null' })).rowsRead;
  }, what);
}

function insertSettingsOf(admitted: Admitted, context: QueryContext): string {
  const requested = { ...context.settings, ...admitted.settings };
  const { max_execution_time, max_memory_usage } = limitSettings(requested, context.limits);
  return settingsList({
    ...requested,
    max_execution_time,
    max_memory_usage,
    ...FROM_FILE,
  });
}

/** @param name `database.table`, as the gate read it */
function quotedTable(name: string): string {
  const [database = '', ...table] = name.split('.');
  return `${quoteName(database)}.${quoteName(table.join('.'))}`;
}

function columnList(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` (${columns.map(quoteName).join(', ')})`;
}
