import { Config } from '@bellwether/core';
import { buildFacts, builds, derivations, repositories, type Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveRules } from '../compute/facts.ts';
import { type AnyBuild, anyBuild, buildRow, repositoryRow } from '../testing/builds.ts';
import { testWarehouse } from '../testing/test-warehouse.ts';
import { writeBuilds } from './write-builds.ts';

const DAY = 86_400_000;
const rules = deriveRules(Config.parse({}));
const repos = ['local/one', 'local/two'];
const owners = repos.map((repo) => ({ repo, since: 0, service: 'app', team: 'red', team_group: '' }));

const test = testWarehouse();
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = test.current;
  await warehouse.insert(
    repositories,
    repos.map((repo) => repositoryRow(repo)),
  );
});

const write = (): ReturnType<typeof writeBuilds> => writeBuilds(warehouse, repos, owners, rules);

/** What was replaced or removed lies about for a while, and nothing may rely on that. */
async function forgetReplaced(): Promise<void> {
  await warehouse.tidy([builds]);
}

async function facts(): Promise<string[]> {
  const rows = await warehouse.readRows(
    buildFacts,
    Object.keys(buildFacts.columns) as (keyof typeof buildFacts.columns)[],
  );
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** Months lie between builds of few revisions and pipelines, so that old ones are flaky or green again by new ones. */
const placed = fc.record({
  repo: fc.constantFrom(...repos),
  month: fc.nat({ max: 5 }),
  of: anyBuild,
  isGone: fc.boolean(),
});
type Placed = typeof placed extends fc.Arbitrary<infer Each> ? Each : never;

function rowOf({
  repo,
  month,
  of,
}: Pick<Placed, 'repo' | 'month'> & { of: AnyBuild }): ReturnType<typeof buildRow> {
  const row = buildRow(repo, of);
  const later = (at: number | null): number | null => (at === null ? null : at + month * 31 * DAY);
  const id = `${row.build_id}-${String(month)}`;
  return {
    ...row,
    build_id: id,
    created_at: row.created_at + month * 31 * DAY,
    started_at: later(row.started_at),
    finished_at: later(row.finished_at),
  };
}

describe('builds that come late', () => {
  it(
    'leave the facts that computing all of them gives, in whatever order they come',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(placed, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
          async (arrivals) => {
            for (const [nth, batch] of arrivals.entries()) {
              const gone = batch.filter(({ isGone }) => isGone).map(rowOf);
              const here = batch.filter(({ isGone }) => !isGone).map(rowOf);
              if (here.length > 0) await warehouse.insert(builds, here);
              if (gone.length > 0) await warehouse.remove(builds, gone);
              if (nth % 2 === 1) await forgetReplaced();
              await write();
            }
            const grown = await facts();
            await warehouse.command("DELETE FROM ops.derivations WHERE side = 'build-digest'");
            expect(await write()).toEqual({ written: 0, removed: 0 });
            await warehouse.command('TRUNCATE TABLE facts.builds');
            await write();
            expect(grown).toEqual(await facts());
          },
        ),
        { numRuns: 6, endOnFailure: true },
      );
    },
  );

  it('make a failure flaky, and no more when they are gone, however long ago it was', async () => {
    const topic = { ...one, branch: 'topic', sha: 's3', pipeline: 'lint' } as const;
    const failed = rowOf({
      repo: 'local/two',
      month: 0,
      of: { ...topic, build_id: 'b2', conclusion: 'failure' },
    });
    const passed = rowOf({ repo: 'local/two', month: 9, of: topic });
    const isFlaky = async (): Promise<boolean[]> => {
      await write();
      const where = {
        sql: 'repo = {repo:String} AND build_id = {id:String}',
        params: { repo: failed.repo, id: failed.build_id },
      };
      return (await warehouse.readRows(buildFacts, ['is_flaky'], where)).map((row) => row.is_flaky);
    };
    await warehouse.command('TRUNCATE TABLE domain.builds');
    await warehouse.insert(builds, [failed]);
    expect(await isFlaky()).toEqual([false]);
    await warehouse.insert(builds, [passed]);
    expect(await isFlaky()).toEqual([true]);
    await warehouse.remove(builds, [passed]);
    await forgetReplaced();
    expect(await isFlaky()).toEqual([false]);
  });

  it('tell when the default branch was green again, however long ago it turned red', async () => {
    const place = (build_id: AnyBuild['build_id'], month: number, conclusion: AnyBuild['conclusion']) =>
      rowOf({ repo: 'local/one', month, of: { ...one, build_id, sha: '', conclusion } });
    const [green, red, fixed] = [
      place('b1', 0, 'success'),
      place('b2', 1, 'failure'),
      place('b3', 9, 'success'),
    ];
    const redStarts = async (): Promise<unknown[]> => {
      await write();
      const where = { sql: "repo = 'local/one' AND is_red_start" };
      return (await warehouse.readRows(buildFacts, ['build_id', 'green_at'], where)).map((row) => [
        row.build_id,
        row.green_at,
      ]);
    };
    await warehouse.command('TRUNCATE TABLE domain.builds');
    await warehouse.insert(builds, [green, red]);
    expect(await redStarts()).toEqual([[red.build_id, null]]);
    await warehouse.insert(builds, [fixed]);
    expect(await redStarts()).toEqual([[red.build_id, fixed.finished_at]]);
    // Without the success before it, nobody knows when it turned red.
    await warehouse.remove(builds, [green]);
    await forgetReplaced();
    expect(await redStarts()).toEqual([]);
  });

  it('are written again where rows were lost', async () => {
    await warehouse.insert(builds, [rowOf({ repo: 'local/one', month: 0, of: one })]);
    await write();
    const whole = await facts();
    await warehouse.command('TRUNCATE TABLE facts.builds');
    await write();
    expect(await facts()).toEqual(whole);
    const marks = { sql: "side = 'build-digest' AND mark != ''" };
    expect((await warehouse.readRows(derivations, ['repo'], marks)).length).toBeGreaterThan(0);
  });
});

const one: AnyBuild = {
  build_id: 'b1',
  attempt: 1,
  pipeline: 'ci',
  sha: 's1',
  branch: 'main',
  conclusion: 'success',
  minute: 1,
  runs: 1,
};
