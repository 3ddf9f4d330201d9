import { describe, expect, it, vi } from 'vitest';
import { WritersFirst } from './writers-first.ts';

const patient = new AbortController().signal;

/** Somebody who writes until `stop` is called. */
function writer(turns: WritersFirst): { stop: () => Promise<void> } {
  let done = (): void => undefined;
  const work = turns.write(() => new Promise<void>((resolve) => (done = resolve)));
  return {
    stop: () => {
      done();
      return work;
    },
  };
}

async function isIn(entering: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    entering.then(() => true),
    new Promise<boolean>((ok) => setImmediate(() => ok(false))),
  ]);
}

describe('writers first', () => {
  it('readers do not wait for each other while nobody writes', async () => {
    const turns = new WritersFirst(1);
    await turns.read(patient);
    await turns.read(patient);
    expect(turns.settings({ max_threads: '8' })).toEqual({});
  });

  it('beside a writer they go one after the other, with few threads and low priority', async () => {
    const turns = new WritersFirst(1);
    const { stop } = writer(turns);
    const leave = await turns.read(patient);
    const next = turns.read(patient);
    expect(await isIn(next)).toBe(false);
    expect(turns.settings({ max_threads: '8' })).toEqual({
      max_threads: '1',
      os_threads_nice_value_query: '10',
    });
    leave();
    leave();
    const last = turns.read(patient);
    await next;
    expect(await isIn(last)).toBe(false);
    await stop();
  });

  it('behind each of them the place stays empty for as long as it took', async () => {
    vi.useFakeTimers();
    try {
      const turns = new WritersFirst(1);
      void writer(turns);
      const leave = await turns.read(patient);
      let isLetIn = false;
      const next = turns.read(patient).then(() => (isLetIn = true));
      await vi.advanceTimersByTimeAsync(100);
      leave();
      await vi.advanceTimersByTimeAsync(99);
      expect(isLetIn).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await next).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('but not when nobody writes any more', async () => {
    const turns = new WritersFirst(1);
    const { stop } = writer(turns);
    const leave = await turns.read(patient);
    await stop();
    await vi.waitUntil(() => !turns.isWriting);
    leave();
    expect(await isIn(turns.read(patient))).toBe(true);
  });

  it('all are let in when nobody has written for a while', async () => {
    const turns = new WritersFirst(1);
    const { stop } = writer(turns);
    await turns.read(patient);
    const waiting = [turns.read(patient), turns.read(patient)];
    await stop();
    await Promise.all(waiting);
    expect(turns.isWriting).toBe(false);
  });

  it('a long query holds up no other reader', async () => {
    const turns = new WritersFirst(1);
    const { stop } = writer(turns);
    await turns.read(patient);
    const next = turns.read(patient);
    await next;
    expect(turns.isWriting).toBe(true);
    await stop();
  });

  it('whoever hangs up, and whoever waits when the server stops, is refused', async () => {
    const turns = new WritersFirst(1);
    const { stop } = writer(turns);
    await turns.read(patient);
    const hangUp = new AbortController();
    const gone = turns.read(hangUp.signal);
    const stopped = turns.read(patient);
    hangUp.abort();
    await expect(gone).rejects.toMatchObject({ code: 394 });
    turns.close();
    await expect(stopped).rejects.toMatchObject({ code: 236 });
    await stop();
  });
});
