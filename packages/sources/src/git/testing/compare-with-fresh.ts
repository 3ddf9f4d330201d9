import type { Clock, Config } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { expect } from 'vitest';
import { collect, type CollectResult } from '../../engine/collect.ts';
import type { TestWarehouse } from '../../testing/test-warehouse.ts';
import { createGitSource } from '../git-source.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');

const source = createGitSource({ batchRows: 3 });

export function collectClone(
  warehouse: Warehouse,
  target: { path: string; repo: string },
  config: Config,
): Promise<CollectResult> {
  return collect({
    warehouse,
    source,
    targets: [target],
    config,
    secret: 'a secret of the tests',
    clock: steppingClock(),
    retry: { sleep: async () => {}, random: () => 0 },
  });
}

/** So slow that every batch is stored by itself, and a kill can come between any two. */
function steppingClock(): Clock {
  let now = NOW;
  return { now: () => (now += 60_000) };
}

let copies = 0;

/** Collects the clone once more under another name, and expects the same rows under both. */
export async function expectLikeFresh(
  test: TestWarehouse,
  target: { path: string; repo: string },
  config: Config,
): Promise<void> {
  const repo = `fresh-${copies++}/app`;
  const result = await collectClone(test.warehouse, { ...target, repo }, config);
  expect(result.targets.map(({ error }) => error)).toEqual([null]);
  const dump = await test.dump();
  for (const [table, rows] of Object.entries(dump)) {
    if (table === 'domain.people' || table === 'private.identities') continue;
    expect(ofRepo(rows, target.repo), table).toEqual(ofRepo(rows, repo));
  }
}

function ofRepo(rows: readonly object[], repo: string): unknown[] {
  return rows
    .filter((row) => 'repo' in row && row.repo === repo)
    .map((row) => JSON.parse(JSON.stringify(row).replaceAll(repo, '<repo>')) as unknown);
}
