import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { QueryError } from '@bellwether/warehouse';
import { createUnpacker, readCoding } from './content-coding.ts';

export interface BodyLimits {
  /** Unpacked. */
  bytes: number;
  /** Between two pieces. */
  idleSeconds: number;
}

/**
 * A request's body, unpacked, piece by piece.
 *
 * @throws QueryError QUERY_IS_TOO_LARGE (413) where more than `bytes` come out of it, SOCKET_TIMEOUT where its sender
 *   falls silent, ZLIB_INFLATE_FAILED for what cannot be unpacked, CANNOT_READ_ALL_DATA where it breaks off
 */
export async function* readBody(request: IncomingMessage, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const coding = readCoding(request.headers['content-encoding']);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge(limits.bytes);
  const received = punctual(request, limits.idleSeconds);
  let size = 0;
  for await (const piece of coding === null ? received : unpacked(received, coding)) {
    size += piece.length;
    if (size > limits.bytes) throw tooLarge(limits.bytes);
    yield piece;
  }
}

/** Pieces as they come in; silence between them has an end. */
async function* punctual(request: IncomingMessage, idleSeconds: number): AsyncGenerator<Buffer> {
  // Most bodies are a statement that came with its headers: nothing to wait for.
  if (request.complete) {
    const all = request.read() as Buffer | null;
    if (all) yield all;
    return;
  }
  // Otherwise a generator that is left early would destroy the connection that still has to carry the answer.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let onSilence: (error: QueryError) => void;
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const silence = new Promise<never>((_, reject) => {
        onSilence = reject;
      });
      timer = setTimeout(() => onSilence(tooSlow(idleSeconds)), idleSeconds * 1000);
      const next = await Promise.race([pieces.next(), silence]).finally(() => clearTimeout(timer));
      if (next.done) break;
      yield next.value;
    }
  } catch (error) {
    throw error instanceof QueryError ? error : brokenOff();
  }
  if (!request.complete) throw brokenOff();
}

async function* unpacked(
  packed: AsyncIterable<Uint8Array>,
  coding: 'gzip' | 'deflate' | 'br',
): AsyncGenerator<Uint8Array> {
  const unpacker = createUnpacker(coding);
  const fed = pipeline(packed, unpacker);
  // It is heard below; left early, its failure is our own doing.
  fed.catch(() => undefined);
  try {
    for await (const piece of unpacker as AsyncIterable<Buffer>) yield piece;
    await fed;
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError(
      354,
      'ZLIB_INFLATE_FAILED',
      `The body cannot be unpacked as its Content-Encoding says (${coding})`,
    );
  } finally {
    unpacker.destroy();
  }
}

function tooLarge(bytes: number): QueryError {
  return new QueryError(
    229,
    'QUERY_IS_TOO_LARGE',
    `The body of the request is larger than the ${bytes} bytes that it may have`,
  );
}

function tooSlow(seconds: number): QueryError {
  return new QueryError(
    209,
    'SOCKET_TIMEOUT',
    `Timeout exceeded while reading from socket: nothing came for ${seconds} s`,
  );
}

function brokenOff(): QueryError {
  return new QueryError(33, 'CANNOT_READ_ALL_DATA', 'The body of the request broke off');
}
