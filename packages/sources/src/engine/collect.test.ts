import { BellwetherError, fixedClock, parseConfig, type ProgressState } from '@bellwether/core';
import {
  collectorRuns,
  cursors,
  derivations,
  repositories,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Batch,
  defineSource,
  rowsOf,
  type Source,
  snapshotOf,
  type Stream,
  type StreamContext,
} from '../source.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { mortalWarehouse, watchWarehouse } from '../testing/watched-warehouse.ts';
import { collect, type CollectOptions, type CollectResult } from './collect.ts';

interface Target {
  repo: string;
}
type Context = StreamContext<Target, number>;

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const row = (repo: string, branch: string) => ({
  repo,
  default_branch: branch,
  head_sha: null,
  is_shallow: false,
  has_paths: false,
  repo_id: '',
  visibility: '' as const,
  is_fork: false,
  is_archived: false,
  is_gone: false,
  created_at: null,
  pushed_at: null,
  primary_language: '',
});

/** A stream of which only reading matters. */
function streamOf(
  read: (context: Context) => AsyncIterable<Batch<number>>,
  name = 'things',
): Stream<Target, number> {
  return {
    name,
    tables: [repositories],
    replaces: [repositories, truncations],
    unit: 'things',
    cursor: z.number(),
    isCurrent: ({ cursor }) => cursor >= 3,
    read,
  };
}

function streamThatFails(error: Error): Stream<Target, number> {
  return streamOf(async function* () {
    yield await Promise.reject<Batch<number>>(error);
  });
}

/** Three batches, one row each, each with a checkpoint and too closed to be made one with the next; goes on from the cursor. */
async function* threeBatches({ session, cursor }: Context): AsyncGenerator<Batch<number>> {
  for (let at = (cursor ?? 0) + 1; at <= 3; at++) {
    yield {
      rows: [rowsOf(repositories, [row(session.repo, `b${at}`)])],
      snapshots: [snapshotOf(truncations, { repo: session.repo, stream: 'things' }, [])],
      checkpoint: at,
      progress: { done: at },
    };
  }
}

function sourceOf(...streams: Stream<Target, number>[]): Source<Target, Target> {
  return defineSource<Target, Target>({
    name: 'made-up',
    streams,
    describe: (target) => target.repo,
    open: async (target) => target,
  });
}

interface RunOptions extends Partial<CollectOptions<Target>> {
  waited?: number[];
}

function run(
  source: Source<Target, Target>,
  { waited = [], ...options }: RunOptions = {},
): Promise<CollectResult> {
  return collect<Target>({
    source,
    warehouse: test.warehouse,
    targets: [{ repo: 'local/a' }],
    config: parseConfig('', 'bellwether.yaml'),
    secret: 'a secret of the tests',
    clock: fixedClock(1000),
    retry: { sleep: async (ms) => void waited.push(ms), random: () => 0 },
    ...options,
  });
}

const flaky = (retry: BellwetherError['retry']): BellwetherError =>
  new BellwetherError({ code: 'flaky', message: 'It failed.', retry, next: 'Try again.' });

const storedCursor = async (): Promise<string | undefined> =>
  (await readAll(test.warehouse, cursors))[0]?.cursor;

describe('the cursor', () => {
  it('moves only after its rows are acknowledged', async () => {
    const writes: string[] = [];
    const warehouse = watchWarehouse(test.warehouse, {
      beforeWrite: ({ table, rows }) => {
        const [first] = rows as Record<string, string>[];
        if (table === cursors) writes.push(`cursor ${first!['cursor']}`);
        if (table === repositories) writes.push(first!['default_branch']!);
      },
    });
    await run(sourceOf(streamOf(threeBatches)), { warehouse });
    expect(writes).toEqual(['b1', 'cursor 1', 'b2', 'cursor 2', 'b3', 'cursor 3']);
  });

  it('stays where it was when a row cannot be stored', async () => {
    const warehouse = mortalWarehouse(test.warehouse, 6);
    await run(sourceOf(streamOf(threeBatches)), { warehouse }).catch(() => null);
    expect(await storedCursor()).toBe('1');
  });

  it('that was written by another version counts as none', async () => {
    const seen: unknown[] = [];
    const stream = streamOf(async function* ({ cursor }) {
      seen.push(cursor);
      yield { checkpoint: 3 };
    });
    for (const cursor of ['{"old":true}', 'no json']) {
      await test.warehouse.insert(cursors, [{ source: 'made-up', stream: 'things', key: 'local/a', cursor }]);
      await run(sourceOf(stream));
    }
    expect(seen).toEqual([null, null]);
  });
});

