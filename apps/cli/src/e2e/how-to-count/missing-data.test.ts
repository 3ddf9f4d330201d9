import { deployments, truncations } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { DAY, HOUR } from './when.ts';

const company = smallCompany();

describe('merged, not yet deployed', () => {
  const shop = company.repository('waiting', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'm1', '2026-03-02 12:00');
    squash(2, '2026-03-04 08:00', '2026-03-05 12:00');
    squash(3, '2026-03-06 08:00', '2026-03-07 12:00');
    squash(4, '2026-03-06 08:00', '2026-03-08 12:00', { author_key: 'renovate', author_is_bot: true });
  });

  it('is shown as such, with its age', async () => {
    // At noon of the 10th: merged on the 5th and the 7th, 5 d and 3 d ago. The first one is deployed,
    // the fourth is a bot's.
    expect(await shop.figure('changes_awaiting_deployment', { until: '2026-03-10 12:00' })).toMatchObject({
      value: 2,
      ageSeconds: 4 * DAY,
      ageP75Seconds: 4.5 * DAY,
    });
    // Two hours before v2 one change waited: the one that it brought.
    expect(await shop.figure('changes_awaiting_deployment', { until: '2026-03-02 10:00' })).toMatchObject({
      value: 1,
      ageSeconds: HOUR,
    });
    // When the first deployment was still to come, nobody can say what was in production.
    const before = await shop.figure('changes_awaiting_deployment', { until: '2026-03-01 00:30' });
    expect(before).toMatchObject({ value: null, gaps: { baseline: 1 } });
    expect(await shop.figure('deployment_link_rate')).toMatchObject({
      n: 3,
      total: 4,
      gaps: { baseline: 1 },
    });
    // Of the three merged since the first deployment one was deployed.
    expect(await shop.figure('deployment_link_rate', { since: '2026-03-02 00:00' })).toMatchObject({
      value: 1 / 3,
    });
  });

  it('has no lead time and no cycle time', async () => {
    const march = { since: '2026-03-02 00:00' };
    expect(await shop.figure('change_lead_time', march)).toMatchObject({ value: 4 * HOUR, n: 1, total: 1 });
    expect(await shop.figure('cycle_time', march)).toMatchObject({ value: 4 * HOUR, n: 1, total: 1 });
    expect(await shop.figure('deploy_time', march)).toMatchObject({ value: 3 * HOUR, n: 1, total: 1 });
    // Their other stages are over: from ready to the merge 1, 28 and 28 h.
    expect(await shop.figure('merge_wait_time', march)).toMatchObject({ value: 28 * HOUR, n: 3, total: 3 });
  });

  const never = company.repository('never-deployed', ({ commit, squash }) => {
    commit('root', '2026-03-01 00:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
  });

  it('is not said where nothing was ever deployed', async () => {
    const waiting = await never.figure('changes_awaiting_deployment', { until: '2026-03-10 12:00' });
    expect(waiting).toMatchObject({ value: null, gaps: { 'never-deployed': 2 } });
    expect(await never.figure('deployment_link_rate')).toMatchObject({ value: null, n: 0, total: 2 });
    expect(await never.figure('deployment_frequency')).toMatchObject({ value: null });
  });
});

