import { BellwetherError, exitCodes } from '@bellwether/core';
import type { EngineKind } from './engine.ts';

/** A statement that the engine refused. From our own SQL that is a bug; from a user's it becomes `query-invalid`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** ClickHouse's number for it, 0 where it gave none. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a failure happened on, in words for the user: a folder or a host, never a name or a password. */
export interface Place {
  kind: EngineKind;
  name: string;
}

/**
 * Turns whatever the engine, its client or the file system threw into an error for the user where the cause lies
 * outside this program, else into an `EngineError`.
 *
 * @param inserting the table of an insert: the engine quotes the offending row, and rows never reach a message
 */
export function toWarehouseError(error: unknown, place: Place, inserting?: string): Error {
  if (error instanceof BellwetherError || error instanceof EngineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error, text);
  const known = knownError(text, code, errnoOf(error), place);
  if (known) return known;
  if (inserting === undefined) return new EngineError(code, withCodeName(engineSentence(text), error));
  const row = /\(at row (\d+)\)/.exec(text)?.[1];
  const name = /\(([A-Z_0-9]+)\)\s*$/.exec(withCodeName(text, error))?.[1] ?? 'unknown';
  const where = row === undefined ? '' : `, row ${row} of the batch`;
  return new EngineError(code, `Insert into ${inserting} failed: ${name} (code ${code})${where}`);
}

function knownError(
  text: string,
  code: number,
  errno: string | undefined,
  place: Place,
): BellwetherError | undefined {
  const the =
    place.kind === 'server' ? `the ClickHouse server ${place.name}` : `the warehouse in ${place.name}`;
  // 243 NOT_ENOUGH_SPACE; errno 28 ENOSPC, 122 EDQUOT, 27 EFBIG (a size limit on files).
  if (code === 243 || /errno: (?:28|122|27)\b|No space left on device/.test(text) || errno === 'ENOSPC') {
    return diskFull(place.name, new Error(engineSentence(text)));
  }
  // errno 13 EACCES, 1 EPERM, 30 EROFS.
  if (/errno: (?:13|1|30)\b/.test(text)) return notWritable(place.name, engineSentence(text));
  // 516, 192-195: who are you; 497: you may not.
  const isDenied = code === 497 && place.kind !== 'served';
  if (code === 516 || (code >= 192 && code <= 195) || isDenied) {
    const what =
      code === 497 ? 'does not allow this to the account' : 'does not accept the name or the password';
    return new BellwetherError({
      code: 'server-auth',
      message: `${capital(the)} ${what}.`,
      retry: 'no',
      next: 'Set BELLWETHER_CLICKHOUSE_USER and BELLWETHER_CLICKHOUSE_PASSWORD in the environment.',
      exitCode: exitCodes.auth,
    });
  }
  // 33 CANNOT_READ_ALL_DATA, 40 CHECKSUM_DOESNT_MATCH, 246 CORRUPTED_DATA, 271 CANNOT_DECOMPRESS, 432 UNKNOWN_CODEC.
  const isDamage = [33, 40, 246, 271].includes(code) && text.includes(place.name);
  if (place.kind === 'embedded' && (isDamage || code === 432)) {
    return new BellwetherError({
      code: 'warehouse-damaged',
      message: `Files of ${the} are damaged or cut off (code ${code}).`,
      retry: 'now',
      next: 'Run the same command again: what could not be written in full is taken back when the warehouse opens.',
      cause: new Error(engineSentence(text)),
    });
  }
  if (errno !== undefined && UNREACHABLE.has(errno)) {
    return new BellwetherError({
      code: 'server-unreachable',
      message: `${capital(the)} does not answer (${errno}).`,
      retry: 'later',
      next: 'Check `warehouse.url` in bellwether.yaml and that the server runs: curl <url>/ping',
    });
  }
  if (code === 252 || code === 202) {
    return new BellwetherError({
      code: 'server-busy',
      message: `${capital(the)} has too much to do at the moment (code ${code}).`,
      retry: 'later',
      next: 'Run the same command again in a few minutes.',
    });
  }
  return limitError(code);
}

function limitError(code: number): BellwetherError | undefined {
  const failed = (code: string, message: string, next: string): BellwetherError =>
    new BellwetherError({ code, message, retry: 'no', next });
  if (code === 241) {
    const next = 'Ask for less at once: a shorter period, fewer columns, or a LIMIT.';
    return failed('memory-limit', 'The query needs more memory than it may use.', next);
  }
  if (code === 159) {
    return failed(
      'time-limit',
      'The query took longer than it may.',
      'Ask for less at once: a shorter period, or a filter.',
    );
  }
  if (code === 396) {
    const next = 'Add a LIMIT, or choose a format that streams: --format TSV, CSV or JSONEachRow.';
    return failed(
      'result-too-large',
      'The result is too large for this format, which needs all of it at once.',
      next,
    );
  }
  return undefined;
}

export function diskFull(name: string, cause?: Error): BellwetherError {
  return new BellwetherError({
    code: 'disk-full',
    message: `There is no space left for the warehouse ${name}, or the disk refuses to write. What was acknowledged is stored.`,
    retry: 'later',
    next: 'Free some space (df -h; quotas count too), then run the same command again: it goes on where it stopped.',
    cause,
  });
}

export function notWritable(folder: string, cause: string): BellwetherError {
  return new BellwetherError({
    code: 'warehouse-not-writable',
    message: `The warehouse folder ${folder} cannot be written to.`,
    retry: 'no',
    next: 'Give your account write access to it, or choose another folder: --data <folder>',
    cause: new Error(cause),
  });
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** ClickHouse's number: chDB gives it as a property or in the text, the HTTP client as a string in `code`. */
function codeOf(error: unknown, text: string): number {
  const given = error as { clickhouseCode?: unknown; code?: unknown } | null;
  if (typeof given?.clickhouseCode === 'number') return given.clickhouseCode;
  if (typeof given?.code === 'string' && /^\d+$/.test(given.code)) return Number(given.code);
  return Number(/Code:\s*(\d+)/.exec(text)?.[1] ?? 0);
}

function errnoOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && (UNREACHABLE.has(code) || code === 'ENOSPC')) return code;
  }
  return error instanceof Error && error.message.startsWith('Timeout error') ? 'ETIMEDOUT' : undefined;
}

/** The engine's own words without its prefixes, its version and its stack. */
export function engineSentence(text: string): string {
  return text
    .replace(/^(?:Code: \d+\. DB::\w+: )+/, '')
    .replace(/ \(version [^)]*\)/g, '')
    .split('\n')[0]!
    .trim();
}

/** ClickHouse's name for a number: chDB has it at the end of the text, the HTTP client in `type` alone. */
function withCodeName(text: string, error: unknown): string {
  const name = (error as { type?: unknown } | null)?.type;
  const isKnown = typeof name === 'string' && /^[A-Z][A-Z_0-9]+$/.test(name);
  return isKnown && !text.includes(`(${name})`) ? `${text} (${name})` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
