import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Allowance, type BudgetRules, createGovernor, type LeaseResult } from './governor.ts';
import { virtualTime } from './testing/virtual-time.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);
const rules: BudgetRules = {
  lanes: {
    graphql: { requestsPerMinute: 2000, busySecondsPerMinute: 60 },
    rest: { requestsPerMinute: 900, busySecondsPerMinute: 90 },
  },
  busySecondsPerMinute: 90,
  firstConcurrent: 2,
  maxConcurrent: 8,
  reserve: 0,
};

/** Even numbers that are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface ServerOptions {
  readonly seconds: () => number;
  readonly hourly?: number;
  readonly busySeconds?: number;
  readonly perMinute?: number;
}

/** The other side with its limits, and how many it refused. It counts when requests come and how long they took. */
function strictServer({ seconds, hourly = 5000, busySeconds = 60, perMinute = 2000 }: ServerOptions) {
  const ended: { at: number; ms: number }[] = [];
  const started: number[] = [];
  let used = 0;
  let resetAt = HOUR;
  const refusals: { at: number; kind: 'throttled' | 'exhausted' }[] = [];
  const allowance = (): Allowance => ({ limit: hourly, remaining: hourly - used, resetAt });
  return {
    refusals,
    begin(now: number): { ms: number; result: () => LeaseResult } {
      if (now >= resetAt) {
        used = 0;
        resetAt = now - (now % HOUR) + HOUR;
      }
      while (ended.length > 0 && ended[0]!.at <= now - MINUTE) ended.shift();
      while (started.length > 0 && started[0]! <= now - MINUTE) started.shift();
      const busy = ended.reduce((sum, { ms }) => sum + ms, 0);
      const kind =
        used >= hourly
          ? 'exhausted'
          : busy > busySeconds * 1000 || started.length >= perMinute
            ? 'throttled'
            : null;
      if (kind !== null) {
        refusals.push({ at: now, kind });
        return { ms: 50, result: () => ({ verdict: kind, allowance: allowance() }) };
      }
      used++;
      started.push(now);
      const ms = seconds() * 1000;
      return {
        ms,
        result: () => {
          ended.push({ at: now + ms, ms });
          return { verdict: 'ok', allowance: allowance() };
        },
      };
    },
  };
}

/** As many askers as may be, always with another request, for so many hours: the instants of good answers. */
async function askFor(
  hours: number,
  options: ServerOptions & { lane?: string; reserve?: number; seed?: number },
) {
  const time = virtualTime(chance(options.seed ?? 1));
  const server = strictServer(options);
  const governor = createGovernor({
    rules: { ...rules, reserve: options.reserve ?? 0 },
    clock: time.clock,
    tools: time.tools,
  });
  const answers: number[] = [];
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const asker = async (): Promise<void> => {
    for (;;) {
      const lease = await governor.acquire(options.lane ?? 'graphql', 1, stop.signal);
      const { ms, result } = server.begin(time.clock.now());
      await time.tools.sleep(ms, never);
      const ended = result();
      if (ended.verdict === 'ok') answers.push(time.clock.now());
      lease.finish(ended);
    }
  };
  const askers = Array.from({ length: 12 }, () => asker().catch(() => {}));
  await time.run(hours * HOUR);
  stop.abort();
  await time.run();
  await Promise.all(askers);
  return { answers, refusals: server.refusals };
}

const within = (instants: readonly number[], from: number, to: number): number =>
  instants.filter((at) => at > from && at <= to).length;

