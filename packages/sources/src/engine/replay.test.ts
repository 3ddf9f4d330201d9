import { fixedClock, parseConfig } from '@bellwether/core';
import { derivations, people, records, repositories } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineStream, rowsOf, type Stream } from '../source.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { replay, type ReplayResult } from './replay.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const stored = (repo: string, key: string, payload: string, stream = 'people') => ({
  source: 'made-up',
  repo,
  stream,
  key,
  fetched_at: 1_000,
  payload,
});

/** Payloads are person keys; one called `broken` cannot be mapped. */
const stream = defineStream({
  name: 'people',
  tables: [people],
  replaces: [],
  unit: 'people',
  cursor: z.number(),
  isCurrent: () => true,
  async *read() {},
  replay: (_context, found) => {
    if (found.some(({ payload }) => payload === 'broken')) throw new Error('cannot be mapped');
    return {
      rows: [
        rowsOf(
          people,
          found.map(({ payload }) => ({ person_key: payload, is_bot: false, time_zone: '' })),
        ),
      ],
    };
  },
});

const run = (
  options: { repos?: string[]; signal?: AbortSignal; streams?: Stream[] } = {},
): Promise<ReplayResult> =>
  replay({
    warehouse: test.warehouse,
    source: { name: 'made-up', streams: options.streams ?? [stream] },
    config: parseConfig('', 'bellwether.yaml'),
    secret: 'a secret of the tests',
    clock: fixedClock(5_000),
    ...options,
  });

describe('replay', () => {
  it('maps every stored payload of every repository again, however many', async () => {
    const many = Array.from({ length: 4_500 }, (_, at) => stored('h/o/a', `k${at}`, `person ${at}`));
    await test.warehouse.insert(records, [...many, stored('h/o/b', 'x', 'another')]);
    expect(await run()).toEqual({
      status: 'ok',
      repositories: 2,
      recordCount: 4_501,
      rowCount: 4_501,
      error: null,
    });
    expect(await readAll(test.warehouse, people)).toHaveLength(4_501);
  });

  it('maps only the repositories that were asked for, and only streams that can', async () => {
    await test.warehouse.insert(records, [
      stored('h/o/a', '1', 'one'),
      stored('h/o/b', '2', 'two'),
      stored('h/o/b', '3', 'three', 'unknown'),
    ]);
    expect((await run({ repos: ['h/o/b'] })).recordCount).toBe(1);
    expect((await readAll(test.warehouse, people)).map((row) => row.person_key)).toEqual(['two']);
  });

  it('goes on with the next repository where one cannot be mapped, and says so', async () => {
    await test.warehouse.insert(records, [stored('h/o/a', '1', 'broken'), stored('h/o/b', '2', 'two')]);
    const result = await run();
    expect(result).toMatchObject({ status: 'partial', repositories: 1 });
    expect(result.error?.code).toBe('unexpected');
    expect(await readAll(test.warehouse, people)).toHaveLength(1);
  });

  it('marks a repository whose domain rows it wrote', async () => {
    const repository: Stream = {
      ...(stream as Stream),
      replay: () => ({ rows: [rowsOf(repositories, [emptyRepository])] }),
    };
    await test.warehouse.insert(records, [stored('h/o/a', '1', 'one')]);
    await run({ streams: [repository] });
    expect((await readAll(test.warehouse, derivations)).map(({ repo, side }) => [repo, side])).toEqual([
      ['h/o/a', 'domain'],
    ]);
  });

  it('stops when cancelled, and says so', async () => {
    await test.warehouse.insert(records, [stored('h/o/a', '1', 'one')]);
    const result = await run({ signal: AbortSignal.abort() });
    expect(result).toMatchObject({ status: 'cancelled', rowCount: 0 });
    expect(result.error?.code).toBe('cancelled');
  });

  it('has nothing to do where nothing is stored', async () => {
    expect(await run()).toEqual({ status: 'ok', repositories: 0, recordCount: 0, rowCount: 0, error: null });
  });
});

const emptyRepository = {
  repo: 'h/o/a',
  default_branch: 'main',
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
};
