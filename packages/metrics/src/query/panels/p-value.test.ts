import type { Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import { binomialTest, fisherTest } from '../../compare/exact-tests.ts';
import { binomialSql, fisherSql } from './p-value.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse([]);
});
afterAll(() => warehouse.close());

async function valuesOf(expressions: readonly string[]): Promise<number[]> {
  const [row] = await warehouse.query<{ all: number[] }>(`SELECT [${expressions.join(', ')}] AS all`);
  return row?.all ?? [];
}

// Of few and of many, even and uneven, nothing and everything: [numerator, denominator] twice.
const shares = [
  [3, 10, 7, 10],
  [0, 12, 12, 12],
  [0, 10, 0, 10],
  [10, 10, 15, 15],
  [1, 1000, 9, 1000],
  [480, 1000, 530, 1010],
  [41_000, 90_000, 52_000, 120_000],
] as const;

it('gives Fisher’s test as the report does', async () => {
  const found = await valuesOf(
    shares.map(([a, n, b, m]) =>
      fisherSql(
        { numerator: String(a), denominator: String(n) },
        { numerator: String(b), denominator: String(m) },
      ),
    ),
  );
  shares.forEach(([a, n, b, m], index) => {
    const expected = fisherTest({ numerator: a, denominator: n }, { numerator: b, denominator: m });
    expect(found[index], String(shares[index])).toBeCloseTo(expected, 6);
  });
});

const splits = [
  [12, 12, 0.5],
  [0, 20, 0.5],
  [31, 60, 0.52],
  [900, 1500, 0.5],
  [260_000, 500_000, 0.5],
] as const;

it('gives the binomial test as the report does', async () => {
  const found = await valuesOf(splits.map(([k, n, p]) => binomialSql(String(k), String(n), String(p))));
  splits.forEach(([k, n, p], index) => {
    expect(found[index], String(splits[index])).toBeCloseTo(binomialTest(k, n, p), 6);
  });
});
