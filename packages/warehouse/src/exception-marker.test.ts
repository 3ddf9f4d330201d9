import { expect, it } from 'vitest';
import { refuseException } from './exception-marker.ts';

const TAG = 'abcdefghijklmnop';
const TEXT = 'Code: 6. DB::Exception: Cannot parse: x. (CANNOT_PARSE_TEXT)';
const BLOCK = `\r\n__exception__\r\n${TAG}\r\n${TEXT}\r\n61 ${TAG}\r\n__exception__\r\n`;

async function* inPieces(text: string, size: number, breaks = false): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
  if (breaks) throw new Error('aborted');
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<{ text: string; error: string }> {
  let text = '';
  try {
    for await (const piece of pieces) text += Buffer.from(piece).toString();
    return { text, error: '' };
  } catch (error) {
    return { text, error: (error as Error).message };
  }
}

it.each([1, 7, 40, 1000])(
  'an exception behind half a result is thrown and not part of it (pieces of %i)',
  async (size) => {
    for (const breaks of [true, false]) {
      const answer = await read(refuseException(inPieces(`1\n2\n${BLOCK}`, size, breaks), TAG));
      expect(answer).toEqual({ text: '1\n2\n', error: TEXT });
    }
  },
);

it.each([1, 7, 1000])('a whole result comes as it is (pieces of %i)', async (size) => {
  const text = `1\r\n__exception__\r\n${'x'.repeat(16)}\r\n`;
  expect(await read(refuseException(inPieces(text, size), TAG))).toEqual({ text, error: '' });
  expect(await read(refuseException(inPieces('', size), TAG))).toEqual({ text: '', error: '' });
});

it('without a tag nothing is looked for, and a broken connection stays one', async () => {
  expect(await read(refuseException(inPieces(BLOCK, 9), undefined))).toEqual({ text: BLOCK, error: '' });
  expect((await read(refuseException(inPieces('1\n', 9, true), TAG))).error).toBe('aborted');
});
