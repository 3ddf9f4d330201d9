import { fixedClock, type Schedule } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { RunOutcome } from './run-outcome.ts';
import { type Scheduler, type SchedulerOptions, startScheduler } from './scheduler.ts';

const DONE: RunOutcome = { outcome: 'ok', errors: [], rows: 1, points: null, pointsLeft: null };
const at = (text: string): number => Date.parse(`2026-03-02T${text}Z`);
const hourly: Schedule = { source: 'git', cron: '0 * * * *', jitterSeconds: 0 };

/** A world in which time passes only when it is told to, and runs end only when they are told to. */
class World {
  readonly clock = fixedClock(at('10:15:00'));
  /** `git 11:00:00`, when each run began. */
  readonly begun: string[] = [];
  readonly asked: AbortSignal[] = [];
  readonly #timers = new Set<{ at: number; callBack: () => void }>();
  readonly #ends: ((outcome: RunOutcome) => void)[] = [];

  start(schedules: Schedule[], options: Partial<SchedulerOptions> = {}): Promise<Scheduler> {
    return startScheduler({
      schedules,
      timeZone: 'UTC',
      clock: this.clock,
      random: () => 0.5,
      after: (ms, callBack) => {
        const timer = { at: this.clock.now() + ms, callBack };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
      lastStart: () => Promise.resolve(at('10:14:00')),
      collect: (source, signal) => {
        this.begun.push(`${source} ${new Date(this.clock.now()).toISOString().slice(11, 19)}`);
        this.asked.push(signal);
        return new Promise((resolve) => this.#ends.push(resolve));
      },
      onStart: () => {},
      onEnd: () => {},
      ...options,
    });
  }

  /** Timers go off on the way, at their time. */
  async passTo(time: number): Promise<void> {
    for (;;) {
      const next = [...this.#timers].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > time) break;
      this.#timers.delete(next);
      this.clock.set(Math.max(this.clock.now(), next.at));
      next.callBack();
      await settled();
    }
    this.clock.set(time);
  }

  /** Time passes and no timer runs; afterwards all that are due go off at once. */
  async sleepTo(time: number): Promise<void> {
    this.clock.set(time);
    for (const timer of [...this.#timers].filter((each) => each.at <= time)) {
      this.#timers.delete(timer);
      timer.callBack();
    }
    await settled();
  }

  async endRun(outcome: RunOutcome = DONE): Promise<void> {
    this.#ends.shift()?.(outcome);
    await settled();
  }
}

/** Until everything that was only waiting for a promise has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('startScheduler', () => {
  it('runs when it is due, again and again', async () => {
    const world = new World();
    await world.start([hourly]);
    await world.passTo(at('11:30:00'));
    await world.endRun();
    await world.passTo(at('12:30:00'));
    expect(world.begun).toEqual(['git 11:00:00', 'git 12:00:00']);
  });

  it('reads the clock of the organisation', async () => {
    const world = new World();
    const scheduler = await world.start([{ ...hourly, cron: '0 3 * * *' }], { timeZone: 'Asia/Tokyo' });
    expect(scheduler.sources()[0]!.dueAt).toBe(at('18:00:00'));
  });

  it('begins up to so much later', async () => {
    const world = new World();
    const scheduler = await world.start([{ ...hourly, jitterSeconds: 60 }]);
    expect(scheduler.sources()[0]!.dueAt).toBe(at('11:00:30'));
  });

  it('makes one run of all that came due while one went on', async () => {
    const world = new World();
    await world.start([{ ...hourly, cron: '*/10 * * * *' }]);
    await world.passTo(at('10:55:00'));
    expect(world.begun).toEqual(['git 10:20:00']);
    await world.endRun();
    await world.passTo(at('11:00:00'));
    expect(world.begun).toEqual(['git 10:20:00', 'git 11:00:00']);
  });

  it('makes one run of all that came due while the machine slept', async () => {
    const world = new World();
    await world.start([hourly]);
    await world.sleepTo(at('17:20:00'));
    await world.endRun();
    await world.passTo(at('18:00:00'));
    expect(world.begun).toEqual(['git 17:20:00', 'git 18:00:00']);
  });

  it.each([
    ['never read', null],
    ['last read before it came due', at('09:59:00')],
  ])('catches up at the start with what was %s', async (_, last) => {
    const world = new World();
    const catchUps: boolean[] = [];
    await world.start([hourly], {
      lastStart: () => Promise.resolve(last),
      onStart: (_source, isCatchUp) => catchUps.push(isCatchUp),
    });
    expect(world.begun).toEqual(['git 10:15:00']);
    await world.endRun();
    await world.passTo(at('11:00:00'));
    expect(catchUps).toEqual([true, false]);
  });

  it('runs one source after the other, because one command writes at a time', async () => {
    const world = new World();
    await world.start([hourly, { ...hourly, source: 'github' }]);
    await world.passTo(at('11:05:00'));
    expect(world.begun).toEqual(['git 11:00:00']);
    await world.endRun();
    expect(world.begun).toEqual(['git 11:00:00', 'github 11:05:00']);
  });

  it('takes two schedules of a source for one that is due at either', async () => {
    const world = new World();
    await world.start([hourly, { ...hourly, cron: '30 * * * *' }]);
    await world.passTo(at('10:45:00'));
    await world.endRun();
    await world.passTo(at('11:01:00'));
    expect(world.begun).toEqual(['git 10:30:00', 'git 11:00:00']);
  });

  it('tries again after a minute when another command was writing', async () => {
    const world = new World();
    await world.start([hourly]);
    await world.passTo(at('11:00:00'));
    await world.endRun({ ...DONE, outcome: 'locked', errors: ['warehouse-locked'] });
    await world.passTo(at('11:01:00'));
    expect(world.begun).toEqual(['git 11:00:00', 'git 11:01:00']);
  });

  it('asks what runs to end when it stops, waits for that, and begins nothing more', async () => {
    const world = new World();
    const scheduler = await world.start([hourly]);
    await world.passTo(at('11:00:00'));
    let hasStopped = false;
    const stopping = scheduler.stop().then(() => (hasStopped = true));
    await settled();
    expect([world.asked[0]!.aborted, hasStopped]).toEqual([true, false]);
    await world.endRun({ ...DONE, outcome: 'cancelled' });
    await stopping;
    await world.passTo(at('14:00:00'));
    expect(world.begun).toEqual(['git 11:00:00']);
  });

  it.each(['0 * * *', 'every hour', '* * * * * *', '0 0 31 2 *', '61 * * * *'])(
    'refuses "%s" at the start',
    async (cron) => {
      await expect(new World().start([{ ...hourly, cron }])).rejects.toMatchObject({
        code: 'schedule-invalid',
      });
    },
  );
});