describe('under the limits that GitHub documents, after ten minutes of warming up', () => {
  it.each([1, 2, 3, 4, 5])(
    'heavy pages use nine tenths of the seconds and are never refused (seed %i)',
    async (seed) => {
      // 2.5 to 3.4 s a page: 60 s in a minute are 60 / 2.95 = 20.3 pages.
      const random = chance(seed * 7);
      const { answers, refusals } = await askFor(2, { seconds: () => 2.5 + 0.9 * random(), seed });
      expect(within(answers, 10 * MINUTE, 2 * HOUR) / 110).toBeGreaterThan(0.9 * 20.3);
      expect(refusals.filter(({ at }) => at > 10 * MINUTE)).toEqual([]);
    },
  );

  it('pages of very different weight do so too', async () => {
    const random = chance(11);
    // A tenth takes 9 s, the others 1 s: 1.8 s on average, 33.3 a minute.
    const seconds = (): number => (random() < 0.1 ? 9 : 1);
    const { answers, refusals } = await askFor(2, { seconds });
    expect(within(answers, 10 * MINUTE, 2 * HOUR) / 110).toBeGreaterThan(0.85 * 33.3);
    expect(refusals.filter(({ at }) => at > 10 * MINUTE)).toEqual([]);
  });

  it('light queries use all points of every hour and none that is not there', async () => {
    const { answers, refusals } = await askFor(3, { seconds: () => 0.3 });
    expect([0, 1, 2].map((hour) => within(answers, hour * HOUR, (hour + 1) * HOUR))).toEqual([
      5000, 5000, 5000,
    ]);
    expect(refusals).toEqual([]);
  });

  it('REST comes close to its 900 a minute', async () => {
    const { answers, refusals } = await askFor(1, {
      lane: 'rest',
      seconds: () => 0.05,
      hourly: 100_000,
      perMinute: 900,
      busySeconds: 90,
    });
    expect(within(answers, 10 * MINUTE, HOUR) / 50).toBeGreaterThan(0.9 * 900);
    expect(refusals).toEqual([]);
  });
});

describe('what is reserved', () => {
  it.each([
    [0.2, 4000],
    [500, 4500],
  ])('is left to others: %d of 5,000 points', async (reserve, ours) => {
    const { answers } = await askFor(1, { seconds: () => 0.3, reserve });
    expect(within(answers, 0, HOUR - 1)).toBe(ours);
  });
});

describe('a wait that a person notices', () => {
  it.each([
    // 200 of 5,000 are left and 500 are for others; then nothing is left at all.
    [200, 500, 'reserved'],
    [0, 500, 'exhausted'],
    [0, 0, 'exhausted'],
  ])('with %i points left and %i reserved says that it is %s', async (remaining, reserve, why) => {
    const time = virtualTime(() => 0, 1_000_000);
    const waits: { until: number; why: string }[] = [];
    const governor = createGovernor({
      rules: { ...rules, reserve },
      clock: time.clock,
      tools: time.tools,
      onWait: (wait) => waits.push(wait),
    });
    const resetAt = time.clock.now() + HOUR;
    governor.inform('graphql', { limit: 5000, remaining, resetAt });
    expect(governor.limit('graphql')).toBe(5000);
    const asked = governor.acquire('graphql', 1, never);
    await time.run();
    (await asked).finish({ verdict: 'ok' });
    expect(waits).toEqual([{ until: resetAt, why }]);
  });
});

