import { Config } from '@bellwether/core';
import {
  buildFacts,
  type BuildFactRow,
  type BuildRow,
  builds,
  repositories,
  type Warehouse,
} from '@bellwether/warehouse';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveRules } from '../compute/facts.ts';
import { repositoryRow } from '../testing/builds.ts';
import { testWarehouse } from '../testing/test-warehouse.ts';
import type { OwnershipStep } from './ownership.ts';
import { writeBuilds } from './write-builds.ts';

const test = testWarehouse();
let warehouse: Warehouse;
let repo = '';
let count = 0;

beforeAll(() => {
  warehouse = test.current;
});

beforeEach(async () => {
  count += 1;
  repo = `local/app-${String(count)}`;
  await warehouse.insert(repositories, [repositoryRow(repo)]);
});

/** Monday, 1 January 2024, 10:00 UTC. */
const ten = Date.UTC(2024, 0, 1, 10);
const minute = 60_000;

/** A run of `ci` on the branch `topic`: created at `at`, started a minute later, over after five more. */
function build(build_id: string, at: number, rest: Partial<BuildRow> = {}): BuildRow {
  return {
    repo,
    build_id,
    attempt: 1,
    provider: 'actions',
    pipeline: 'ci',
    pipeline_name: 'CI',
    number: 1,
    trigger: 'push',
    branch: 'topic',
    sha: build_id,
    status: 'finished',
    conclusion: 'success',
    created_at: at,
    started_at: at + minute,
    finished_at: at + 6 * minute,
    url: '',
    ...rest,
  };
}

async function derive(
  rows: readonly BuildRow[],
  { prices = [], owners = [] }: { prices?: object[]; owners?: Partial<OwnershipStep>[] } = {},
): Promise<{ written: number; removed: number }> {
  await warehouse.insert(builds, rows);
  const rules = deriveRules(Config.parse({ ci: { prices } }));
  const steps = owners.map((owner) => ({ repo, since: 0, service: '', team: '', team_group: '', ...owner }));
  const nobody = { repo, since: 0, service: '', team: '', team_group: '' };
  return writeBuilds(warehouse, [repo], steps.length > 0 ? steps : [nobody], rules);
}

async function factsOf(): Promise<Map<string, BuildFactRow>> {
  const columns = Object.keys(buildFacts.columns) as (keyof BuildFactRow)[];
  const where = { sql: 'repo = {repo:String}', params: { repo } };
  const rows = await warehouse.readRows(buildFacts, columns, where);
  return new Map(rows.map((row) => [`${row.build_id}/${String(row.attempt)}`, row]));
}

describe('the clocks of a build', () => {
  it('are queue and run, each in seconds', async () => {
    await derive([build('a', ten)]);
    expect((await factsOf()).get('a/1')).toMatchObject({
      queue_seconds: 60,
      run_seconds: 300,
      time_gap: '',
      result: 'success',
      is_retry: false,
      lost_seconds: 0,
      cost: null,
    });
  });

  it('are null, with the reason, where they did not end, did not start, or ran backwards', async () => {
    await derive([
      build('running', ten, { status: 'running', conclusion: '', finished_at: null }),
      build('never', ten, { conclusion: 'cancelled', started_at: null }),
      build('backwards', ten, { finished_at: ten }),
      build('early', ten, { started_at: ten - 1 }),
    ]);
    const facts = await factsOf();
    const of = (id: string) => {
      const { queue_seconds, run_seconds, time_gap, result } = facts.get(`${id}/1`)!;
      return [queue_seconds, run_seconds, time_gap, result];
    };
    expect(of('running')).toEqual([null, null, 'unfinished', '']);
    expect(of('never')).toEqual([null, null, 'not-started', 'cancelled']);
    expect(of('backwards')).toEqual([null, null, 'negative', 'success']);
    expect(of('early')).toEqual([null, null, 'negative', 'success']);
  });

  it('cost what the first matching price says', async () => {
    const prices = [
      { provider: 'actions', pipeline: 'deploy*', perMinute: 1 },
      { provider: '*', perMinute: 0.02 },
    ];
    await derive([build('a', ten), build('b', ten, { pipeline: 'deploy-web' })], { prices });
    const facts = await factsOf();
    // Five minutes: 5 × 0.02 = 0.1, and 5 × 1 = 5.
    expect(facts.get('a/1')?.cost).toBeCloseTo(0.1, 10);
    expect(facts.get('b/1')?.cost).toBeCloseTo(5, 10);
  });
});

