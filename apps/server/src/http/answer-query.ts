import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Role } from '@bellwether/core';
import { type Admitted, QueryError, type QueryContext, type ServedWarehouse } from '@bellwether/warehouse';
import { rebuildFrames } from '../native/rebuild-frames.ts';
import type { Limiter, RoleAllowance, User } from './collaborators.ts';
import { chooseCoding } from './content-coding.ts';
import { contentTypeOf } from './content-types.ts';
import type { Headers, Outgoing } from './outgoing.ts';
import { errorText, type QueryFailure } from './query-failure.ts';
import { packedBlocks } from './packed-blocks.ts';
import { readStatement } from './read-statement.ts';
import { readBody } from './request-body.ts';
import type { RequestParameters } from './request-parameters.ts';
import { type AnswerPlan, sendAnswer } from './send-answer.ts';
import { summaryJson } from './summary-header.ts';
import type { Trace } from './trace.ts';
import type { WireLimits } from './wire-limits.ts';

export interface QueryService {
  warehouse: ServedWarehouse;
  limiter: Limiter;
  wire: WireLimits;
  /** Lets settings of an address pass, or says which may not. @throws QueryError */
  harmlessSettings: (
    settings: Readonly<Record<string, string>>,
    role: Role,
  ) => Readonly<Record<string, string>>;
  /** Of the engine, as errors name it: `26.7.1.1`. */
  version: string;
  /** What `X-ClickHouse-Server-Display-Name` says. */
  displayName: string;
  /** What `X-ClickHouse-Timezone` says where a query sets no other. */
  timeZone: string;
}

export interface Question {
  user: User;
  parameters: RequestParameters;
  /** Fills in what metrics and logs want to know. */
  trace: Trace;
  /** Aborted when the client hangs up. */
  signal: AbortSignal;
}

/**
 * Answers one query, from its body to the last byte of its result.
 *
 * @returns the failure that a result broke off with after its first byte, else null
 * @throws QueryError and others before the first byte
 */
export async function answerQuery(
  service: QueryService,
  request: IncomingMessage,
  outgoing: Outgoing,
  question: Question,
): Promise<QueryFailure | null> {
  const { warehouse, limiter, wire } = service;
  const { user, parameters, trace, signal } = question;
  const { role } = user;
  const allowance = limiter.limitsOf(role);
  const settings = service.harmlessSettings(parameters.settings, role);
  const body = readBody(request, { bytes: allowance.requestBytes, idleSeconds: wire.bodyIdleSeconds });
  const { sql, data } = await readStatement(parameters.query, body, wire.statementBytes);

  const leave = await trace.waiting(limiter.enter(role, signal));
  try {
    const admitted = await warehouse.admit({
      sql,
      role,
      database: parameters.database,
      params: parameters.params,
    });
    trace.admitted(admitted);
    refuseChangeByGet(request.method, admitted);
    const format = admitted.format ?? (admitted.kind === 'insert' ? 'Values' : parameters.format);
    trace.format = format;
    const headers = commonHeaders(service, question, settings, admitted.kind === 'insert' ? null : format);
    const context: QueryContext = {
      ...{ id: trace.id, role, database: parameters.database, params: parameters.params },
      ...{ settings, format, limits: allowance.query, signal },
      onProgress: progressHeaders(parameters.progressMs, outgoing, headers),
    };
    if (admitted.kind === 'insert') {
      const summary = await warehouse.insert(admitted, context, data);
      trace.summary = summary;
      outgoing.begin(
        200,
        { ...headers, 'Content-Length': 0 },
        { 'X-ClickHouse-Summary': summaryJson(summary) },
      );
      await outgoing.end();
      return null;
    }
    const answer = await warehouse.run(admitted, context);
    trace.summaryOf = () => answer.summary();
    const chunks = asWanted(answer.chunks, format, parameters);
    return await sendAnswer(outgoing, chunks, {
      ...planOf(service, request, parameters, allowance),
      exceptionTag: trace.exceptionTag,
      // What is made of the pieces may still be part of them.
      recycle: chunks === answer.chunks ? answer.recycle : undefined,
      headers,
      late: () => ({ 'X-ClickHouse-Summary': summaryJson(answer.summary()) }),
    });
  } finally {
    leave();
  }
}

function asWanted(
  chunks: AsyncIterable<Uint8Array>,
  format: string,
  { protocolVersion, packsBlocks }: RequestParameters,
): AsyncIterable<Uint8Array> {
  const isRebuilt = protocolVersion > 0 && format.toLowerCase() === 'native';
  const rebuilt = isRebuilt ? rebuildFrames(chunks, protocolVersion) : chunks;
  return packsBlocks ? packedBlocks(rebuilt) : rebuilt;
}

/** In ClickHouse's words, which clients show. */
function refuseChangeByGet(method: string | undefined, { kind }: Admitted): void {
  if (method === 'POST' || kind === 'select' || kind === 'show') return;
  throw new QueryError(
    164,
    'READONLY',
    'Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. You should use method POST for modifying queries',
  );
}

/** Not more often than the client wants it; null: not at all. */
function progressHeaders(
  everyMs: number | null,
  outgoing: Outgoing,
  headers: Headers,
): QueryContext['onProgress'] {
  if (everyMs === null) return undefined;
  let lastMs = 0;
  return (progress) => {
    const now = progress.elapsedSeconds * 1000;
    if (outgoing.hasBegun && now - lastMs < everyMs) return;
    lastMs = now;
    outgoing.progress(progress, headers);
  };
}

/** What every answer of a query says about itself. */
function commonHeaders(
  { displayName, timeZone }: QueryService,
  { parameters, trace }: Question,
  settings: Readonly<Record<string, string>>,
  format: string | null,
): Headers {
  return {
    'X-ClickHouse-Server-Display-Name': displayName,
    'X-ClickHouse-Query-Id': parameters.queryId ?? trace.id,
    'X-ClickHouse-Timezone': settings['session_timezone'] ?? timeZone,
    'X-ClickHouse-Exception-Tag': trace.exceptionTag,
    ...(format === null
      ? { 'Content-Type': 'text/plain; charset=UTF-8' }
      : { 'X-ClickHouse-Format': format, 'Content-Type': contentTypeOf(format) }),
    ...ANSWER_HEADERS,
  };
}

/** A result is data from everywhere: no browser may run it, frame it or keep it. */
export const ANSWER_HEADERS: Headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

function planOf(
  service: QueryService,
  request: IncomingMessage,
  parameters: RequestParameters,
  { query: { resultBytes } }: RoleAllowance,
): Omit<AnswerPlan, 'headers' | 'late' | 'exceptionTag'> {
  return {
    coding: parameters.acceptsCompression ? chooseCoding(request.headers['accept-encoding']) : null,
    compressionLevel: parameters.compressionLevel,
    heldBytes: Math.min(Math.max(service.wire.heldBytes, parameters.bufferBytes), resultBytes),
    // Without chunks the end of the connection is the end of the result, and so might be anything else.
    holdsAll: parameters.waitsForEnd || request.httpVersion === '1.0',
    maxHeldBytes: resultBytes,
    describe: ({ error }) => errorText(error, service.version),
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export function newExceptionTag(): string {
  return Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
