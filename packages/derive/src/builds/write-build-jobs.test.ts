import { Config, silentTalk } from '@bellwether/core';
import {
  type BuildJobFactRow,
  buildJobFacts,
  type BuildJobRow,
  buildJobs,
  derivations,
  repositories,
  type Warehouse,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveRules } from '../compute/facts.ts';
import { deriveChanged } from '../derive.ts';
import { brokenAtWrite } from '../testing/broken-warehouse.ts';
import { repositoryRow } from '../testing/builds.ts';
import { testWarehouse } from '../testing/test-warehouse.ts';
import { writeBuildJobs } from './write-build-jobs.ts';

const repos = ['local/one', 'local/two'];
const DAY = 86_400_000;
const start = Date.UTC(2024, 0, 1);

const test = testWarehouse();
let warehouse: Warehouse;

beforeAll(() => {
  warehouse = test.current;
});

beforeEach(async () => {
  await warehouse.command('TRUNCATE TABLE domain.build_jobs');
  await writeBuildJobs(warehouse, repos);
});

/** A job that was made at `created_at`, began a minute later and took five more. */
function job(job_id: string, created_at: number, rest: Partial<BuildJobRow> = {}): BuildJobRow {
  return {
    ...{ repo: 'local/one', build_id: 'b', job_id, attempt: 1, name: 'test' },
    ...{ status: 'finished', conclusion: 'success', created_at },
    ...{ started_at: created_at + 60_000, finished_at: created_at + 360_000 },
    ...rest,
  };
}

/** A fact is the job under the first instant that is known of it: began, else made, else ended. */
function factsOf(rows: Iterable<BuildJobRow>): BuildJobFactRow[] {
  return [...rows].flatMap(({ attempt: _, created_at, ...row }) => {
    const began_at = row.started_at ?? created_at ?? row.finished_at;
    return began_at === null ? [] : [{ ...row, began_at }];
  });
}

const sorted = (rows: readonly BuildJobFactRow[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

async function stored(): Promise<string[]> {
  const columns = Object.keys(buildJobFacts.columns) as (keyof BuildJobFactRow)[];
  return sorted(await warehouse.readRows(buildJobFacts, columns));
}

const instant = fc.nat({ max: 400 }).map((day) => start + day * DAY);
const aJob = fc.record({
  repo: fc.constantFrom(...repos),
  job_id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
  created_at: fc.option(instant, { freq: 4 }),
  started_at: fc.option(instant, { freq: 2 }),
  finished_at: fc.option(instant, { freq: 2 }),
  name: fc.constantFrom('test', 'lint'),
  isGone: fc.boolean(),
});

describe('the facts of jobs', () => {
  it('are the jobs, whatever comes, moves and goes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aJob, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
        async (arrivals) => {
          await warehouse.command('TRUNCATE TABLE domain.build_jobs');
          const known = new Map<string, BuildJobRow>();
          for (const batch of arrivals) {
            for (const { isGone, ...rest } of batch) {
              const row = job(rest.job_id, start, rest);
              const key = `${row.repo} ${row.job_id}`;
              await (isGone ? warehouse.remove(buildJobs, [row]) : warehouse.insert(buildJobs, [row]));
              if (isGone) known.delete(key);
              else known.set(key, row);
            }
            await writeBuildJobs(warehouse, repos);
            expect(await stored()).toEqual(sorted(factsOf(known.values())));
          }
          expect(await writeBuildJobs(warehouse, repos)).toEqual({ written: 0, removed: 0 });
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('are written where they differ: a job that begins leaves the place where it was made', async () => {
    const queued = job('1', start + 30 * DAY, { status: 'queued', started_at: null, finished_at: null });
    await warehouse.insert(buildJobs, [queued, job('2', start), job('3', start + 90 * DAY)]);
    expect(await writeBuildJobs(warehouse, repos)).toEqual({ written: 3, removed: 0 });
    const begun = { ...queued, status: 'running' as const, started_at: start + 40 * DAY };
    await warehouse.insert(buildJobs, [begun]);
    expect(await writeBuildJobs(warehouse, repos)).toEqual({ written: 1, removed: 1 });
    expect(await stored()).toEqual(sorted(factsOf([begun, job('2', start), job('3', start + 90 * DAY)])));
  });

  it('are written by a derivation that only builds were marked for', async () => {
    const rules = deriveRules(Config.parse({}));
    const derive = () =>
      deriveChanged({ warehouse, rules, talk: silentTalk, signal: new AbortController().signal });
    await warehouse.insert(repositories, [repositoryRow('local/one')]);
    await warehouse.insert(derivations, [{ repo: 'local/one', side: 'domain', mark: 'first' }]);
    await derive();
    await warehouse.insert(buildJobs, [job('1', start)]);
    await warehouse.insert(derivations, [{ repo: 'local/one', side: 'builds', mark: 'second' }]);
    expect(await derive()).toEqual({ repositories: 1, written: 1, removed: 0 });
    expect(await stored()).toEqual(sorted(factsOf([job('1', start)])));
  });

  it('leave other repositories alone', async () => {
    await warehouse.insert(buildJobs, [job('1', start), job('1', start, { repo: 'local/two' })]);
    expect(await writeBuildJobs(warehouse, ['local/one'])).toEqual({ written: 1, removed: 0 });
    expect(await stored()).toEqual(sorted(factsOf([job('1', start)])));
  });

  it('are written again where rows were lost', async () => {
    await warehouse.insert(buildJobs, [job('1', start), job('2', start + 60 * DAY)]);
    await writeBuildJobs(warehouse, repos);
    const whole = await stored();
    await warehouse.command('TRUNCATE TABLE facts.build_jobs');
    await writeBuildJobs(warehouse, repos);
    expect(await stored()).toEqual(whole);
  });

  it('are the same when the plug is pulled at any write, and the run repeated', async () => {
    await warehouse.insert(buildJobs, [job('1', start), job('2', start + 60 * DAY)]);
    await writeBuildJobs(warehouse, repos);
    const later = [job('1', start, { conclusion: 'failure' }), job('3', start + 61 * DAY)];
    await warehouse.insert(buildJobs, later);
    // The mark is taken away, rows are replaced, the mark is set.
    for (const nth of [1, 2, 3]) {
      await expect(writeBuildJobs(brokenAtWrite(warehouse, nth), repos)).rejects.toThrow('pulled');
    }
    await writeBuildJobs(warehouse, repos);
    expect(await stored()).toEqual(sorted(factsOf([...later, job('2', start + 60 * DAY)])));
  });
});
