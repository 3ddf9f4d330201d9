import { fixedClock, parseConfig } from '@bellwether/core';
import { collectorRuns, derivations, people } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineSource, defineStream, rowsOf, type Source } from '../source.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { watchWarehouse } from '../testing/watched-warehouse.ts';
import { collect, type CollectOptions, type CollectResult } from './collect.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

interface Target {
  readonly repo: string;
  readonly isRepository?: boolean;
}

const targets = (count: number): Target[] =>
  Array.from({ length: count }, (_, at) => ({ repo: `h/o/r${at}` }));

/** One row per target; `onRead` may take its time. */
function slowSource(onRead: () => Promise<void> = async () => {}): Source<Target, Target> {
  const stream = defineStream<Target, number>({
    name: 'people',
    tables: [people],
    replaces: [],
    unit: 'people',
    cursor: z.number(),
    isCurrent: () => true,
    async *read({ session }) {
      await onRead();
      const row = { person_key: session.repo, is_bot: false, time_zone: '' };
      yield { rows: [rowsOf(people, [row])], checkpoint: 1 };
    },
  });
  return defineSource<Target, Target>({
    name: 'made-up',
    streams: [stream],
    describe: ({ repo }) => repo,
    open: async (target) => target,
  });
}

const run = (options: Partial<CollectOptions<Target>>): Promise<CollectResult> =>
  collect({
    warehouse: test.warehouse,
    source: slowSource(),
    targets: targets(25),
    config: parseConfig('', 'bellwether.yaml'),
    secret: 'a secret of the tests',
    clock: fixedClock(1_000_000_000_000),
    ...options,
  });

describe('many targets', () => {
  it('are collected as many at a time as allowed, and no more, with results in their order', async () => {
    let running = 0;
    let most = 0;
    const source = slowSource(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 100));
      running--;
    });
    const result = await run({ source, concurrency: 4 });
    expect(most).toBe(4);
    expect(result.status).toBe('ok');
    expect(result.targets.map(({ repo }) => repo)).toEqual(targets(25).map(({ repo }) => repo));
    expect(await readAll(test.warehouse, people)).toHaveLength(25);
  });

  it('report how many are done instead of lines that overwrite each other', async () => {
    const seen: string[] = [];
    await run({
      concurrency: 3,
      talk: {
        info: () => {},
        warn: () => {},
        progress: ({ task, done, total }) => void seen.push(`${task} ${done}/${total}`),
      },
    });
    expect(seen).toHaveLength(25);
    expect(seen.at(-1)).toBe('Collecting from made-up 25/25');
  });

  it('with nothing new cost one query for their cursors and one insert for their runs', async () => {
    await run({ concurrency: 4 });
    const before = await readAll(test.warehouse, collectorRuns);
    const writes: [string, number][] = [];
    let reads = 0;
    const watched = watchWarehouse(test.warehouse, {
      beforeWrite: ({ table, rows }) => void writes.push([table.qualified, rows.length]),
    });
    const warehouse: typeof watched = {
      ...watched,
      readRows: (table, columns, where) => {
        reads++;
        return test.warehouse.readRows(table, columns, where);
      },
    };
    const result = await run({ warehouse, concurrency: 4 });
    expect(result.targets.map(({ rowCount }) => rowCount)).toEqual(targets(25).map(() => 0));
    expect(writes).toEqual([['ops.collector_runs', 25]]);
    expect(reads).toBe(1);
    expect((await readAll(test.warehouse, collectorRuns)).length - before.length).toBe(25);
  });

  it('cost no more where a stream has to ask before it knows that nothing is new', async () => {
    const asking = defineStream<Target, { etag: string; open: number[] }>({
      name: 'people',
      tables: [people],
      replaces: [],
      unit: 'people',
      cursor: z.object({ etag: z.string(), open: z.array(z.number()) }),
      isCurrent: () => false,
      async *read({ session, cursor }) {
        const row = { person_key: session.repo, is_bot: false, time_zone: '' };
        if (cursor === null) yield { rows: [rowsOf(people, [row])] };
        else yield { progress: { done: 0 } };
        yield { checkpoint: cursor ?? { etag: 'e1', open: [] } };
      },
    });
    const source = { ...slowSource(), streams: [asking] } as unknown as Source<Target, Target>;
    await run({ source, concurrency: 4 });
    const writes: [string, number][] = [];
    const warehouse = watchWarehouse(test.warehouse, {
      beforeWrite: ({ table, rows }) => void writes.push([table.qualified, rows.length]),
    });
    const result = await run({ source, warehouse, concurrency: 4 });
    expect(result.targets.map(({ status }) => status)).toEqual(targets(25).map(() => 'ok'));
    expect(writes).toEqual([['ops.collector_runs', 25]]);
  });

  it('stop at a signal; what had not begun says so', async () => {
    const controller = new AbortController();
    let begun = 0;
    const source = slowSource(async () => {
      if (++begun === 5) controller.abort();
    });
    const result = await run({ source, concurrency: 2, signal: controller.signal });
    expect(result.status).toBe('cancelled');
    expect(begun).toBeLessThan(8);
    expect(result.targets).toHaveLength(25);
    expect(result.targets.at(-1)?.error?.code).toBe('cancelled');
  });

  it('of which two are one repository are refused', async () => {
    const result = await run({ targets: [{ repo: 'h/o/same' }, { repo: 'h/o/same' }], concurrency: 2 });
    expect(result.targets.map(({ error }) => error?.code)).toEqual([undefined, 'duplicate-repository']);
  });
});

it('marks nothing for a target that is no repository', async () => {
  await run({ targets: [{ repo: 'h/o', isRepository: false }] });
  expect(await readAll(test.warehouse, people)).toHaveLength(1);
  expect(await readAll(test.warehouse, derivations)).toEqual([]);
});
