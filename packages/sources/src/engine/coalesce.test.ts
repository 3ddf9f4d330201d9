import { fixedClock } from '@bellwether/core';
import { identities, people, repositories } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { type Batch, keysOf, type TableRows } from '../source.ts';
import { coalesce } from './coalesce.ts';

const clock = fixedClock(0);

function rows(count: number, table: TableRows['table'] = people): TableRows {
  return { table, rows: Array.from({ length: count }, (_, at) => ({ at })) };
}

async function coalesced(batches: Batch<number>[]): Promise<Batch<number>[]> {
  async function* source() {
    yield* batches;
  }
  const result: Batch<number>[] = [];
  for await (const batch of coalesce(source(), clock)) result.push(batch);
  return result;
}

const sizes = (batches: Batch<number>[]): number[] =>
  batches.map(({ rows = [] }) => rows.reduce((sum, part) => sum + part.rows.length, 0));

describe('coalesce', () => {
  it('makes one batch of small ones, with the checkpoint of the last', async () => {
    const result = await coalesced([
      { rows: [rows(2), rows(1, identities)], checkpoint: 1, progress: { done: 2 } },
      { rows: [rows(3)], checkpoint: 2, progress: { done: 5 }, warnings: ['careful'] },
    ]);
    expect(sizes(result)).toEqual([6]);
    expect(result[0]?.rows?.map(({ table, rows: list }) => [table.name, list.length])).toEqual([
      ['people', 5],
      ['identities', 1],
    ]);
    expect(result[0]).toMatchObject({ checkpoint: 2, progress: { done: 5 }, warnings: ['careful'] });
  });

  it('gives a batch on when it is large enough', async () => {
    const result = await coalesced(
      Array.from({ length: 5 }, (_, at) => ({ rows: [rows(9_000)], checkpoint: at })),
    );
    expect(sizes(result)).toEqual([27_000, 18_000]);
    expect(result.map(({ checkpoint }) => checkpoint)).toEqual([2, 4]);
  });

  it('stores a checkpoint that speaks of the rows to come before them', async () => {
    const result = await coalesced([
      { checkpoint: 1 },
      { rows: [rows(1)] },
      { rows: [rows(1)], checkpoint: 2 },
    ]);
    expect(result.map(({ checkpoint }) => checkpoint)).toEqual([1, 2]);
    expect(sizes(result)).toEqual([0, 2]);
  });

  it('does not hold back a checkpoint for rows that bring none', async () => {
    const result = await coalesced([{ rows: [rows(1)], checkpoint: 1 }, { rows: [rows(2)] }]);
    expect(result.map(({ checkpoint }) => checkpoint)).toEqual([1, undefined]);
  });

  it('moves no removal before rows that came earlier, and no rows before a snapshot', async () => {
    const removal = keysOf(people, [{ person_key: 'a' }]);
    const snapshot = { table: repositories, scope: {}, rows: [] };
    const result = await coalesced([
      { removals: [removal], rows: [rows(1)] },
      { rows: [rows(1)] },
      { removals: [removal], rows: [rows(1)], snapshots: [snapshot] },
      { rows: [rows(1)] },
    ]);
    expect(sizes(result)).toEqual([2, 1, 1]);
    expect(result.map(({ snapshots = [] }) => snapshots.length)).toEqual([0, 1, 0]);
  });

  it('holds nothing back for longer than a quarter of a minute', async () => {
    const slow = fixedClock(0);
    async function* source(): AsyncGenerator<Batch<number>> {
      for (let at = 1; at <= 3; at++) {
        slow.set(at * 10_000);
        yield { rows: [rows(1)], checkpoint: at };
      }
    }
    const result: Batch<number>[] = [];
    for await (const batch of coalesce(source(), slow)) result.push(batch);
    expect(result.map(({ checkpoint }) => checkpoint)).toEqual([2, 3]);
  });

  it('gives what came before a failure, up to the last checkpoint, and then the failure', async () => {
    async function* failing(...batches: Batch<number>[]): AsyncGenerator<Batch<number>> {
      yield* batches;
      throw new Error('page 3 failed');
    }
    const taken = async (...batches: Batch<number>[]): Promise<Batch<number>[]> => {
      const result: Batch<number>[] = [];
      const reading = async (): Promise<void> => {
        for await (const batch of coalesce(failing(...batches), clock)) result.push(batch);
      };
      await expect(reading()).rejects.toThrow('page 3 failed');
      return result;
    };
    const two = await taken({ rows: [rows(1)], checkpoint: 1 }, { rows: [rows(2)], checkpoint: 2 });
    expect(sizes(two)).toEqual([3]);
    expect(two[0]?.checkpoint).toBe(2);
    // Rows behind the checkpoint are read again with what they lead to.
    const one = await taken({ rows: [rows(1)], checkpoint: 1 }, { rows: [rows(2)] });
    expect(one.map(({ checkpoint }) => checkpoint)).toEqual([1]);
    expect(await taken({ rows: [rows(2)] })).toEqual([]);
  });

  it('yields nothing for nothing', async () => {
    expect(await coalesced([])).toEqual([]);
  });
});
