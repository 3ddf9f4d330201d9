import { StringDecoder } from 'node:string_decoder';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The lines of a byte stream, in batches as they arrive. Chunks may end anywhere, in the middle of a character too. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))).split(
      '\n',
    );
    rest = lines.pop()!;
    if (lines.length > 0) yield lines;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}

/**
 * The same items, the next one asked for while the one before is worked on: the engine computes on other threads
 * meanwhile.
 *
 * @param meanwhile work of the caller that can be done while the first item is on its way
 */
export async function* readAhead<T>(source: AsyncIterable<T>, meanwhile?: () => void): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const answer = iterator.next();
    // Whoever awaits it gets the error; nobody may, when the reader leaves early.
    answer.catch(() => {});
    return answer;
  };
  let next = ask();
  try {
    // Lets the engine begin before this thread is busy.
    await nextTurn();
    meanwhile?.();
    for (;;) {
      const answer = await next;
      if (answer.done === true) return;
      next = ask();
      yield answer.value;
    }
  } finally {
    await iterator.return?.();
  }
}
