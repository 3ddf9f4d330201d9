import { deployments } from '@bellwether/warehouse';
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
    const figure = await shop.figure('change_lead_time', { ...afterBaseline, filters: { kind: ['pull_request'] } });
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
  const shop = company.repository('first-success', ({ repo, sha, commit, squash, deploy, put }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'm1', '2026-03-02 10:30', { started_at: at('2026-03-02 10:00') });
    // Collected again on the 9th, after v3 made it "inactive": the same deployment with the same first success.
    put(deployments, {
      repo,
      deployment_id: `${repo}!v2`,
      service: 'first-success',
      environment: 'production',
      is_counted: true,
      sha: sha('m1'),
      ref: 'v2',
      is_planned: true,
      started_at: at('2026-03-02 10:00'),
      finished_at: at('2026-03-02 10:30'),
      finished_at_is_exact: true,
      url: 'https://github.com/acme/first-success/deployments/2',
    });
    deploy('v3', 'm1', '2026-03-09 10:00');
  });

  it('is the first success; a deployment that later turns "inactive" has not moved', async () => {
    // 08:00 → 10:30, not → 10:00 when it began, nor → the 9th when it was replaced.
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2.5 * HOUR, n: 1 });
    // v2 and v3, each once.
    expect(await shop.figure('deployment_frequency', afterBaseline)).toMatchObject({ value: 2 });
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
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2 * HOUR, n: 1, total: 1 });
  });
});

describe('what is no deployment to production', () => {
  const shop = company.repository('announced', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'm1', '2026-03-02 10:00');
    deploy('tag-v2', 'm1', '2026-03-02 09:30', { signal: 'tag' });
    deploy('alias', 'm1', '2026-03-02 10:10', { is_counted: false });
    deploy('v2-rc.1', 'm1', '2026-03-02 09:20', { environment_kind: 'prerelease', environment: 'prerelease' });
    deploy('broken', 'm1', '2026-03-02 09:40', { status: 'failure' });
    deploy('undated', 'm1', '2026-03-02 09:50', { finished_at: null });
  });

  it('other announcements, pre-releases, failed attempts and what has no date are not counted', async () => {
    // Of six rows after the baseline v2 alone.
    expect(await shop.figure('deployment_frequency', afterBaseline)).toMatchObject({ value: 1, total: 1 });
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2 * HOUR });
    expect(await shop.figure('deployment_batch_size', afterBaseline)).toMatchObject({ value: 1, total: 1 });
    expect(await shop.figure('deployment_revision_rate', afterBaseline)).toMatchObject({ value: 1, total: 1 });
    expect(await shop.findings()).toContain('unrealistic-deployment-date');
  });
});
