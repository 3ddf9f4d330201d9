import { readTokens, type Token } from '../gate/sql-tokens.ts';
import { QueryError } from './query-error.ts';
import type { QueryLimits } from './served-warehouse.ts';

type Settings = Readonly<Record<string, string>>;

/**
 * The settings by which clients ask for the first rows only, so that they mean what is asked for: `limit` and `offset`,
 * and `result_overflow_mode = 'break'` with `max_result_rows`. For the latter the engine would end somewhere behind the
 * row, where a block ends; its own `limit` ends exactly there. It counts within each part of a UNION, though, and takes
 * an INTERSECT of the first rows for the first rows of an INTERSECT.
 *
 * @param sql canonical
 * @returns the same settings, or with `limit` for the two others where these are within what the role may have
 * @throws QueryError 48
 */
export function firstRowsSettings(sql: string, requested: Settings, { rowsReturned }: QueryLimits): Settings {
  const { result_overflow_mode, max_result_rows, ...others } = requested;
  const rows = Number(max_result_rows);
  const breaks = result_overflow_mode === 'break' && rows > 0 && rows <= rowsReturned;
  const limit = Number(others['limit'] ?? 0);
  if (!breaks && limit === 0 && Number(others['offset'] ?? 0) === 0) return requested;
  if (isCombined(sql)) {
    throw new QueryError(
      48,
      'NOT_IMPLEMENTED',
      'The settings limit, offset and result_overflow_mode are not supported with UNION, INTERSECT and EXCEPT. ' +
        'Write SELECT * FROM (…) LIMIT around them',
    );
  }
  if (!breaks) return requested;
  return { ...others, limit: String(limit > 0 ? Math.min(limit, rows) : rows) };
}

function isCombined(sql: string): boolean {
  if (!/UNION|INTERSECT|EXCEPT/.test(sql)) return false;
  const tokens = readTokens(sql);
  // Brackets around all of it: then any of them may be the outermost.
  const isBracketed = tokens[0]?.text === '(';
  return tokens.some(({ kind, text, depth }, at) => {
    if (kind !== 'word' || (depth > 0 && !isBracketed)) return false;
    return text === 'UNION' || text === 'INTERSECT' || (text === 'EXCEPT' && isQuery(tokens, at + 1));
  });
}

/** `SELECT * EXCEPT (a)` leaves a column out. */
function isQuery(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? '';
  if (text === '(') return isQuery(tokens, at + 1);
  return ['SELECT', 'WITH', 'DISTINCT', 'ALL'].includes(text);
}