describe('what is not known', () => {
  const undated = company.repository('undated', ({ commit, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('odd', '2026-03-02 08:00', { authored_at: null, committed_at: null });
    deploy('v2', 'odd', '2026-03-02 12:00');
  });

  it('a commit whose dates cannot be believed: a row without a value, in no figure by merge', async () => {
    const figure = await undated.figure('change_lead_time', { since: '2026-03-02 00:00' });
    expect(figure).toMatchObject({ value: null, n: 0, total: 1, gaps: { 'unknown-start': 1 } });
    expect(await undated.figure('deployment_link_rate')).toMatchObject({ total: 1 });
    expect(await undated.findings()).toContain('unrealistic-commit-date');
  });

  const lost = company.repository('lost-revision', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'nobody has it', '2026-03-02 10:00');
    deploy('v3', '', '2026-03-02 11:00', { sha: null });
    deploy('v4', 'm1', '2026-03-02 12:00');
  });

  it('a deployment whose revision is unknown happened, and carries nothing', async () => {
    expect(await lost.figure('deployment_frequency')).toMatchObject({ value: 4 });
    // Three of four say their revision; that one of them is not at hand is a finding.
    expect(await lost.figure('deployment_revision_rate')).toMatchObject({ value: 3 / 4 });
    expect(await lost.findings()).toContain('unknown-deployment-commit');
    // 08:00 → 12:00: the first that is known to contain it.
    expect(await lost.figure('change_lead_time', { since: '2026-03-02 00:00' })).toMatchObject({
      value: 4 * HOUR,
    });
  });

  const cut = company.repository('cut-lists', ({ commit, squash, review }) => {
    commit('root', '2026-03-01 00:00');
    const files = { file_paths: ['a.ts'], file_additions: [10], file_deletions: [5] };
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00', { ...files, changed_file_count: 1 });
    squash(2, '2026-03-02 08:00', '2026-03-02 09:00', { ...files, changed_file_count: 3000 });
    squash(3, '2026-03-02 08:00', '2026-03-02 09:00', {
      additions: 7,
      changed_file_count: 2,
      review_count: 1,
    });
    review(1, '2026-03-02 08:30', { comment_count: 2 });
  });

  it('lists that the source cut give no size and no verdict about reviews', async () => {
    // 10 + 5 lines; of the second only one file of 3,000 is known, of the third none.
    expect(await cut.figure('pull_request_size')).toMatchObject({
      value: 15,
      n: 1,
      total: 3,
      gaps: { 'files-cut': 1, 'files-unknown': 1 },
    });
    // The second had no review; the third had one that is not at hand.
    expect(await cut.figure('self_merge_rate')).toMatchObject({
      value: 1 / 2,
      n: 2,
      gaps: { 'reviews-unknown': 1 },
    });
    expect(await cut.figure('review_depth')).toMatchObject({
      value: 2,
      n: 1,
      gaps: { 'no-review': 1, 'reviews-unknown': 1 },
    });
  });

  const empty = company.repository('empty', ({ commit }) => commit('root', '2026-03-01 00:00'));

  it('a repository without builds, incidents or pull requests has no zero anywhere but the number of what was seen', async () => {
    for (const metric of [
      'ci_success_rate',
      'incidents',
      'pull_request_size',
      'self_merge_rate',
      'ci_cost',
    ]) {
      expect(await empty.figure(metric), metric).toMatchObject({ value: null, n: 0, total: 0 });
    }
  });
});

describe('negative durations', () => {
  const shop = company.repository('negative', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00');
    deploy('v2', 'm1', '2026-03-02 07:00');
  });

  it('are a data-quality finding, and null', async () => {
    // Work that began at 08:00 was deployed at 07:00.
    const figure = await shop.figure('change_lead_time', { since: '2026-03-02 00:00' });
    expect(figure).toMatchObject({ value: null, n: 0, total: 1, gaps: { negative: 1 } });
    expect(await shop.figure('cycle_time')).toMatchObject({ value: null, n: 0, gaps: { negative: 1 } });
    expect(await shop.findings()).toEqual(expect.arrayContaining(['negative-lead-time', 'negative-stage']));
  });
});

describe('what is wrong with the data', () => {
  const shop = company.repository('mended', ({ repo, commit, deploy, put }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 12:00');
    deploy('v2', 'nobody has it', '2026-03-02 12:00');
    const cut = { repo, source: 'github', stream: 'commits', reason: 'cut-list' as const };
    put(truncations, { ...cut, entity: '1', detail: '250 of 300' });
    put(truncations, { ...cut, entity: '2', detail: '250 of 400' });
  });
  const now = { until: '2099-01-01 00:00' };

  it('what has been mended, or read in full, since is left out', async () => {
    expect(await shop.valuesBy('data_findings', 'finding', now)).toMatchObject({
      'unknown-deployment-commit': 1,
    });
    expect(await shop.figure('truncations', now)).toMatchObject({ value: 2 });
    await company.later(shop.repo, async (warehouse) => {
      await warehouse.remove(deployments, [{ repo: shop.repo, deployment_id: `${shop.repo}!v2` }]);
      await warehouse.remove(truncations, [
        { repo: shop.repo, source: 'github', stream: 'commits', entity: '1', reason: 'cut-list' },
      ]);
    });
    const left = await shop.valuesBy('data_findings', 'finding', now);
    expect(left).not.toHaveProperty('unknown-deployment-commit');
    // What could not be read is no finding: it stands among the truncations.
    expect(left).not.toHaveProperty('cut-list');
    expect(await shop.figure('truncations', now)).toMatchObject({ value: 1 });
  });
});
