import { buildJobFacts, repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { buildJob } from '../../test/rows/builds.ts';
import { repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration } from '../../test/worlds/builds.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

/** When a job ends that began at the start of 5 March. */
const after = (seconds: number): number => at('2024-03-05') + seconds * 1000;

describe('CI job time', () => {
  it('shows the slowest jobs', async () => {
    const repo = 'job/slowest';
    await warehouse.insert(buildJobFacts, [
      buildJob({ repo, job_id: '1', name: 'test', finished_at: after(240) }),
      buildJob({ repo, job_id: '2', name: 'test', finished_at: after(300), conclusion: 'timed_out' }),
      buildJob({ repo, job_id: '3', name: 'lint', finished_at: after(40), conclusion: 'failure' }),
      buildJob({ repo, job_id: '4', name: 'build', finished_at: after(90) }),
      buildJob({ repo, job_id: '5', name: 'build', finished_at: after(2), conclusion: 'cancelled' }),
    ]);
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const apart = await runQuery(warehouse, twoWeeks('ci_job_time', repo, { period, groupBy: ['job'] }));
    expect(apart.map(({ group, value, n, total }) => [group['job'], value, n, total])).toEqual([
      ['build', 90, 1, 2],
      ['lint', 40, 1, 1],
      // (240 + 300) ÷ 2
      ['test', 270, 2, 2],
    ]);
    const [all] = await runQuery(warehouse, twoWeeks('ci_job_time', repo, { period }));
    // {40, 90, 240, 300}: (90 + 240) ÷ 2.
    expect(all).toMatchObject({ value: 165, basis: { success: 2, failure: 2 }, gaps: { cancelled: 1 } });
  });

  it('belongs to whoever owns the repository', async () => {
    const repo = 'job/owned';
    const owner = { service: 'shop', team: 'red', team_group: 'colours' };
    await warehouse.insert(repositoryFacts, [repositoryFact({ repo, ...owner })]);
    await warehouse.insert(buildJobFacts, [
      buildJob({ repo, job_id: '1' }),
      buildJob({ repo: `${repo}/unknown`, job_id: '1' }),
    ]);
    const groupBy = ['service', 'team', 'team_group'];
    const groupsOf = async (name: string): Promise<unknown> =>
      (await runQuery(warehouse, twoWeeks('ci_job_time', name, { groupBy })))[0]?.group;
    expect(await groupsOf(repo)).toEqual(owner);
    expect(await groupsOf(`${repo}/unknown`)).toEqual({ service: '', team: '', team_group: '' });
  });

  it('says why a time is missing', async () => {
    const repo = 'job/gaps';
    const running = { status: 'running', conclusion: '', finished_at: null } as const;
    await warehouse.insert(buildJobFacts, [
      buildJob({ repo, job_id: '1', ...running }),
      buildJob({ repo, job_id: '2', conclusion: 'skipped' }),
      buildJob({ repo, job_id: '3', finished_at: null }),
      buildJob({ repo, job_id: '4', finished_at: after(-1) }),
      buildJob({ repo, job_id: '5', started_at: null, finished_at: after(9) }),
      buildJob({ repo, job_id: '6', started_at: null, began_at: after(0), ...running }),
      // Cancelled in the queue: derivation places it where it was made, not where it ended.
      buildJob({
        ...{ repo, job_id: '8', conclusion: 'cancelled', started_at: null },
        ...{ began_at: at('2024-03-12'), finished_at: at('2024-03-19') },
      }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_job_time', repo));
    expect(first).toMatchObject({ value: null, n: 0, total: 6 });
    expect(second?.gaps).toEqual({ cancelled: 1 });
    expect(first?.gaps).toEqual({ unfinished: 2, 'no-verdict': 1, 'not-started': 2, negative: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repo, repository, jobs }) =>
      jobs.map((job) => {
        const silence = job.conclusion === '' ? 'unfinished' : (silences[job.conclusion] ?? '');
        const ran =
          job.started_at === null || job.finished_at === null
            ? null
            : (job.finished_at - job.started_at) / 1000;
        const isKnown = silence === '' && ran !== null && ran >= 0;
        return {
          at: job.began_at,
          value: isKnown ? ran : null,
          gap: isKnown ? '' : silence || (ran === null ? 'not-started' : 'negative'),
          basis: job.conclusion === 'success' ? 'success' : 'failure',
          dimensions: {
            repo,
            service: repository?.service ?? '',
            team: repository?.team ?? '',
            team_group: repository?.team_group ?? '',
            job: job.name,
          },
        };
      }),
    integration,
  );
});

const silences: Readonly<Record<string, string>> = { cancelled: 'cancelled', skipped: 'no-verdict' };
