import { expect, it } from 'vitest';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { type CommitRow, commits } from './tables/index.ts';
import { describeReplaceByDifference } from './testing/replace-by-difference-suite.ts';
import { commitRow } from './testing/rows.ts';

const database = temporaryWarehouse();

describeReplaceByDifference(database);

const parts = async (): Promise<number> => {
  const [row] = await database.warehouse.query<{ n: number }>(
    "SELECT count() AS n FROM system.parts WHERE database = 'domain' AND table = 'commits' AND active",
  );
  return row?.n ?? 0;
};

it('writes once what differs, tombstones included', async () => {
  const repo = 'local/once';
  const replace = (rows: readonly CommitRow[]) =>
    database.warehouse.replaceByDifference(commits, { repo }, rows);
  await database.warehouse.command('SYSTEM STOP MERGES domain.commits');
  await replace([commitRow({ repo, sha: 'a' }), commitRow({ repo, sha: 'b' })]);
  const before = await parts();
  await replace([commitRow({ repo, sha: 'b', subject: 'x' }), commitRow({ repo, sha: 'c' })]);
  expect(await parts()).toBe(before + 1);
  await database.warehouse.command('SYSTEM START MERGES domain.commits');
});
