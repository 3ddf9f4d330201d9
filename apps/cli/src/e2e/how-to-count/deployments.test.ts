import { type DeploymentRow, deployments } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();
const afterBaseline = { since: '2026-03-02 00:00' };

describe('which deployment', () => {
  const shop = company.repository('ancestry', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1.0.0', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 12:00', '2026-03-02 14:00');
    // A fix on a maintenance line: later than the merge, and without it.
    commit('fix', '2026-03-03 08:00', { on: ['root'], offMain: true });
    deploy('v1.0.1', 'fix', '2026-03-03 12:00');
    deploy('v1.1.0', 'm1', '2026-03-04 12:00');
    deploy('v1.1.1', 'm1', '2026-03-05 12:00');
  });

  it('by ancestry: the first whose history contains the change, whatever was deployed since the merge', async () => {
    // Begun on the 2nd at 12:00, in v1.1.0 on the 4th at 12:00: 48 h. By time it would have been v1.0.1: 24 h.
    const figure = await shop.figure('change_lead_time', {
      ...afterBaseline,
      filters: { kind: ['pull_request'] },
    });
    expect(figure).toMatchObject({ value: 48 * HOUR, n: 1, total: 1 });
  });
});

describe('the first deployment of a service', () => {
  const shop = company.repository('baseline', ({ commit, squash, deploy }) => {
    commit('root', '2020-01-01 00:00');
    squash(1, '2024-01-01 00:00', '2024-01-02 00:00');
    deploy('v1', 'm1', '2026-03-02 12:00');
    squash(2, '2026-03-02 13:00', '2026-03-02 14:00');
    deploy('v2', 'm2', '2026-03-02 15:00');
  });

  it('is a baseline: what it carried is unknown, never a lead time of years, never dropped without saying so', async () => {
    // Three changes: the root and the first pull request in the baseline, the second took 13:00 → 15:00.
    const figure = await shop.figure('change_lead_time');
    expect(figure).toMatchObject({ value: 2 * HOUR, n: 1, total: 3, gaps: { baseline: 2 } });
    expect(await shop.figure('cycle_time')).toMatchObject({ n: 1, total: 2, gaps: { baseline: 1 } });
    // What was new in it nobody knows; it happened all the same.
    expect(await shop.figure('deployment_batch_size')).toMatchObject({ value: 1, n: 1, total: 2 });
    expect(await shop.figure('deployment_frequency')).toMatchObject({ value: 2 });
  });
});

describe('deployment time', () => {
  const shop = company.repository('first-success', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'm1', '2026-03-02 10:30', { started_at: at('2026-03-02 10:00') });
    deploy('v3', 'm1', '2026-03-09 10:00');
  });

  it('is the first success; a deployment that later turns "inactive" has not moved', async () => {
    // 08:00 → 10:30, not → 10:00 when it began, nor → the 9th when it was replaced.
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2.5 * HOUR, n: 1 });
    // v2 and v3, each once.
    expect(await shop.figure('deployment_frequency', afterBaseline)).toMatchObject({ value: 2 });

    // Collected again after v3 made v2 "inactive": the same deployment with the same first success.
    const before = await shop.figures('deployment_frequency', { ...afterBaseline, grain: 'week' });
    await company.later(shop.repo, async (warehouse) => {
      const columns = Object.keys(deployments.columns) as (keyof DeploymentRow)[];
      const rows = await warehouse.readRows(deployments, columns, {
        sql: `deployment_id = '${shop.repo}!v2'`,
      });
      await warehouse.insert(
        deployments,
        rows.map((row) => ({ ...row, url: 'https://github.com/acme/first-success/deployments/2' })),
      );
    });
    expect(await shop.figures('deployment_frequency', { ...afterBaseline, grain: 'week' })).toEqual(before);
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2.5 * HOUR, n: 1 });
  });

  const tags = company.repository('tag-dates', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    const tag = { signal: 'tag' as const, finished_at_is_exact: false };
    deploy('v1.0.0', 'root', '2026-03-01 00:00', tag);
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00');
    deploy('v1.1.0', 'm1', '2026-03-02 12:00', tag);
  });

  it('of a tag without a date is that of its commit, and said to be so', async () => {
    // 08:00 → 12:00, when it may have been released any time later.
    expect(await tags.figure('change_lead_time', afterBaseline)).toMatchObject({
      value: 4 * HOUR,
      basis: { 'first_commit-undated': 1 },
    });
  });
});

