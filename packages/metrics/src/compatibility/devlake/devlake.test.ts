import {
  changeDeployments,
  commitDeployments,
  deploymentOutcomes,
  deployments,
  incidents,
  pullRequests,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, changeDeployment, DAY, HOUR, outcome } from '../../../test/rows.ts';
import { deployment, incident, pullRequest } from '../../../test/rows/domain.ts';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import { askAsSystem, type DefinitionRequest } from '../compare-definitions.ts';
import type { RivalMetric, RivalRow } from '../system.ts';
import { changeFailRate } from './change-fail-rate.ts';
import { changeLeadTime } from './change-lead-time.ts';
import { deploymentFrequency } from './deployment-frequency.ts';
import { recoveryTime, timeToRestore } from './recovery-time.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const MINUTE = 60;
const window = { since: at('2024-03-04'), until: at('2024-04-01'), timeZone: 'UTC' };
const ask = (metric: RivalMetric, repo: string, more: Partial<DefinitionRequest> = {}): Promise<RivalRow> =>
  askAsSystem(warehouse, { id: 'devlake' }, metric, { ...window, repos: [repo], ...more });
const deploy = (repo: string, ...rows: [id: string, when: string, more?: object][]): Promise<void> =>
  warehouse.insert(
    deploymentOutcomes,
    rows.map(([deployment_id, when, more]) =>
      outcome({ repo, deployment_id, finished_at: at(when), ...more }),
    ),
  );

describe('deployment frequency as DevLake counts it', () => {
  it('is the lower median of the days with a deployment over Monday weeks, empty ones included', async () => {
    const repo = 'devlake/days';
    await deploy(
      repo,
      // Week of 4 March: two deployments on Monday, one on Sunday: 2 days. Week of the 11th: 1. 18th: none. 25th: 3.
      ['a', '2024-03-04T10:00'],
      ['b', '2024-03-04T12:00'],
      ['c', '2024-03-10T23:59'],
      ['d', '2024-03-11T00:00'],
      ['e', '2024-03-25'],
      ['f', '2024-03-26'],
      ['g', '2024-03-27'],
    );
    const row = await ask(deploymentFrequency, repo);
    // 0, 1, 2, 3: the lower of the two in the middle is 1, interpolated 1.5.
    expect(row).toMatchObject({
      value: 1,
      n: 4,
      interpolated: 1.5,
      deployments: 7,
      deployed_days: 6,
      empty_weeks: 1,
    });
    expect(deploymentFrequency.band(row)).toBe('high (2023), high (2021)');
  });

  it('counts a cut week like a whole one', async () => {
    const repo = 'devlake/cut';
    await deploy(repo, ['a', '2024-03-05'], ['b', '2024-03-06'], ['c', '2024-03-12'], ['d', '2024-03-13']);
    // From Wednesday the 6th: 1 day of the cut week, 2 of the next: the lower median of {1, 2} is 1.
    const since = at('2024-03-06');
    expect(await ask(deploymentFrequency, repo, { since, until: at('2024-03-18') })).toMatchObject({
      value: 1,
      n: 2,
    });
  });

  it('goes by the name of the environment', async () => {
    const repo = 'devlake/names';
    await deploy(
      repo,
      ['a', '2024-03-05', { environment: 'PreProd', environment_kind: 'staging' }],
      ['b', '2024-03-06', { environment: 'live' }],
    );
    expect(await ask(deploymentFrequency, repo)).toMatchObject({
      deployments: 1,
      other_environments: 1,
      unmatched_environments: 1,
    });
  });

  it('has a calendar of 400 days', async () => {
    const repo = 'devlake/calendar';
    await deploy(repo, ['a', '2023-01-03']);
    // 2023-01-01 to 2024-03-31 are 365 + 91 = 456 days.
    const row = await ask(deploymentFrequency, repo, { since: at('2023-01-01') });
    expect(row).toMatchObject({ deployed_days: 0, days_cut: 56 });
  });
});

