import { BellwetherError } from '@bellwether/core';
import { EngineError, engineSentence, type Place, toWarehouseError } from '../engine-errors.ts';
import { withoutHints } from '../gate/examiner.ts';
import { QueryError } from './query-error.ts';

export function cancelled(): QueryError {
  return new QueryError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled');
}

export function shuttingDown(): QueryError {
  return new QueryError(236, 'ABORTED', 'The server is shutting down');
}

export function timeExceeded(elapsedSeconds: number, limitSeconds: number): QueryError {
  return new QueryError(
    159,
    'TIMEOUT_EXCEEDED',
    `Timeout exceeded: elapsed ${elapsedSeconds.toFixed(1)} seconds, maximum: ${String(limitSeconds)} seconds`,
  );
}

/**
 * What the engine said about a statement of a user, in its own number and words. Where the cause lies outside the
 * statement (a full disk, damaged files, a server that does not answer), the `BellwetherError` for that.
 *
 * @param inserting the table of an insert: the engine quotes rows then, and rows never reach a message
 */
export function toServedError(error: unknown, place: Place, inserting?: string): Error {
  if (error instanceof QueryError || error instanceof BellwetherError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error, text);
  if (!LIMITS.has(code) && !(inserting !== undefined && BAD_BODY.has(code))) {
    const known = toWarehouseError(error, place, inserting);
    if (known instanceof BellwetherError) return known;
    // Not the engine's: a bug of ours, which must not look like a mistake in the query.
    if (known instanceof EngineError && code === 0) return error instanceof Error ? error : known;
  }
  const codeName = nameOf(error, text);
  if (inserting === undefined) return new QueryError(code, codeName, sentenceOf(text));
  const row = /\(at row (\d+)\)/.exec(text)?.[1];
  const where = row === undefined ? '' : ` (at row ${row})`;
  return new QueryError(code, codeName, `Cannot insert into ${inserting}: ${wordsOf(codeName)}${where}`);
}

/** 158, 159, 160, 241, 307, 396, 394: what a query may use, in the engine's own words. */
const LIMITS = new Set([158, 159, 160, 241, 307, 394, 396]);
/** Elsewhere they mean that a file of the warehouse is damaged; here it is the body that is cut off. */
const BAD_BODY = new Set([33, 40, 246, 271]);

function codeOf(error: unknown, text: string): number {
  const given = error as { clickhouseCode?: unknown; code?: unknown } | null;
  if (typeof given?.clickhouseCode === 'number') return given.clickhouseCode;
  // The HTTP client's errors have the number apart from the words.
  if (typeof given?.code === 'string' && /^\d+$/.test(given.code)) return Number(given.code);
  return Number(/Code:\s*(\d+)/.exec(text)?.[1] ?? 0);
}

function nameOf(error: unknown, text: string): string {
  const given = (error as { type?: unknown } | null)?.type;
  if (typeof given === 'string' && /^[A-Z][A-Z_0-9]+$/.test(given)) return given;
  const withoutVersion = text.replace(/\s*\(version [^)]*\)\s*$/, '');
  return /\(([A-Z][A-Z_0-9]+)\)\s*$/.exec(withoutVersion)?.[1] ?? 'UNKNOWN_EXCEPTION';
}

function sentenceOf(text: string): string {
  const sentence = engineSentence(text)
    .replace(/(?:\s*\([A-Z][A-Z_0-9]+\)\.?)+$/, '')
    // What was read there is our own end of the statement, and some eighty keywords help nobody.
    .replace(/^(Syntax error).*$/s, '$1');
  return withoutHints(sentence).replace(/[.:]\s*$/, '');
}

function wordsOf(codeName: string): string {
  return codeName.toLowerCase().replaceAll('_', ' ');
}
