/**
 * The pieces of an answer without the exception that a server of ClickHouse 25.11 or later puts behind half a result
 * before it breaks the connection: `\r\n__exception__\r\n<tag>\r\n<text>\r\n<length> <tag>\r\n__exception__\r\n`.
 *
 * @param tag of the header `X-ClickHouse-Exception-Tag`, made anew for each answer; undefined: an older server
 * @throws Error with the server's text, in the place of whatever the broken connection gave
 */
export async function* refuseException(
  pieces: AsyncIterable<Uint8Array>,
  tag: string | undefined,
): AsyncIterable<Uint8Array> {
  if (tag === undefined || tag === '') {
    yield* pieces;
    return;
  }
  const mark = Buffer.from(`\r\n__exception__\r\n${tag}\r\n`);
  let held = Buffer.alloc(0);
  let text: string | undefined;
  try {
    for await (const piece of pieces) {
      if (text !== undefined) {
        text = `${text}${Buffer.from(piece).toString()}`.slice(0, LONGEST_TEXT);
        continue;
      }
      const all = Buffer.concat([held, piece]);
      const at = all.indexOf(mark);
      // The mark may come in two pieces.
      const end = at >= 0 ? at : Math.max(0, all.length - mark.length);
      if (at >= 0) text = all.toString('utf8', at + mark.length);
      else held = all.subarray(end);
      if (end > 0) yield all.subarray(0, end);
    }
  } catch (error) {
    if (text === undefined) throw error;
  }
  if (text !== undefined) throw new Error(text.split(`\r\n`)[0]);
  if (held.length > 0) yield held;
}

const LONGEST_TEXT = 16_384;