describe('deployed before merged', () => {
  const shop = company.repository('early', ({ commit, sha, pullRequest, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('work', '2026-03-02 08:00', { offMain: true });
    deploy('v2', 'work', '2026-03-02 12:00');
    commit('merge', '2026-03-02 15:00', { on: ['root', 'work'], number: 1 });
    pullRequest(1, {
      created_at: at('2026-03-02 09:00'),
      ready_at: at('2026-03-02 09:00'),
      merged_at: at('2026-03-02 15:00'),
      merge_commit_sha: sha('merge'),
      commit_shas: [sha('work')],
      commit_authored_at: [at('2026-03-02 08:00')],
    });
  });

  it('lead time ends at the deployment; the deploy stage is 0 and flagged', async () => {
    // 08:00 → 12:00, although it was merged at 15:00.
    const figure = await shop.figure('change_lead_time', { since: '2026-03-02 00:00' });
    expect(figure).toMatchObject({ value: 4 * HOUR, n: 1 });
    expect(await shop.figure('deploy_time')).toMatchObject({
      value: 0,
      basis: { 'deployed-before-merge': 1 },
    });
    // Coding 08:00 → 09:00, the wait for the merge cut off by the deployment at 12:00: 1 + 3 + 0 = 4 h.
    expect(await shop.figure('coding_time')).toMatchObject({ value: HOUR });
    expect(await shop.figure('merge_wait_time')).toMatchObject({ value: 3 * HOUR });
    expect(await shop.figure('cycle_time')).toMatchObject({ value: 4 * HOUR });
  });
});

describe('deployed before merged, and squashed', () => {
  const shop = company.repository('early-squash', ({ commit, sha, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('own m1', '2026-03-02 08:00', { on: ['root'], offMain: true });
    deploy('v2', 'own m1', '2026-03-02 12:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 15:00', { commit_shas: [sha('own m1')] });
    deploy('v3', 'm1', '2026-03-02 18:00');
  });

  it('lead time ends where the branch was deployed, which the squash no longer contains', async () => {
    // 08:00 → 12:00, not → 18:00 with the merge commit.
    const figure = await shop.figure('change_lead_time', afterBaseline);
    expect(figure).toMatchObject({ value: 4 * HOUR, n: 1, total: 1 });
  });
});

describe('environments', () => {
  const shop = company.repository('regions', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    const [eu, us] = [{ environment: 'prod-eu' }, { environment: 'prod-us' }];
    const staging = { environment: 'staging', environment_kind: 'staging' as const };
    for (const [index, place] of [eu, us, staging].entries()) {
      deploy(`first-${String(index)}`, 'root', '2026-03-01 01:00', place);
    }
    squash(1, '2026-03-02 10:00', '2026-03-02 10:30');
    deploy('s', 'm1', '2026-03-02 11:00', staging);
    deploy('eu', 'm1', '2026-03-02 12:00', eu);
    deploy('us', 'm1', '2026-03-02 15:00', us);
  });

  it('several production environments are each their own', async () => {
    // 10:00 → 12:00 and 10:00 → 15:00; staging at 11:00 is none of them.
    expect(await shop.valuesBy('change_lead_time', 'environment', afterBaseline)).toEqual({
      'prod-eu': 2 * HOUR,
      'prod-us': 5 * HOUR,
    });
    expect(await shop.valuesBy('deployment_frequency', 'environment', afterBaseline)).toEqual({
      'prod-eu': 1,
      'prod-us': 1,
    });
  });

  it('a change that reached several counts once, when it reached the first', async () => {
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({
      value: 2 * HOUR,
      n: 1,
      total: 1,
    });
  });
});
