import type { Engine } from '../engine.ts';
import type { Admitted, GateRequest } from '../serving/served-warehouse.ts';
import { BoundedCache } from './bounded-cache.ts';
import { nameSpace } from './databases.ts';
import { canonicalText, createExaminer } from './examiner.ts';
import { splitInsert } from './insert-data.ts';
import { fillIdentifiers } from './parameters.ts';
import { notImplemented, syntaxError } from './refusals.ts';
import { decide } from './statements.ts';
import { refuseOwnName } from './visible-text.ts';

export interface Gate {
  /**
   * Admits a statement of a stranger, or refuses it. What is admitted reads, and for some roles writes, what the role
   * may and nothing else: no file, no network, no state. Readers are to be run read-only all the same.
   *
   * @throws QueryError
   */
  admit(request: GateRequest): Promise<Admitted>;
}

/** Longer statements are refused before anyone looks at them; the engine's own limit is about the same. */
const LONGEST_STATEMENT = 1024 * 1024;
const CACHED_STATEMENTS = 1000;
const LONGEST_CACHED = 32 * 1024;

/**
 * The user's own text is only ever a bound value here. `formatQuerySingleLine` makes one canonical statement of it,
 * without comments; from there on that text is what is examined, what is changed, and what is returned to be run.
 *
 * A statement that was asked before costs no question to the engine. Rights do not change while a gate lives.
 *
 * @param engine whatever its rights: nothing of a user's is executed in order to examine it
 */
export function createGate(engine: Engine): Gate {
  const canonical = new BoundedCache<string>(CACHED_STATEMENTS);
  const admitted = new BoundedCache<Admitted>(CACHED_STATEMENTS);
  const examiner = createExaminer(engine);

  const canonicalOf = async (sql: string): Promise<string> => {
    const known = canonical.get(sql);
    if (known !== undefined) return known;
    const text = await canonicalText(engine, sql);
    if (sql.length <= LONGEST_CACHED) canonical.set(sql, text);
    return text;
  };

  const decideOnce = async (sql: string, { role, database }: GateRequest): Promise<Admitted> => {
    const key = JSON.stringify([role, database, sql]);
    const known = admitted.get(key);
    if (known) return known;
    refuseOwnName(sql);
    const result = await decide({ sql, role, names: nameSpace(role, database) }, examiner);
    if (sql.length <= LONGEST_CACHED) admitted.set(key, result);
    return result;
  };

  return {
    async admit(request) {
      if (request.sql.length > LONGEST_STATEMENT) throw syntaxError('Max query size exceeded');
      const { statement, data, isSplit } = withoutRows(request.sql);
      // The engine's formatter drops it, so the column would come back under another name than was asked for.
      if (/\bAS\s*\{\s*\w+\s*:\s*Identifier\s*\}/i.test(statement)) {
        throw notImplemented('An alias cannot be a parameter');
      }
      // Names that the values of parameters give are part of the statement; all other values are not.
      const sql = fillIdentifiers(await canonicalOf(statement), request.params);
      const result = await decideOnce(sql, request);
      if (!result.insert) {
        if (data !== null) throw syntaxError('There is data behind the statement');
        return result;
      }
      if (!isSplit) {
        throw notImplemented('An INSERT has to begin with INSERT, and its data with VALUES or FORMAT');
      }
      return data === null ? result : { ...result, insert: { ...result.insert, data } };
    },
  };
}

/** `isSplit`: the head of an INSERT was found to its end; only then it is known that no rows are lost. */
function withoutRows(sql: string): { statement: string; data: string | null; isSplit: boolean } {
  const split = splitInsert(sql, true);
  if (!split) return { statement: sql, data: null, isSplit: false };
  const data = sql.slice(split.dataBegin);
  return {
    statement: sql.slice(0, split.statementEnd),
    data: /^[\s;]*$/.test(data) ? null : data,
    isSplit: true,
  };
}