describe('lead time as DevLake computes it', () => {
  it('adds coding, opening to merge, and deploy, each in whole minutes rounded up', async () => {
    const repo = 'devlake/lead';
    const pull = (number: number, more: object) =>
      pullRequest({
        repo,
        number,
        created_at: at('2024-03-05T10:00'),
        merge_commit_sha: `m${String(number)}`,
        ...more,
      });
    await warehouse.insert(pullRequests, [
      // 1 h 0 min 30 s → 61 min; 2 h; 3 h: 6 h 1 min.
      pull(1, { commit_authored_at: [null, at('2024-03-05T08:59:30')], merged_at: at('2024-03-05T12:00') }),
      // Its first commit is younger than it: no coding. 2 h + 3 h; and it is by a bot.
      pull(2, {
        commit_authored_at: [at('2024-03-05T11:00')],
        merged_at: at('2024-03-05T12:00'),
        author_is_bot: true,
      }),
      // Deployed before its merge: no deploy. No commit known: 6 h alone.
      pull(3, { merged_at: at('2024-03-05T16:00') }),
      // Not deployed, not merged, deployed after the window: absent.
      pull(4, { merged_at: at('2024-03-05T16:00') }),
      pull(5, { state: 'open', merge_commit_sha: null }),
      pull(6, { merged_at: at('2024-03-05T12:00') }),
      // Nobody knows its merge commit.
      pull(7, { merged_at: at('2024-03-05T12:00'), merge_commit_sha: null }),
    ]);
    await deploy(
      repo,
      ['v1', '2024-03-05T15:00'],
      ['late', '2024-04-02'],
      ['rc', '2024-03-05T12:30', { environment: 'staging', environment_kind: 'staging' }],
    );
    const carried = (sha: string, deployment_id: string, environment = 'production') => ({
      repo,
      sha,
      service: 'shop',
      environment,
      deployment_id,
      deployed_at: at('2024-03-05T15:00'),
    });
    await warehouse.insert(commitDeployments, [
      ...['m1', 'm2', 'm3'].map((sha) => carried(sha, 'v1')),
      carried('m1', 'rc', 'staging'),
      carried('m6', 'late'),
    ]);
    const delivered = { repo, deployed_at: at('2024-03-05T15:00'), lead_time_seconds: HOUR };
    await warehouse.insert(changeDeployments, [
      changeDeployment({ ...delivered, change_id: `${repo}#1` }),
      changeDeployment({ ...delivered, change_id: `${repo}#7` }),
      changeDeployment({ ...delivered, change_id: `${repo}@c0ffee`, kind: 'commit' }),
    ]);
    const row = await ask(changeLeadTime, repo);
    // 5 h, 6 h, 6 h 1 min.
    expect(row).toMatchObject({
      value: 6 * HOUR,
      n: 3,
      bots: 1,
      without_coding: 2,
      deployed_before_merge: 1,
      without_pull_request: 1,
      without_merge_commit: 1,
    });
    expect(changeLeadTime.band(row)).toBe('elite (2023), high (2021)');
    const why = changeLeadTime.clauses.flatMap(({ effect }) => effect?.(row) ?? []);
    expect(why).toContain('1 pull request of 3 are by bots');
    expect(why).toContain(
      'of 1 pull request that counts here no merge commit is known, and it does not count there',
    );
  });

  it('links the deployment that began first, and takes the lower of two in the middle', async () => {
    const repo = 'devlake/started';
    const created_at = at('2024-03-05');
    await warehouse.insert(pullRequests, [
      pullRequest({ repo, number: 1, created_at, merged_at: created_at, merge_commit_sha: 'm1' }),
      pullRequest({ repo, number: 2, created_at, merged_at: created_at, merge_commit_sha: 'm2' }),
    ]);
    await deploy(repo, ['slow', '2024-03-05T04:00'], ['quick', '2024-03-05T03:00']);
    await warehouse.insert(deployments, [
      deployment({ repo, deployment_id: 'slow', started_at: at('2024-03-05T01:00') }),
      deployment({ repo, deployment_id: 'quick', started_at: at('2024-03-05T02:00') }),
    ]);
    const rows = [
      ['m1', 'api', 'slow'],
      ['m1', 'web', 'quick'],
      ['m2', 'web', 'quick'],
    ] as const;
    await warehouse.insert(
      commitDeployments,
      rows.map(([sha, service, deployment_id]) => ({
        repo,
        sha,
        service,
        environment: 'production',
        deployment_id,
        deployed_at: created_at,
      })),
    );
    // m1 went with `slow`, which began first: 4 h. m2: 3 h. The lower of {3, 4} is 3, interpolated 3.5.
    expect(await ask(changeLeadTime, repo)).toMatchObject({ value: 3 * HOUR, interpolated: 3.5 * HOUR });
  });
});

describe('failures as DevLake attributes them', () => {
  it('charges the latest deployment before the incident, of any service, however old', async () => {
    const repo = 'devlake/fail';
    await deploy(
      repo,
      ['a', '2024-03-05', { service: 'api' }],
      ['b', '2024-03-06', { service: 'web', is_failure: true, evidence: 'rollback' }],
      ['c', '2024-03-07', { service: 'api' }],
      ['d', '2024-03-08', { service: 'api' }],
    );
    await warehouse.insert(incidents, [
      // At the very finish of c: strictly before it is b. Two for d, one of them 40 days later.
      incident({ repo, incident_id: '0', opened_at: at('2024-03-06T12:00'), service: 'api' }),
      incident({ repo, incident_id: '1', opened_at: at('2024-03-07'), resolved_at: at('2024-03-07T02:00') }),
      incident({
        repo,
        incident_id: '2',
        opened_at: at('2024-03-09'),
        resolved_at: at('2024-03-09T00:01:59'),
      }),
      incident({ repo, incident_id: '3', opened_at: at('2024-04-17') }),
      // Before anything was deployed: charged to nothing.
      incident({ repo, incident_id: '4', opened_at: at('2024-03-01') }),
    ]);
    const row = await ask(changeFailRate, repo);
    // b and d of four.
    expect(row).toMatchObject({
      value: 0.5,
      n: 4,
      incidents: 4,
      old_incidents: 1,
      other_services: 1,
      only_theirs: 1,
      only_ours: 0,
    });
    expect(changeFailRate.band(row)).toBe('low (2023), low (2021)');

    // From b (6 March) until 7 March 02:00: 26 h. From d (8 March) until the 9th, 00:01:59: 24 h 1 min, rounded down.
    const recovery = await ask(recoveryTime, repo);
    expect(recovery).toMatchObject({ value: 24 * HOUR + MINUTE, n: 2, before_opening: DAY });
    expect(recoveryTime.band(recovery)).toBe('medium (2023)');

    // Of the incidents themselves: 2 h and 1 min.
    const restore = await ask(timeToRestore, repo);
    expect(restore).toMatchObject({ value: MINUTE, n: 2, interpolated: (121 / 2) * MINUTE });
    expect(timeToRestore.band(restore)).toBe('elite (2021)');
  });

  it('is 0% and elite without an incident, where nothing is known', async () => {
    const repo = 'devlake/quiet';
    await deploy(repo, ['a', '2024-03-05', { is_failure: true, evidence: 'revert' }]);
    const row = await ask(changeFailRate, repo);
    expect(row).toMatchObject({ value: 0, only_ours: 1 });
    expect(changeFailRate.band(row)).toBe('elite (2023), elite (2021)');
    expect((await ask(changeFailRate, 'devlake/nothing')).value).toBeNull();
  });
});
