import { QueryError } from '@bellwether/warehouse';
import type { Coding } from './content-coding.ts';
import { exceptionBlock, type Headers, HungUpError, type Outgoing } from './outgoing.ts';
import { pack, packedWriter, type Writer } from './packed-writer.ts';
import { type QueryFailure, toQueryFailure } from './query-failure.ts';

export interface AnswerPlan {
  coding: Coding | null;
  compressionLevel: number;
  /** So much is held back before the first byte goes out. */
  heldBytes: number;
  /** Everything is held back, up to `maxHeldBytes`: the client asked for it, or could not tell half from whole. */
  holdsAll: boolean;
  maxHeldBytes: number;
  /** Of a streamed answer, without the tag of the exception block. */
  headers: Headers;
  /** What is only known at the end of a short answer, and as far as it is known of a long one. */
  late: () => Headers;
  /** Announced in the headers: what stands between the markers of an exception block. */
  exceptionTag: string;
  /** Told of pieces of a long answer that are on their way and not needed any more. */
  recycle?: ((piece: Uint8Array) => void) | undefined;
  /** An error as the client reads it. */
  describe: (failure: QueryFailure) => string;
}

/**
 * Sends a result. A short one, and one that is to be held, goes out whole, with its length; what fails before the first
 * byte is thrown, and can still be answered with a status of its own.
 *
 * @returns the failure that a long answer broke off with, null where all of it was sent
 * @throws HungUpError, and whatever `chunks` throws before the first byte
 */
export async function sendAnswer(
  outgoing: Outgoing,
  chunks: AsyncIterable<Uint8Array>,
  plan: AnswerPlan,
): Promise<QueryFailure | null> {
  const pieces = chunks[Symbol.asyncIterator]();
  try {
    const { held, isWhole } = await hold(pieces, plan);
    if (isWhole) {
      await sendWhole(outgoing, Buffer.concat(held), plan);
      return null;
    }
    return await stream(outgoing, held, pieces, plan);
  } finally {
    // Ends the query where its result was not read to the end.
    await pieces.return?.();
  }
}

async function hold(
  pieces: AsyncIterator<Uint8Array>,
  { holdsAll, heldBytes, maxHeldBytes }: AnswerPlan,
): Promise<{ held: Uint8Array[]; isWhole: boolean }> {
  const held: Uint8Array[] = [];
  for (let size = 0; holdsAll || size <= heldBytes;) {
    const next = await pieces.next();
    if (next.done) return { held, isWhole: true };
    held.push(next.value);
    size += next.value.length;
    if (holdsAll && size > maxHeldBytes) throw tooLargeToHold(maxHeldBytes);
  }
  return { held, isWhole: false };
}

async function sendWhole(outgoing: Outgoing, bytes: Buffer, plan: AnswerPlan): Promise<void> {
  const { coding } = plan;
  const body = coding === null ? bytes : await pack(bytes, coding, plan.compressionLevel);
  outgoing.begin(
    200,
    { ...plan.headers, ...codingHeaders(coding), 'Content-Length': body.length },
    plan.late(),
  );
  await outgoing.write(body);
  await outgoing.end();
}

async function stream(
  outgoing: Outgoing,
  held: Uint8Array[],
  pieces: AsyncIterator<Uint8Array>,
  plan: AnswerPlan,
): Promise<QueryFailure | null> {
  const { coding } = plan;
  outgoing.begin(200, { ...plan.headers, ...codingHeaders(coding) }, plan.late());
  const writer: Writer = coding === null ? outgoing : packedWriter(outgoing, coding, plan.compressionLevel);
  for (let piece = held.shift(); piece; piece = held.shift()) await writer.write(piece, plan.recycle);
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await pieces.next();
    } catch (error) {
      if (error instanceof HungUpError) throw error;
      const failure = toQueryFailure(error);
      await writer.breakOff(exceptionBlock(plan.describe(failure), plan.exceptionTag));
      return failure;
    }
    if (next.done) break;
    await writer.write(next.value, plan.recycle);
  }
  await writer.end();
  return null;
}

function codingHeaders(coding: Coding | null): Headers {
  return coding === null ? {} : { 'Content-Encoding': coding };
}

function tooLargeToHold(bytes: number): QueryError {
  return new QueryError(
    396,
    'TOO_MANY_ROWS_OR_BYTES',
    `Limit for result exceeded, max bytes: ${bytes}: it is held back until its end (wait_end_of_query, HTTP/1.0)`,
  );
}
