import { type BellwetherError } from '@bellwether/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { SourceSession, Stream, StreamContext } from '../source.ts';
import { beginsAgain } from './begin-again.ts';
import { cursorRefused, unreachable } from './connection/errors.ts';

/** Walks from its cursor to page 3; GitHub takes only the page cursors that it is told to take. */
function streamOf(taken: readonly number[], error: BellwetherError): Stream<SourceSession, number> {
  return {
    name: 'pages',
    tables: [],
    replaces: [],
    unit: 'pages',
    cursor: z.number(),
    isCurrent: () => false,
    async *read({ cursor }) {
      yield { warnings: ['about to read'] };
      for (let page = cursor ?? 0; page < 3; page++) {
        if (page > 0 && !taken.includes(page)) throw error;
        yield await Promise.resolve({ checkpoint: page + 1 });
      }
    },
  };
}

async function checkpointsOf(
  stream: Stream<SourceSession, number>,
  cursor: number | null,
): Promise<unknown[]> {
  const found: unknown[] = [];
  const context = { cursor } as StreamContext<SourceSession, number>;
  for await (const batch of beginsAgain(stream).read(context)) {
    if (batch.checkpoint !== undefined) found.push(batch.checkpoint);
  }
  return found;
}

const refused = cursorRefused('commit-history');

it('goes on behind its page cursor', async () => {
  expect(await checkpointsOf(streamOf([1, 2], refused), 1)).toEqual([2, 3]);
});

it('begins again where GitHub takes it no more', async () => {
  let asked = 0;
  const stream = streamOf([1, 2], refused);
  const forgetful: Stream<SourceSession, number> = {
    ...stream,
    read: (context) => (asked++ === 0 ? streamOf([], refused).read(context) : stream.read(context)),
  };
  expect(await checkpointsOf(forgetful, 2)).toEqual([1, 2, 3]);
});

it('leaves to the engine what was refused after a checkpoint, and what is no refusal', async () => {
  await expect(checkpointsOf(streamOf([1], refused), 1)).rejects.toBe(refused);
  await expect(checkpointsOf(streamOf([], refused), null)).rejects.toBe(refused);
  const down = unreachable('github.com', 'it sleeps');
  await expect(checkpointsOf(streamOf([], down), 1)).rejects.toBe(down);
});
