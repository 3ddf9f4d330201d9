import type { Clock, Instant, Schedule } from '@bellwether/core';
import { type Due, parseCron } from './cron.ts';
import type { RunOutcome } from './run-outcome.ts';

type Source = Schedule['source'];

/** How long the clock is trusted to run on by itself: a machine that slept tells nobody when it wakes. */
const LOOK_MS = 20_000;
/** Somebody else was writing: try again. */
const LOCKED_MS = 60_000;

export interface SchedulerOptions {
  schedules: readonly Schedule[];
  timeZone: string;
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  /** Calls back once after so many milliseconds, and returns what prevents that. */
  after: (ms: number, callBack: () => void) => () => void;
  /** When a source was last begun to be read; null: never. */
  lastStart: (source: Source) => Promise<Instant | null>;
  /** Runs one collection; never rejects. */
  collect: (source: Source, signal: AbortSignal) => Promise<RunOutcome>;
  onStart: (source: Source, isCatchUp: boolean) => void;
  onEnd: (source: Source, outcome: RunOutcome, seconds: number) => void;
}

export interface ScheduledSource {
  source: Source;
  /** When it runs next, jitter included; null while it runs or where it is never due again. */
  dueAt: Instant | null;
  isRunning: boolean;
  last: (RunOutcome & { endedAt: Instant; seconds: number }) | null;
}

export interface Scheduler {
  sources(): readonly ScheduledSource[];
  /** Begins nothing more, asks what runs to end, and resolves when it has. Safe to call twice. */
  stop(): Promise<void>;
}

interface Entry extends ScheduledSource {
  rules: { due: Due; jitterSeconds: number }[];
  isCatchUp: boolean;
}

/**
 * Collects when the configuration says so: one run at a time, because one command writes at a time. What came due while
 * a source was read, the machine slept or the server was stopped is one run afterwards and not many.
 *
 * @throws BellwetherError `schedule-invalid`
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { clock } = options;
  const entries = entriesOf(options);
  for (const entry of entries) await planFirst(entry, options);
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;

  const look = (): void => {
    if (stopping.signal.aborted) return;
    const due = entries.filter(({ dueAt }) => dueAt !== null && dueAt <= clock.now());
    const [next] = due.sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0));
    if (next && running === null) {
      running = runOnce(next, options, stopping.signal).finally(() => {
        running = null;
        look();
      });
    }
    cancelTimer?.();
    cancelTimer = options.after(untilNext(entries, clock.now()), look);
  };
  look();
  return {
    sources: () => entries,
    stop: async () => {
      stopping.abort();
      cancelTimer?.();
      await running;
    },
  };
}

function entriesOf({ schedules, timeZone, clock }: SchedulerOptions): Entry[] {
  const entries = new Map<Source, Entry>();
  for (const schedule of schedules) {
    const { source, jitterSeconds } = schedule;
    const rule = { due: parseCron(schedule, timeZone, clock.now()), jitterSeconds };
    const entry = entries.get(source);
    if (entry) entry.rules.push(rule);
    else {
      entries.set(source, {
        source,
        rules: [rule],
        dueAt: null,
        isCatchUp: false,
        isRunning: false,
        last: null,
      });
    }
  }
  return [...entries.values()];
}

/** What was never read, or came due since it was last read, is due now. */
async function planFirst(entry: Entry, options: SchedulerOptions): Promise<void> {
  const now = options.clock.now();
  const last = await options.lastStart(entry.source);
  entry.isCatchUp = last === null || entry.rules.some(({ due }) => (due.after(last) ?? Infinity) <= now);
  if (!entry.isCatchUp) {
    plan(entry, options);
    return;
  }
  const jitter = Math.min(...entry.rules.map(({ jitterSeconds }) => jitterSeconds));
  entry.dueAt = now + options.random() * jitter * 1000;
}

function plan(entry: Entry, { clock, random }: SchedulerOptions): void {
  const now = clock.now();
  const times = entry.rules.flatMap(({ due, jitterSeconds }) => {
    const at = due.after(now);
    return at === null ? [] : [at + random() * jitterSeconds * 1000];
  });
  entry.dueAt = times.length === 0 ? null : Math.min(...times);
}

async function runOnce(entry: Entry, options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  const { clock, collect, onStart, onEnd } = options;
  const { source, isCatchUp } = entry;
  entry.isRunning = true;
  entry.dueAt = null;
  entry.isCatchUp = false;
  onStart(source, isCatchUp);
  const startedAt = clock.now();
  const outcome = await collect(source, signal);
  const endedAt = clock.now();
  const seconds = (endedAt - startedAt) / 1000;
  entry.isRunning = false;
  entry.last = { ...outcome, endedAt, seconds };
  onEnd(source, outcome, seconds);
  plan(entry, options);
  if (outcome.outcome === 'locked') entry.dueAt = Math.min(entry.dueAt ?? Infinity, endedAt + LOCKED_MS);
}

function untilNext(entries: readonly Entry[], now: Instant): number {
  const dues = entries.flatMap(({ dueAt }) => dueAt ?? []).filter((dueAt) => dueAt > now);
  return Math.min(LOOK_MS, ...dues.map((dueAt) => dueAt - now));
}
