import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();

describe('change', () => {
  const shop = company.repository('change', ({ sha, commit, pullRequest, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('one', '2026-03-02 08:00', { offMain: true });
    commit('two', '2026-03-02 09:00', { on: ['one'], offMain: true });
    commit('merge', '2026-03-02 12:00', { on: ['root', 'two'], number: 1 });
    pullRequest(1, {
      merged_at: at('2026-03-02 12:00'),
      merge_commit_sha: sha('merge'),
      commit_shas: [sha('one'), sha('two')],
      commit_authored_at: [at('2026-03-02 08:00'), at('2026-03-02 09:00')],
    });
    commit('direct', '2026-03-02 15:00');
    commit('sync', '2026-03-02 16:00', { on: ['direct', 'two'], subject: 'Merge branch topic' });
    deploy('v2', 'sync', '2026-03-02 18:00');
  });

  it('is a merged pull request, and where there is none a commit on the default branch', async () => {
    // The pull request: 08:00 → 18:00 = 10 h. The commit without one: 15:00 → 18:00 = 3 h. The root has no value,
    // and a merge that is no pull request is no change.
    expect(await shop.valuesBy('change_lead_time', 'kind')).toEqual({
      pull_request: 10 * HOUR,
      commit: 3 * HOUR,
    });
    expect(await shop.figure('change_lead_time')).toMatchObject({ value: 6.5 * HOUR, n: 2, total: 3 });
  });

  it('is also known by commit', async () => {
    const rows = await company.query<{ count: number }>(
      `SELECT count() AS count FROM facts.commit_deployments FINAL WHERE repo = '${shop.repo}'`,
    );
    // one, two, their merge, the direct one and the merge that is no change; what the baseline carried has no row.
    expect(rows).toEqual([{ count: 5 }]);
  });
});

describe('commit time', () => {
  const shop = company.repository('commit-time', ({ commit, sha, pullRequest, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('rebased', '2026-03-03 08:00', { authored: '2026-03-02 08:00' });
    pullRequest(1, {
      created_at: at('2026-03-02 09:00'),
      merged_at: at('2026-03-03 08:00'),
      merge_commit_sha: sha('rebased'),
      commit_shas: [sha('as pushed')],
      commit_authored_at: [at('2026-03-02 08:00')],
    });
    deploy('v2', 'rebased', '2026-03-03 10:00');
  });

  const wrongClock = company.repository('commit-time-wrong-clock', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 13:00', '2026-03-02 12:00');
    deploy('v2', 'm1', '2026-03-02 14:00');
  });

  it('is not believed when it lies after the merge: the clock starts at the merge, and says so', async () => {
    // Merged at 12:00, deployed at 14:00: 2 h, without a band.
    expect(
      await wrongClock.figure('change_lead_time', { filters: { kind: ['pull_request'] } }),
    ).toMatchObject({ value: 2 * HOUR, basis: { merge: 1 } });
  });

  it('is the earliest author date, which a rebase keeps', async () => {
    // Authored on the 2nd at 08:00, deployed on the 3rd at 10:00: 26 h. By the committer date it would be 2 h.
    expect(
      await shop.figure('change_lead_time', { groupBy: ['starts_at'], filters: { kind: ['pull_request'] } }),
    ).toMatchObject({ value: 26 * HOUR, group: { starts_at: 'first_commit' } });
  });

  const git = company.repository('commit-time-git', ({ commit, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('rebased', '2026-03-03 08:00', { authored: '2026-03-02 08:00' });
    commit('squashed', '2026-03-03 08:30', { number: 7 });
    deploy('v2', 'squashed', '2026-03-03 10:00');
  });

  it('is kept from a clone alone; a squash that hides it starts at the merge and says so', async () => {
    // 26 h as above; the squash was merged at 08:30: 1.5 h, "merge to release".
    expect(await git.valuesBy('change_lead_time', 'starts_at')).toEqual({
      first_commit: 26 * HOUR,
      merge: 1.5 * HOUR,
    });
  });
});

describe('squash, rebase, merge queue', () => {
  const squash = company.repository('squash', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00');
    deploy('v2', 'm1', '2026-03-02 13:00');
  });

  it('a squash: the merge commit is the key, the clock that of its own commits', async () => {
    // 08:00 → 13:00
    expect(await squash.figure('change_lead_time', { filters: { kind: ['pull_request'] } })).toMatchObject({
      value: 5 * HOUR,
      n: 1,
      total: 1,
    });
  });

  const rebase = company.repository('rebase', ({ commit, sha, pullRequest, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('one again', '2026-03-02 12:00', { authored: '2026-03-02 08:00', subject: 'One' });
    commit('two again', '2026-03-02 12:00', { authored: '2026-03-02 09:00', subject: 'Two' });
    pullRequest(1, {
      merged_at: at('2026-03-02 12:00'),
      merge_commit_sha: sha('two again'),
      commit_shas: [sha('one'), sha('two')],
      commit_authored_at: [at('2026-03-02 08:00'), at('2026-03-02 09:00')],
    });
    deploy('v2', 'two again', '2026-03-02 13:00');
  });

  it('a rebase: all its commits are one change', async () => {
    // 08:00 → 13:00; as three changes it would be {5, 5, 4}.
    const figure = await rebase.figure('change_lead_time', { since: '2026-03-02 00:00' });
    expect(figure).toMatchObject({ value: 5 * HOUR, n: 1, total: 1 });
  });

  const queue = company.repository('queue', ({ commit, squash, event, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00');
    squash(2, '2026-03-02 09:00', '2026-03-02 12:00');
    event(1, 'queued', '2026-03-02 11:00');
    event(1, 'dequeued', '2026-03-02 11:10');
    event(1, 'queued', '2026-03-02 11:20');
    event(1, 'queued', '2026-03-02 11:30');
    event(1, 'merged', '2026-03-02 12:00');
    deploy('v2', 'm2', '2026-03-02 13:00');
  });

  it('a merge queue that lands two at once: each is a change, and all stays in the queue count', async () => {
    // 08:00 → 13:00 and 09:00 → 13:00: the median of 5 h and 4 h.
    const figure = await queue.figure('change_lead_time', { filters: { kind: ['pull_request'] } });
    expect(figure).toMatchObject({ value: 4.5 * HOUR, n: 2 });
    // 10 min until it was thrown out, 40 min until it was merged, though it was queued again meanwhile; the second one never was in a queue.
    expect(await queue.figure('merge_queue_time')).toMatchObject({ value: 50 * 60, n: 1, total: 2 });
  });

  const fallback = company.repository('fallback', ({ commit, sha, pullRequest, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    commit('pushed', '2026-03-02 08:00');
    commit('picked', '2026-03-02 12:00', { authored: '2026-03-02 09:00', cherry_picked_from: sha('work') });
    const merged = { merged_at: at('2026-03-02 12:00'), merge_commit_sha: null };
    const [began, later] = [at('2026-03-02 08:00'), at('2026-03-02 09:00')];
    pullRequest(1, { ...merged, commit_shas: [sha('pushed')], commit_authored_at: [began] });
    pullRequest(2, { ...merged, commit_shas: [sha('work')], commit_authored_at: [later] });
    deploy('v2', 'picked', '2026-03-02 13:00');
  });

  it('without a merge commit: its own commits, and "cherry picked from", are the fallback', async () => {
    // 08:00 → 13:00 by its own commit, 09:00 → 13:00 by the copy of it: the median of 5 h and 4 h.
    const figure = await fallback.figure('change_lead_time', { filters: { kind: ['pull_request'] } });
    expect(figure).toMatchObject({ value: 4.5 * HOUR, n: 2, total: 2 });
  });

  const picked = company.repository('picked', ({ commit, sha, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1.0.0', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 10:00');
    // The fix goes out on a maintenance line before the default branch does.
    commit('copy', '2026-03-02 11:00', { on: ['root'], offMain: true, cherry_picked_from: sha('m1') });
    deploy('v1.0.1', 'copy', '2026-03-02 12:00');
    deploy('v1.1.0', 'm1', '2026-03-04 08:00');
  });

  it('a change that was cherry-picked was delivered with its copy', async () => {
    // 08:00 → 12:00 with v1.0.1, not two days with v1.1.0.
    const figure = await picked.figure('change_lead_time', { filters: { kind: ['pull_request'] } });
    expect(figure).toMatchObject({ value: 4 * HOUR, n: 1, total: 1 });
  });
});
