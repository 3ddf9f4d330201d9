import { changes, commits, deploymentOutcomes, incidents, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, change, HOUR, outcome } from '../../../test/rows.ts';
import { commit, incident } from '../../../test/rows/domain.ts';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import { askAsSystem, type DefinitionRequest } from '../compare-definitions.ts';
import type { RivalRow } from '../system.ts';
import { fourKeys } from './four-keys.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const MINUTE = 60;
const window = { since: at('2024-03-03'), until: at('2024-03-31'), timeZone: 'UTC' };
async function ask(
  file: string,
  repo: string,
  more: Partial<DefinitionRequest> = {},
): Promise<RivalRow & { band: string }> {
  const metric = fourKeys.metrics.find((each) => each.file === file);
  if (metric === undefined) throw new Error(`no ${file}`);
  const row = await askAsSystem(warehouse, fourKeys, metric, { ...window, repos: [repo], ...more });
  return { ...row, band: metric.band(row) } as unknown as RivalRow & { band: string };
}

describe('deployment frequency as Four Keys counts it', () => {
  it('is the interpolated median over Sunday weeks, of any environment, from the day after the first event', async () => {
    const repo = 'four-keys/days';
    const staging = { environment: 'staging', environment_kind: 'staging' };
    await warehouse.insert(commits, [commit({ repo, sha: 'a', committed_at: at('2024-03-09') })]);
    await warehouse.insert(
      deploymentOutcomes,
      (
        [
          // The first event is of Saturday the 9th: the calendar begins on Sunday the 10th, so three weeks.
          ['2024-03-10', {}],
          ['2024-03-11T01:00', {}],
          ['2024-03-11T02:00', {}],
          ['2024-03-16', staging],
          ['2024-03-17', {}],
        ] as const
      ).map(([when, more], index) =>
        outcome({ repo, deployment_id: String(index), finished_at: at(when), ...more }),
      ),
    );
    // Weeks of the 10th, 17th and 24th: 3, 1 and 0 days: median 1. Two of three weeks have one: weekly.
    expect(await ask('deployment-frequency.sql', repo)).toMatchObject({
      value: 1,
      n: 3,
      other_environments: 1,
      deployments: 5,
      deployed_days: 4,
      band: 'weekly',
    });
    // The first two weeks alone: {1, 3} → 2, and 3 days a week would be daily.
    expect(await ask('deployment-frequency.sql', repo, { until: at('2024-03-24') })).toMatchObject({
      value: 2,
    });
  });
});

describe('lead time as Four Keys computes it', () => {
  it('knows the commits of the deployed push, leaves out what took no minute, and counts equal ones of a day once', async () => {
    const repo = 'four-keys/lead';
    const finished_at = at('2024-03-12T12:00');
    await warehouse.insert(commits, [
      commit({ repo, sha: 'w1', committed_at: at('2024-03-12T10:00') }),
      commit({ repo, sha: 'w2', committed_at: at('2024-03-12T10:00:10') }),
      commit({ repo, sha: 'w3', committed_at: at('2024-03-12T06:00') }),
      commit({ repo, sha: 'merge', parents: ['x', 'w3'], committed_at: at('2024-03-12T11:59:30') }),
      commit({ repo, sha: 'earlier', committed_at: at('2024-03-01') }),
      commit({ repo, sha: 'squash', committed_at: at('2024-03-13T11:00') }),
    ]);
    await warehouse.insert(changes, [
      change({ repo, change_id: '1', merge_sha: 'merge', commit_shas: ['w1', 'w2', 'w3', 'merge'] }),
      change({ repo, change_id: '2', merge_sha: 'squash', commit_shas: ['squash', 'w0'] }),
    ]);
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at, sha: 'merge' }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-13T13:00'), sha: 'squash' }),
    ]);
    // v1: 120 min, 119 min, 360 min, and the merge half a minute: left out. v2: the squash alone, 120 min on another day.
    // 119, 120, 120, 360: median 120.
    expect(await ask('change-lead-time.sql', repo)).toMatchObject({
      value: 120 * MINUTE,
      n: 4,
      not_positive: 1,
      equal_pairs: 0,
      band: 'one day',
    });
  });

  it('counts commits of one day with equal minutes once', async () => {
    const repo = 'four-keys/equal';
    const committed_at = at('2024-03-12T10:00');
    await warehouse.insert(
      commits,
      ['a', 'b'].map((sha) => commit({ repo, sha, committed_at })),
    );
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-12T11:00'), sha: 'a' }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-12T11:00:20'), sha: 'b' }),
      outcome({
        repo,
        deployment_id: 'v3',
        finished_at: at('2024-03-12T13:00'),
        sha: 'b',
        environment: 'test',
      }),
    ]);
    // 60 min twice, 180 min once: {60, 180} → 120.
    expect(await ask('change-lead-time.sql', repo)).toMatchObject({
      value: 120 * MINUTE,
      n: 2,
      equal_pairs: 1,
    });
  });
});

describe('failures as Four Keys attributes them', () => {
  it('divides joined rows by deployments, and can exceed 100%', async () => {
    const repo = 'four-keys/fail';
    await warehouse.insert(commits, [commit({ repo, sha: 'abc1234', committed_at: at('2024-03-11') })]);
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-12'), sha: 'abc1234' }),
    ]);
    await warehouse.insert(incidents, [
      // By its sha, by the deployment's name; and one that names nothing.
      incident({
        repo,
        incident_id: '1',
        opened_at: at('2024-03-13'),
        resolved_at: at('2024-03-13T05:00'),
        caused_by: 'abc1234',
      }),
      incident({ repo, incident_id: '2', opened_at: at('2024-03-13'), resolved_at: null, caused_by: 'v1' }),
      incident({ repo, incident_id: '3', opened_at: at('2024-03-14'), resolved_at: at('2024-03-14T00:50') }),
    ]);
    const rate = await ask('change-fail-rate.sql', repo);
    expect(rate).toMatchObject({ value: 2, n: 1, rows: 2, repeated: 1, unnamed: 1, band: '46–60%' });

    // From the deployment on 12 March until the 13th, 05:00: 29 h. 50 minutes are 0 h. The other is open: {0, 29} → 14.5.
    expect(await ask('recovery-time.sql', repo)).toMatchObject({
      value: 14.5 * HOUR,
      n: 2,
      open: 1,
      from_deployment: 1,
      without_cause: 1,
      band: 'one day',
    });
  });

  it('tells what failed here alone of production, which is what our rate is of', async () => {
    const repo = 'four-keys/only-ours';
    const failed = { repo, finished_at: at('2024-03-12'), is_failure: true, evidence: 'rollback' } as const;
    await warehouse.insert(deploymentOutcomes, [
      outcome({ ...failed, deployment_id: 'p1' }),
      outcome({ ...failed, deployment_id: 's1', environment: 'staging', environment_kind: 'staging' }),
      outcome({ ...failed, deployment_id: 's2', environment: 'staging', environment_kind: 'staging' }),
    ]);
    expect(await ask('change-fail-rate.sql', repo)).toMatchObject({ only_ours: 1 });
  });

  it('has no figure where nothing is known', async () => {
    for (const { file } of fourKeys.metrics) {
      expect((await ask(file, 'four-keys/nothing')).value, file).toBeNull();
    }
  });
});
