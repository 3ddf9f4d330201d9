import { fixedClock } from '@bellwether/core';
import type { Admitted, Answer, QueryContext, QuerySummary, ServedWarehouse } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { watchWork } from './operations/work-in-progress.ts';
import { type ServingParts, stopServing } from './stop-serving.ts';

const never = new Promise<never>(() => {});

/** An engine that interrupts nothing, in front of which a server stops. */
function stopping(changes: Partial<ServedWarehouse> = {}, ending = { readingMs: 1, writingMs: 60_000 }) {
  const engine = { run: () => never, insert: () => never, close: () => never, ...changes };
  const { served, work } = watchWork(engine as unknown as ServedWarehouse, fixedClock(0));
  const lines: unknown[][] = [];
  const log = (what: object | string, text?: string): void =>
    void lines.push(text === undefined ? [what] : [what, text]);
  const parts = {
    ...{ served, work, ending, folder: null, scheduler: null, graceMs: 0, stopping: new AbortController() },
    service: { close: () => Promise.resolve() },
    listening: { close: () => {} },
    limiter: { stop: () => {}, left: () => never },
    leases: { end: () => {} },
    log: { stream: { write: () => {} }, flush: () => lines.push(['flushed']) },
    logger: { info: log, warn: log },
  } as ServingParts;
  return { served, lines, stop: () => stopServing(parts) };
}

const admitted = (kind: Admitted['kind']): Admitted => ({ kind }) as Admitted;
const context = (id: string): QueryContext => ({ id, role: 'analyst' }) as QueryContext;

describe('stopping', () => {
  it('gives up on what the engine does not interrupt, and says what that was', async () => {
    const { served, lines, stop } = stopping();
    void served.run(admitted('select'), context('a-1'));
    expect(await stop()).toBe('cut-off');
    expect(lines).toContainEqual([
      { queries: [{ id: 'a-1', role: 'analyst', kind: 'select', seconds: 0 }] },
      expect.stringMatching(/^cut off/),
    ]);
    expect(lines.at(-1)).toEqual(['flushed']);
  });

  it('waits longer for what is being written', async () => {
    let stored = (_: QuerySummary): void => {};
    const insert = (): Promise<QuerySummary> => new Promise((resolve) => (stored = resolve));
    const { served, stop } = stopping({ insert });
    const order: string[] = [];
    const writing = served
      .insert(admitted('insert'), context('a-2'), (async function* () {})())
      .then(() => order.push('acknowledged'));
    const stopped = stop().then((ending) => order.push(ending));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual([]);
    stored({} as QuerySummary);
    await Promise.all([writing, stopped]);
    expect(order).toEqual(['acknowledged', 'cut-off']);
  });

  it('does not wait for ever for a writer either', async () => {
    const { served, stop } = stopping({}, { readingMs: 1, writingMs: 2 });
    void served.insert(admitted('insert'), context('a-3'), (async function* () {})());
    expect(await stop()).toBe('cut-off');
  });

  it('says nothing of the kind where the engine ends', async () => {
    const { lines, stop } = stopping(
      { close: () => Promise.resolve() },
      { readingMs: 60_000, writingMs: 60_000 },
    );
    expect(await stop()).toBe('whole');
    expect(lines).toEqual([['stopping'], ['stopped'], ['flushed']]);
  });
});

describe('watchWork', () => {
  it('counts a streamed answer until its end, and a whole one no more', async () => {
    const chunks = (async function* () {
      yield new Uint8Array(1);
    })();
    let isStreamed = true;
    const run = (): Promise<Answer> => Promise.resolve({ chunks, isStreamed } as unknown as Answer);
    const { served, work } = watchWork({ run } as unknown as ServedWarehouse, fixedClock(0));
    const answer = await served.run(admitted('select'), context('a-4'));
    expect(work.pieces()).toHaveLength(1);
    for await (const _ of answer.chunks) expect(work.pieces()).toHaveLength(1);
    expect(work.pieces()).toEqual([]);
    isStreamed = false;
    await served.run(admitted('select'), context('a-5'));
    expect(work.pieces()).toEqual([]);
  });

  it('forgets what failed', async () => {
    const run = (): Promise<Answer> => Promise.reject(new Error('no'));
    const { served, work } = watchWork({ run } as unknown as ServedWarehouse, fixedClock(0));
    await expect(served.run(admitted('command'), context('a-6'))).rejects.toThrow('no');
    expect(work.pieces()).toEqual([]);
    await work.written();
  });
});
