import { describe, expect, it } from 'vitest';
import { LeaseHeldError, Leases } from './leases.ts';

const collect = { pid: 1, command: 'bellwether collect' };
const forget = { pid: 2, command: 'bellwether forget' };
const here = (): AbortSignal => new AbortController().signal;

/** Settled by the time that all work at hand is done, or not. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const waiting = Symbol('waiting');
  const first = await Promise.race([
    promise.catch(() => {}),
    new Promise((resolve) => setImmediate(resolve, waiting)),
  ]);
  return first !== waiting;
}

describe('the lease', () => {
  it('goes to one at a time; others are told who has it', async () => {
    const leases = new Leases(() => 0);
    const id = await leases.take(collect, false, here());
    await expect(leases.take(forget, false, here())).rejects.toMatchObject({
      holder: { ...collect, since: '1970-01-01T00:00:00.000Z' },
    });
    await expect(leases.take(forget, false, here())).rejects.toBeInstanceOf(LeaseHeldError);
    leases.release(id);
    expect(leases.holder).toBeUndefined();
    await leases.take(forget, false, here());
    expect(leases.holder).toMatchObject(forget);
  });

  it('goes to those that wait, in their order, and not to one that hung up', async () => {
    const leases = new Leases(() => 0);
    const id = await leases.take(collect, false, here());
    const leaving = new AbortController();
    const first = leases.take({ ...forget, pid: 3 }, true, leaving.signal);
    const second = leases.take({ ...forget, pid: 4 }, true, here());
    expect(await isSettled(second)).toBe(false);
    leaving.abort();
    await expect(first).rejects.toThrow('hung up');
    leases.release(id);
    await second;
    expect(leases.holder).toMatchObject({ pid: 4 });
  });

  it('of one that was killed is passed on when its last statement has ended', async () => {
    const leases = new Leases(() => 0);
    const id = await leases.take(collect, false, here());
    const [one, other] = [leases.enter(id), leases.enter(id)];
    leases.release(id);
    expect(leases.isHeld(id)).toBe(false);
    // Nothing of it is let in any more.
    expect(leases.enter(id)).toBeUndefined();
    // One that does not wait for others waits for that.
    const next = leases.take(forget, false, here());
    one?.();
    one?.();
    expect(await isSettled(next)).toBe(false);
    other?.();
    const given = await next;
    expect(leases.isHeld(given)).toBe(true);
  });

  it('is released by its holder only', async () => {
    const leases = new Leases(() => 0);
    const id = await leases.take(collect, false, here());
    leases.release('another');
    expect(leases.isHeld(id)).toBe(true);
    expect(leases.enter('another')).toBeUndefined();
  });

  it('ends with the server', () => {
    const leases = new Leases(() => 0);
    expect(leases.ended.aborted).toBe(false);
    leases.end();
    expect(leases.ended.aborted).toBe(true);
  });
});
