import { type BellwetherError, systemClock, usageError } from '@bellwether/core';
import { EngineError } from '../engine-errors.ts';
import type { Engine } from '../engine.ts';
import { openEngine, type WarehouseTarget } from '../open-warehouse.ts';
import { queryText } from '../query-text.ts';
import { QueryError } from '../serving/query-error.ts';
import type { QueryParams } from '../warehouse.ts';
import { type Clauses, takeClauses } from './clauses.ts';
import { canonicalText, inClickHouseWords } from './examiner.ts';
import { createGate } from './gate.ts';

/**
 * Runs SQL that a user wrote and yields its result in `format`: one statement that only reads what an analyst may, on a
 * warehouse that is opened for reading only, within limits of time and memory. Opens and closes the warehouse itself.
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
    yield* queryText(engine, await admitted(engine, sql, params), format, params);
  } catch (error) {
    if (error instanceof EngineError) throw explainRefusal(inClickHouseWords(error));
    throw error instanceof QueryError ? explainRefusal(error) : error;
  } finally {
    await engine.close();
  }
}

async function admitted(engine: Engine, sql: string, params: QueryParams = {}): Promise<string> {
  // A server of ours has a gate of its own, and would take the text that this one makes for an attack.
  if (engine.kind === 'served') {
    refuseClauses(takeClauses(await canonicalText(engine, sql)));
    return sql;
  }
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries<unknown>(params)) texts[name] = String(value);
  const request = { sql, role: 'analyst', database: 'metrics', params: texts } as const;
  const statement = await createGate(engine).admit(request);
  refuseClauses(statement);
  return statement.sql;
}

/** Over HTTP both are welcome; here the format is an option. */
function refuseClauses({ format, settings }: Pick<Clauses, 'format'> & { settings: object }): void {
  if (format !== null) throw refused('the format is not part of the query here', FORMAT);
  if (Object.keys(settings).length > 0) {
    throw refused('settings are fixed here', 'Leave the SETTINGS clause out.');
  }
}

const FORMAT = 'bellwether query "<sql without FORMAT>" --format <name>';
const ONLY_READING = 'Only SELECT, SHOW, DESCRIBE and EXISTS run here, on metrics, facts, domain and ops.';
const HELP = 'bellwether query "SHOW TABLES FROM metrics"   (then: DESCRIBE metrics.<name>)';

/** What the gate or the engine says about a user's statement, for somebody at a terminal. */
function explainRefusal({ code, message: text }: QueryError): BellwetherError {
  // Over HTTP a sentence ends with its full stop.
  const message = text.replace(/\.$/, '');
  if (code === 358) return refused('INTO OUTFILE writes a file', 'bellwether query "<sql>" > <file>');
  // 164 READONLY: settings, for one, are refused by the connection before we see them.
  if (code === 164) return refused('it would change something', ONLY_READING);
  if (code === 497 || code === 48) return refused(lowerFirst(message), ONLY_READING);
  if (message.includes('Multi-statements')) {
    return refused('it holds more than one statement', 'Run one statement at a time.');
  }
  return usageError('query-invalid', `The query is not valid: ${message} (code ${String(code)})`, HELP);
}

function refused(because: string, next: string): BellwetherError {
  return usageError('query-refused', `The query is refused: ${because}.`, next);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