describe('a governor', () => {
  const start = (options: Partial<BudgetRules> = {}) => {
    const time = virtualTime(() => 0, 1_000_000);
    const waits: { until: number; why: string }[] = [];
    const governor = createGovernor({
      rules: { ...rules, ...options },
      clock: time.clock,
      tools: time.tools,
      onWait: (wait) => waits.push(wait),
    });
    return { ...time, governor, waits };
  };

  it('begins with two at a time and adds one after each round of good answers, up to eight', async () => {
    const { governor, run } = start();
    const seen: number[] = [];
    for (let round = 0; round < 40; round++) {
      const lease = await governor.acquire('graphql', 1, never);
      lease.finish({ verdict: 'ok' });
      seen.push(governor.concurrency());
    }
    await run();
    // 2 answers, then 3, 4, 5, 6, 7: at 8 after 2 + 3 + 4 + 5 + 6 + 7 = 27.
    expect([seen[0], seen[1], seen[4], seen[8], seen[26], seen[39]]).toEqual([2, 3, 4, 5, 8, 8]);
  });

  it('lets requests through in the order in which they came', async () => {
    const { governor, run } = start({ firstConcurrent: 1, maxConcurrent: 1 });
    const order: number[] = [];
    const all = [1, 2, 3].map(async (number) => {
      const lease = await governor.acquire('graphql', 1, never);
      order.push(number);
      lease.finish({ verdict: 'ok' });
    });
    await Promise.all(all);
    await run();
    expect(order).toEqual([1, 2, 3]);
  });

  it('after being throttled waits a minute, then two, with one request at a time', async () => {
    const { governor, clock, run, waits } = start();
    const begin = clock.now();
    const times: number[] = [];
    const ask = async (): Promise<void> => {
      for (let time = 0; time < 3; time++) {
        const lease = await governor.acquire('graphql', 1, never);
        times.push(clock.now() - begin);
        lease.finish({ verdict: 'throttled' });
        expect(governor.concurrency()).toBe(1);
      }
    };
    const done = ask();
    await run();
    await done;
    expect(times).toEqual([0, MINUTE, 3 * MINUTE]);
    expect(waits).toEqual([
      { until: begin + MINUTE, why: 'throttled' },
      { until: begin + 3 * MINUTE, why: 'throttled' },
    ]);
  });

  it('waits as long as it is asked to, and never less than a minute', async () => {
    for (const [retryAfter, wait] of [
      [300_000, 300_000],
      [5000, MINUTE],
    ]) {
      const { governor, clock, run } = start();
      const begin = clock.now();
      (await governor.acquire('rest', 1, never)).finish({ verdict: 'throttled', retryAfter: retryAfter! });
      // Another lane of the same credential is meant too.
      const next = governor.acquire('graphql', 1, never);
      await run();
      await next;
      expect(clock.now() - begin).toBe(wait);
    }
  });

  it('grows again after a throttling, more slowly', async () => {
    const { governor, run } = start();
    const ask = async (): Promise<void> => {
      (await governor.acquire('graphql', 1, never)).finish({ verdict: 'throttled' });
      for (let time = 0; time < 4; time++) {
        (await governor.acquire('graphql', 1, never)).finish({ verdict: 'ok' });
      }
    };
    const done = ask();
    await run();
    await done;
    expect(governor.concurrency()).toBe(2);
  });

  it('waits for the next hour when nothing is left, and says until when', async () => {
    const { governor, clock, run, waits } = start();
    const resetAt = clock.now() + 20 * MINUTE;
    (await governor.acquire('graphql', 1, never)).finish({
      verdict: 'ok',
      allowance: { limit: 5000, remaining: 0, resetAt },
    });
    expect([governor.left('graphql'), governor.left('rest'), governor.blockedUntil('graphql')]).toEqual([
      0,
      null,
      resetAt,
    ]);
    const next = governor.acquire('graphql', 1, never);
    const other = await governor.acquire('rest', 1, never);
    other.finish({ verdict: 'ok' });
    await run();
    await next;
    expect(clock.now()).toBe(resetAt);
    expect(waits).toEqual([{ until: resetAt, why: 'exhausted' }]);
  });

  it('does not hand out points twice that running requests are going to take', async () => {
    const { governor, clock, run } = start({ firstConcurrent: 8 });
    const resetAt = clock.now() + 2000;
    governor.inform('graphql', { limit: 5000, remaining: 3, resetAt });
    const times: number[] = [];
    const all = Array.from({ length: 5 }, async () => {
      await governor.acquire('graphql', 1, never);
      times.push(clock.now());
    });
    await run();
    await Promise.all(all);
    expect(times.map((at) => at === resetAt)).toEqual([false, false, false, true, true]);
  });

  it('believes the least of what answers that overtook each other say is left', async () => {
    const { governor, clock } = start();
    const resetAt = clock.now() + HOUR;
    for (const remaining of [100, 50, 70]) governor.inform('graphql', { limit: 5000, remaining, resetAt });
    expect(governor.left('graphql')).toBe(50);
    governor.inform('graphql', { limit: 5000, remaining: 4999, resetAt: resetAt + HOUR });
    governor.inform('graphql', { limit: 5000, remaining: 10, resetAt });
    expect(governor.left('graphql')).toBe(4999);
  });

  it('ends a wait when the run is cancelled, and the others move up', async () => {
    const { governor, run } = start({ firstConcurrent: 1 });
    const lease = await governor.acquire('graphql', 1, never);
    const stop = new AbortController();
    const cancelled = governor.acquire('graphql', 1, stop.signal);
    const after = governor.acquire('graphql', 1, never);
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled', exitCode: 5 });
    lease.finish({ verdict: 'ok' });
    await run();
    (await after).finish({ verdict: 'ok' });
    expect(governor.load()).toBe(0);
  });

  it('refuses a signal that has fired before it began', async () => {
    const { governor } = start();
    await expect(governor.acquire('graphql', 1, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
