import { describe, expect, it } from 'vitest';
import { createLimiter, type Rejection } from './limiter.ts';
import { roleShares } from './role-limits.ts';

const GIGABYTE = 1024 ** 3;
const alive = new AbortController().signal;

function limiter(concurrent: number, waiting: number) {
  const rejected: [string, Rejection][] = [];
  const shares = roleShares({ dashboards: { concurrent, waiting } }, 8 * GIGABYTE);
  const made = createLimiter(shares, (role, why) => rejected.push([role, why]));
  return { ...made, rejected, enter: (signal = alive) => made.enter('dashboards', signal) };
}

describe('createLimiter', () => {
  it('lets in as many as may run, and the others in the order in which they came', async () => {
    const { enter, load } = limiter(1, 5);
    const leave = await enter();
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (number) => {
      const leaveToo = await enter();
      order.push(number);
      leaveToo();
    });
    expect(load('dashboards')).toEqual({ running: 1, waiting: 3 });
    leave();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect(load('dashboards')).toEqual({ running: 0, waiting: 0 });
  });

  it('refuses in ClickHouse’s terms when the queue is full', async () => {
    const { enter, rejected } = limiter(1, 1);
    await enter();
    void enter();
    await expect(enter()).rejects.toMatchObject({ code: 202, codeName: 'TOO_MANY_SIMULTANEOUS_QUERIES' });
    expect(rejected).toEqual([['dashboards', 'queue-full']]);
  });

  it('gives a place back once, however often it is given back', async () => {
    const { enter, load } = limiter(1, 2);
    const leave = await enter();
    const second = enter();
    const third = enter();
    leave();
    leave();
    const leaveSecond = await second;
    expect(load('dashboards')).toEqual({ running: 1, waiting: 1 });
    leaveSecond();
    (await third)();
    expect(load('dashboards').running).toBe(0);
  });

  it('takes who hangs up out of the queue, and lets the next one move up', async () => {
    const { enter, load, rejected } = limiter(1, 2);
    const leave = await enter();
    const impatient = new AbortController();
    const gone = enter(impatient.signal);
    const next = enter();
    impatient.abort();
    await expect(gone).rejects.toMatchObject({ code: 394 });
    leave();
    (await next)();
    expect(load('dashboards')).toEqual({ running: 0, waiting: 0 });
    expect(rejected).toEqual([['dashboards', 'hung-up']]);
  });

  it('keeps roles apart', async () => {
    const made = limiter(1, 0);
    await made.enter();
    await expect(made.enter()).rejects.toMatchObject({ code: 202 });
    expect(made.load('analyst')).toEqual({ running: 0, waiting: 0 });
  });

  it('lets nobody in any more when it stops, and keeps those who are in', async () => {
    const { enter, stop, load, left } = limiter(1, 2);
    const leave = await enter();
    const waiting = enter();
    stop(['dashboards']);
    await expect(waiting).rejects.toMatchObject({ code: 236 });
    await expect(enter()).rejects.toMatchObject({ code: 236 });
    expect(load('dashboards')).toEqual({ running: 1, waiting: 0 });
    let isEmpty = false;
    const empty = left().then(() => (isEmpty = true));
    await Promise.resolve();
    expect(isEmpty).toBe(false);
    leave();
    await empty;
    expect(load('dashboards').running).toBe(0);
    await left();
  });
});

describe('roleShares', () => {
  it('takes what is configured, and defaults for the rest', () => {
    const { dashboards, analyst } = roleShares(
      { dashboards: { seconds: 5, resultMegabytes: 1 } },
      64 * GIGABYTE,
    );
    expect(dashboards.query).toMatchObject({ seconds: 5, resultBytes: 1024 ** 2, memoryBytes: GIGABYTE });
    expect(analyst.query.seconds).toBe(300);
  });

  it('gives no query more than a quarter of a small machine by default, unless somebody says so', () => {
    const small = roleShares({ bot: { memoryMegabytes: 900 } }, 2 * GIGABYTE);
    expect(small.analyst.query.memoryBytes).toBe(512 * 1024 ** 2);
    expect(small.bot.query.memoryBytes).toBe(900 * 1024 ** 2);
  });
});