describe('a failure that may pass', () => {
  it('is tried again from the last checkpoint, waiting longer each time', async () => {
    const begun: (number | null)[] = [];
    const stream = streamOf(async function* (context) {
      begun.push(context.cursor);
      if (begun.length <= 3) throw flaky('now');
      yield* threeBatches(context);
    });
    const waited: number[] = [];
    expect(await run(sourceOf(stream), { waited })).toMatchObject({ status: 'ok' });
    expect(waited).toEqual([125, 250, 500]);
    expect(begun).toEqual([null, null, null, null]);
  });

  it('goes on where the last acknowledged batch ended, and is patient again after each', async () => {
    let failures = 0;
    const stream = streamOf(async function* (context) {
      for await (const batch of threeBatches(context)) {
        yield batch;
        // Each batch is stored before the failure behind it is noticed.
        if (failures++ < 8) throw flaky('now');
      }
    });
    const waited: number[] = [];
    expect(await run(sourceOf(stream), { waited })).toMatchObject({ status: 'ok' });
    expect(await readAll(test.warehouse, repositories)).toMatchObject([{ default_branch: 'b3' }]);
    expect(waited.every((ms) => ms === 125)).toBe(true);
  });

  it('keeps what came before it, so that a source that fails at each page makes progress', async () => {
    // No page is large enough to be stored for its own sake, and each run of the stream gives two.
    const stream = streamOf(async function* ({ session, cursor }) {
      for (let at = (cursor ?? 0) + 1; at <= 9; at++) {
        yield { rows: [rowsOf(repositories, [row(session.repo, `b${at}`)])], checkpoint: at };
        if (at % 2 === 0) throw flaky('now');
      }
    });
    const waited: number[] = [];
    expect(await run(sourceOf(stream), { waited })).toMatchObject({ status: 'ok' });
    expect(await storedCursor()).toBe('9');
    expect(waited).toEqual([125, 125, 125, 125]);
  });

  it('ends the stream that stores the same again and again and gets no further', async () => {
    const waited: number[] = [];
    const stream = streamOf(async function* ({ session }) {
      yield { rows: [rowsOf(repositories, [row(session.repo, 'b1')])], checkpoint: 1 };
      throw flaky('now');
    });
    expect(await run(sourceOf(stream), { waited })).toMatchObject({
      targets: [{ status: 'partial', error: { code: 'flaky' } }],
    });
    // The first time it got somewhere.
    expect(waited).toEqual([125, 250, 500, 1000]);
  });

  it('ends the stream after five attempts in a row', async () => {
    const waited: number[] = [];
    const stream = streamThatFails(flaky('now'));
    expect(await run(sourceOf(stream), { waited })).toMatchObject({
      targets: [{ status: 'failed', error: { code: 'flaky' } }],
    });
    expect(waited).toHaveLength(4);
  });

  it.each(['later', 'no'] as const)('is not tried again at once when it says %s', async (retry) => {
    const waited: number[] = [];
    const stream = streamThatFails(flaky(retry));
    expect(await run(sourceOf(stream), { waited })).toMatchObject({
      targets: [{ status: 'failed', error: { retry } }],
    });
    expect(waited).toEqual([]);
  });
});

describe('a failure that stays', () => {
  it('keeps neither the next stream nor the next target from being collected', async () => {
    const failing = streamOf(async function* ({ session }) {
      yield { rows: [rowsOf(repositories, [row(session.repo, 'half')])], checkpoint: 1 };
      if (session.repo === 'local/a') throw flaky('no');
      yield { checkpoint: 3 };
    }, 'failing');
    const fine = streamOf(threeBatches, 'fine');
    const targets = [{ repo: 'local/a' }, { repo: 'local/b' }];
    const result = await run(sourceOf(failing, fine), { targets });
    expect(result.status).toBe('partial');
    expect(result.targets).toMatchObject([
      {
        status: 'partial',
        error: { code: 'flaky' },
        streams: [{ status: 'failed', rowCount: 1 }, { status: 'ok' }],
      },
      { status: 'ok', error: null },
    ]);
    expect(
      (await readAll(test.warehouse, collectorRuns))
        .map(({ status, error_code }) => [status, error_code])
        .sort(),
    ).toEqual([
      ['ok', ''],
      ['partial', 'flaky'],
    ]);
  });

  it('is a bug of ours when it is no error of ours, and is said to be one', async () => {
    const stream = streamThatFails(new TypeError('someone@example.org is not a function'));
    const { targets } = await run(sourceOf(stream));
    expect(targets[0]).toMatchObject({ status: 'failed', error: { code: 'unexpected', retry: 'no' } });
    expect(targets[0]!.error!.message).not.toContain('someone');
    expect(targets[0]!.error!.cause).toBeInstanceOf(TypeError);
  });

  it('of opening is recorded under the name that the target is called by', async () => {
    const source = sourceOf(streamOf(threeBatches));
    const closed = { ...source, open: () => Promise.reject(flaky('no')) };
    expect(await run(closed)).toMatchObject({
      status: 'failed',
      targets: [{ repo: null, target: 'local/a' }],
    });
    expect(await readAll(test.warehouse, collectorRuns)).toMatchObject([
      { status: 'failed', target: 'local/a' },
    ]);
  });
});

