import { hasWords, nameOf, quoteString, readTokens } from '../gate/sql-tokens.ts';
import { QueryError } from './query-error.ts';
import type { QueryLimits } from './served-warehouse.ts';

type Settings = Readonly<Record<string, string>>;

/** No query may go on with a part of the answer. */
const FIXED: Settings = {
  timeout_overflow_mode: 'throw',
  read_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
};

/**
 * Unless the request says otherwise. Formatting in parallel costs a small result a quarter of its time, for threads that
 * are started, and makes a large one no faster: it leaves through one pipe.
 */
const BY_DEFAULT: Settings = { output_format_parallel_formatting: '0' };

/** Everything that holds for one query that reads, `readonly` included. */
export function readingSettings(
  requested: Settings,
  limits: QueryLimits,
  isHeldWhole: boolean,
): Record<string, string> {
  const { readonly: _, max_result_bytes, ...harmless } = requested;
  return {
    ...BY_DEFAULT,
    ...harmless,
    ...limitSettings(requested, limits),
    ...FIXED,
    ...(isHeldWhole ? { max_result_bytes: tighter(max_result_bytes, limits.resultBytes) } : {}),
    readonly: '1',
  };
}

/**
 * The engine lets the SETTINGS of a subquery lift every limit of the query around it, and even `readonly`. The gate takes
 * out or refuses them all; should one ever get past it, it ends here.
 *
 * @throws QueryError 164
 */
export function refuseInnerSettings(sql: string): void {
  if (!sql.includes('SETTINGS')) return;
  const tokens = readTokens(sql);
  for (const at of tokens.keys()) {
    const isClause = hasWords(tokens, at, 'SETTINGS') && tokens[at + 2]?.text === '=';
    const name = isClause ? nameOf(tokens[at + 1]) : undefined;
    if (name !== undefined) {
      throw new QueryError(164, 'READONLY', `Cannot modify '${name}' setting in readonly mode`);
    }
  }
}

/** What a request may make tighter and never wider; 0 would mean no limit at all. */
export function limitSettings(
  requested: Settings,
  limits: QueryLimits,
): Record<'max_execution_time' | 'max_memory_usage' | 'max_rows_to_read' | 'max_result_rows', string> {
  const { max_execution_time, max_memory_usage, max_rows_to_read, max_result_rows } = requested;
  return {
    max_execution_time: tighter(max_execution_time, limits.seconds),
    max_memory_usage: tighter(max_memory_usage, limits.memoryBytes),
    max_rows_to_read: tighter(max_rows_to_read, limits.rowsRead),
    max_result_rows: tighter(max_result_rows, limits.rowsReturned),
  };
}

/** `a = '1', b = 'x'` */
export function settingsList(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[a-z][a-z0-9_]*$/i.test(name)) throw new Error('A setting has a name of letters, digits and _');
      return `${name} = ${quoteString(value)}`;
    })
    .join(', ');
}

function tighter(requested: string | undefined, limit: number): string {
  const asked = Number(requested);
  return String(Number.isFinite(asked) && asked > 0 ? Math.min(asked, limit) : limit);
}