describe('a flaky run', () => {
  it('failed where the same pipeline succeeded on the same revision, in another attempt or another run', async () => {
    await derive([
      build('retried', ten, { conclusion: 'failure' }),
      build('retried', ten, { attempt: 2, started_at: ten + 60 * minute, finished_at: ten + 62 * minute }),
      build('again', ten, { sha: 's', conclusion: 'timed_out' }),
      build('fine', ten + minute, { sha: 's', trigger: 'pull_request' }),
      build('broken', ten, { sha: 'b', conclusion: 'failure' }),
      build('broken', ten, { sha: 'b', attempt: 2, conclusion: 'failure' }),
      build('other', ten, { sha: 'b', pipeline: 'lint' }),
      build('nowhere', ten, { sha: '', conclusion: 'failure' }),
      build('nowhere-2', ten, { sha: '' }),
      build('cancelled', ten, { sha: 's', conclusion: 'cancelled' }),
    ]);
    const facts = await factsOf();
    const flaky = [...facts].filter(([, { is_flaky }]) => is_flaky).map(([id]) => id);
    expect(flaky.sort()).toEqual(['again/1', 'retried/1']);
    expect(facts.get('retried/1')?.lost_seconds).toBe(300);
    // What came before the second attempt was its own first run and no queue.
    expect(facts.get('retried/2')).toMatchObject({
      is_retry: true,
      queue_seconds: null,
      run_seconds: 120,
      lost_seconds: 0,
    });
  });
});

describe('the default branch', () => {
  it('turns red at the first failure after a success, and green again at the next success', async () => {
    const on = (
      id: string,
      minutes: number,
      conclusion: BuildRow['conclusion'],
      rest: Partial<BuildRow> = {},
    ) => build(id, ten + minutes * minute, { branch: 'main', conclusion, ...rest });
    await derive([
      // No success before it: when it turned red is not known.
      on('first', 0, 'failure'),
      on('green', 10, 'success'),
      on('red', 20, 'failure'),
      on('still', 30, 'failure'),
      on('cancelled', 35, 'cancelled'),
      on('fixed', 40, 'success'),
      on('open', 50, 'timed_out'),
      on('fork', 22, 'success', { trigger: 'pull_request' }),
      on('lint', 25, 'success', { pipeline: 'lint' }),
      build('topic', ten + 23 * minute, { conclusion: 'success' }),
    ]);
    const facts = await factsOf();
    const red = [...facts].filter(([, { is_red_start }]) => is_red_start);
    // `fixed` was created at 40 minutes and over six later.
    expect(red.map(([id, { green_at }]) => [id, green_at]).sort()).toEqual([
      ['open/1', null],
      ['red/1', ten + 46 * minute],
    ]);
    expect(facts.get('fork/1')?.is_default_branch).toBe(false);
    expect(facts.get('red/1')?.is_default_branch).toBe(true);
  });
});

describe('the owner', () => {
  it('is the one at the time of the build', async () => {
    const owners = [
      { team: 'acme/red', team_group: 'acme', service: 'app' },
      { since: ten + 30 * minute, team: '(withheld)', team_group: 'acme', service: '(withheld)' },
    ];
    await derive([build('a', ten), build('b', ten + 30 * minute)], { owners });
    const facts = await factsOf();
    expect(facts.get('a/1')).toMatchObject({ team: 'acme/red', team_group: 'acme', service: 'app' });
    expect(facts.get('b/1')).toMatchObject({ team: '(withheld)', service: '(withheld)' });
  });
});

describe('writing', () => {
  it('touches what differs only, and takes away what is gone', async () => {
    const rows = [build('a', ten), build('b', ten, { conclusion: 'failure' }), build('c', ten)];
    expect(await derive(rows)).toEqual({ written: 3, removed: 0 });
    expect(await derive([])).toEqual({ written: 0, removed: 0 });
    // A second attempt makes the first one flaky: two rows differ.
    const second = build('b', ten, { attempt: 2 });
    expect(await derive([second])).toEqual({ written: 2, removed: 0 });
    await warehouse.remove(builds, [{ repo, build_id: 'c', attempt: 1 }]);
    expect(await derive([])).toEqual({ written: 0, removed: 1 });
    expect([...(await factsOf()).keys()].sort()).toEqual(['a/1', 'b/1', 'b/2']);
    expect(await derive([])).toEqual({ written: 0, removed: 0 });
  });

  it('leaves other repositories alone', async () => {
    await derive([build('a', ten)]);
    const [mine, before] = [repo, await factsOf()];
    repo = `${repo}-other`;
    await derive([build('a', ten)]);
    repo = mine;
    expect(await factsOf()).toEqual(before);
  });
});