describe('the record of a run', () => {
  it('says running while it runs, so that a killed one goes on saying so', async () => {
    const seen: unknown[] = [];
    const stream = streamOf(async function* () {
      yield { checkpoint: 1 };
      // Stored by the time that the batch after the next is asked for.
      yield { checkpoint: 2 };
      seen.push(...(await readAll(test.warehouse, collectorRuns)));
      yield { checkpoint: 3 };
    });
    await run(sourceOf(stream));
    expect(seen).toMatchObject([{ status: 'running', finished_at: null }]);
    expect(await readAll(test.warehouse, collectorRuns)).toMatchObject([
      {
        source: 'made-up',
        target: 'local/a',
        status: 'ok',
        started_at: 1000,
        finished_at: 1000,
        row_count: 0,
      },
    ]);
  });
});

describe('cancelling', () => {
  it('finishes the batch that is being stored, begins nothing else and says what was not begun', async () => {
    const controller = new AbortController();
    const warehouse = watchWarehouse(test.warehouse, {
      beforeWrite: ({ table }, number) => {
        if (table === repositories && number > 4) controller.abort();
      },
    });
    const source = sourceOf(streamOf(threeBatches, 'first'), streamOf(threeBatches, 'second'));
    const targets = [{ repo: 'local/a' }, { repo: 'local/b' }];
    const result = await run(source, { warehouse, targets, signal: controller.signal });
    expect(result).toMatchObject({
      status: 'cancelled',
      targets: [
        {
          status: 'cancelled',
          streams: [{ status: 'cancelled', rowCount: 2 }, { status: 'not-run' }],
          error: { code: 'cancelled', exitCode: 5 },
        },
        { status: 'cancelled', streams: [], error: { code: 'cancelled' } },
      ],
    });
    expect(await storedCursor()).toBe('2');
    expect(await readAll(test.warehouse, collectorRuns)).toMatchObject([
      { status: 'cancelled', error_code: 'cancelled' },
    ]);
    expect(await run(source, { targets })).toMatchObject({ status: 'ok' });
  });

  it('cuts waiting for another attempt short', async () => {
    const controller = new AbortController();
    const stream = streamThatFails(flaky('now'));
    const retry = { random: () => 0, sleep: async () => controller.abort() };
    const result = await run(sourceOf(stream), { retry, signal: controller.signal });
    expect(result.targets[0]).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  });
});

describe('the mark of a changed repository', () => {
  const marks = async (): Promise<string[]> =>
    (await readAll(test.warehouse, derivations)).map(({ mark }) => mark);

  it('stays where a snapshot equals what is stored, and where only gaps are noted', async () => {
    const scope = { repo: 'local/a', source: 'made-up', stream: 'things' };
    const gap = { ...scope, entity: 'x', reason: 'unreadable-object' as const, detail: 'Gone.' };
    let branch = 'main';
    const stream = streamOf(async function* ({ session }) {
      yield {
        snapshots: [
          snapshotOf(repositories, { repo: session.repo }, [row(session.repo, branch)]),
          snapshotOf(truncations, scope, [gap]),
        ],
      };
    });
    await run(sourceOf(stream));
    const [before] = await marks();
    await test.warehouse.remove(truncations, [gap]);
    expect(await run(sourceOf(stream))).toMatchObject({ targets: [{ rowCount: 1 }] });
    expect(await marks()).toEqual([before]);
    branch = 'trunk';
    await run(sourceOf(stream));
    expect(await marks()).not.toEqual([before]);
  });

  it('is a new one before each checkpoint that follows rows: a later run would not tell', async () => {
    const atCheckpoint: string[] = [];
    let derivedFrom = '';
    const spying = new Proxy(test.warehouse, {
      get: (target, name: keyof Warehouse) => {
        const member = target[name];
        if (typeof member !== 'function') return member;
        if (name !== 'insert') return member.bind(target);
        return async (table: { qualified: string }, ...rest: unknown[]) => {
          // Somebody derives while rows are stored, and takes the mark of that moment for the whole truth.
          if (table.qualified === 'domain.repositories') derivedFrom = (await marks())[0] ?? '';
          if (table.qualified === 'ops.cursors') {
            atCheckpoint.push(`${derivedFrom} ${(await marks())[0] ?? ''}`);
          }
          return (member as (...all: unknown[]) => unknown).call(target, table, ...rest);
        };
      },
    });
    await run(sourceOf(streamOf(threeBatches)), { warehouse: spying });
    expect(atCheckpoint.length).toBeGreaterThan(0);
    for (const pair of atCheckpoint) {
      const [seen, now] = pair.split(' ');
      expect(seen).not.toBe(now);
    }
  });

  it('is another one after the last row than before the first, for those who derived meanwhile', async () => {
    const seen: string[] = [];
    const stream = streamOf(async function* (context) {
      for await (const batch of threeBatches(context)) {
        seen.push(...(await marks()));
        yield batch;
      }
    });
    await run(sourceOf(stream));
    expect(await marks()).toHaveLength(1);
    expect(seen).not.toContain((await marks())[0]);
  });
});

it('tells how far it is in the words of the stream', async () => {
  const states: ProgressState[] = [];
  const talk = {
    info: () => {},
    warn: () => {},
    progress: (state: ProgressState) => void states.push(state),
  };
  await run(sourceOf(streamOf(threeBatches)), { talk });
  expect(states.at(-1)).toEqual({ task: 'made-up things of local/a', unit: 'things', done: 3 });
});
