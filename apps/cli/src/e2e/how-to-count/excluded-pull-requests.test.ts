import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany({ pullRequests: { largeLines: 100 } });
const files = (lines: number) => ({
  file_paths: ['a.ts'],
  file_additions: [lines],
  file_deletions: [0],
  changed_file_count: 1,
});

describe('pull requests that flow metrics leave out', () => {
  const shop = company.repository('others', ({ sha, commit, squash, pullRequest, review, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    // From a fork to the default branch: a change like any other.
    squash(1, '2026-03-02 08:00', '2026-03-02 10:00', { ...files(10), is_from_fork: true });
    review(1, '2026-03-02 09:00');
    // Merged into a maintenance branch.
    commit('backport', '2026-03-02 11:00', { on: ['root'], offMain: true, number: 2 });
    pullRequest(2, {
      ...files(500),
      base_branch: 'release-1.x',
      merged_at: at('2026-03-02 11:00'),
      merge_commit_sha: sha('backport'),
    });
    // Closed without a merge; still open; open as a draft, and never ready.
    pullRequest(3, { ...files(700), closed_at: at('2026-03-03 08:00') });
    pullRequest(4, { ...files(900), created_at: at('2026-03-03 08:00') });
    pullRequest(5, { created_at: at('2026-03-03 09:00'), ready_at: null, is_draft: true });
    // Open to the maintenance branch.
    pullRequest(6, { base_branch: 'release-1.x' });
    // By a bot: merged, closed, open.
    const bot = { author_key: 'renovate', author_is_bot: true };
    squash(7, '2026-03-02 08:00', '2026-03-02 10:30', { ...files(999), ...bot });
    review(7, '2026-03-02 10:20');
    pullRequest(8, { ...bot, closed_at: at('2026-03-03 08:00') });
    pullRequest(9, { ...bot, created_at: at('2026-03-03 10:00') });
    // Without a pull request.
    commit('direct', '2026-03-02 12:00');
    deploy('v2', 'direct', '2026-03-02 14:00');
  });

  it('another branch than the default one, bots, what is not merged, and commits without a pull request', async () => {
    // Only the first: 10 lines, reviewed, merged to the default branch.
    for (const [metric, value] of [
      ['pull_request_size', 10],
      ['self_merge_rate', 0],
      ['change_revert_rate', 0],
      ['review_rounds', 1],
      ['review_depth', 0],
      ['coding_time', 0],
      ['pickup_time', HOUR],
      ['review_time', 0],
      ['merge_wait_time', HOUR],
      ['merge_queue_time', null],
      ['cycle_time', 6 * HOUR],
      ['deploy_time', 4 * HOUR],
    ] as const) {
      expect(await shop.figure(metric), metric).toMatchObject({ value, total: 1 });
    }
  });

  it('bots can be shown apart', async () => {
    const only = { filters: { bots: 'only' as const } };
    expect(await shop.figure('pull_request_size', only)).toMatchObject({ value: 999, total: 1 });
    expect(await shop.figure('abandoned_pull_requests', only)).toMatchObject({ value: 1 / 2, total: 2 });
    expect(await shop.figure('work_in_progress', only)).toMatchObject({ value: 1 });
  });

  it('abandoned: what is still open is neither abandoned nor finished', async () => {
    // One merged and one closed to the default branch.
    expect(await shop.figure('abandoned_pull_requests')).toMatchObject({ value: 1 / 2, total: 2 });
  });

  it('work in progress: what stands on the default branch, drafts among it', async () => {
    // At noon of the 3rd the fourth is 4 h and the draft 3 h old; the sixth is of another branch.
    const standing = { until: '2026-03-03 12:00' };
    expect(await shop.figure('work_in_progress', standing)).toMatchObject({
      value: 2,
      ageSeconds: 3.5 * HOUR,
    });
  });

  it('time to first review: a draft that was never ready was not waited for', async () => {
    // The first after an hour; the third was closed and the fourth is open without one.
    expect(await shop.figure('time_to_first_review')).toMatchObject({
      value: HOUR,
      n: 1,
      total: 3,
      gaps: { 'no-review': 1, 'not-yet-reviewed': 1 },
    });
  });
});

describe('reviews that review health leaves out', () => {
  const shop = company.repository('reviewed', ({ commit, squash, pullRequest, review }) => {
    commit('root', '2026-03-01 00:00');
    // Large, and approved without a word.
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00', files(100));
    review(1, '2026-03-02 10:00');
    review(1, '2026-03-02 08:10', { author_key: 'linter', author_is_bot: true, comment_count: 9 });
    review(1, '2026-03-02 08:20', { author_key: 'ann', has_body: true, state: 'commented' });
    // Small; large and only commented on; large and not reviewed.
    squash(2, '2026-03-02 08:00', '2026-03-02 12:00', files(99));
    review(2, '2026-03-02 11:00');
    squash(3, '2026-03-02 08:00', '2026-03-02 12:00', files(300));
    review(3, '2026-03-02 11:30', { state: 'commented', comment_count: 4 });
    squash(4, '2026-03-02 08:00', '2026-03-02 12:00', files(300));
    // Large, approved, and something was said.
    squash(5, '2026-03-02 08:00', '2026-03-02 12:00', files(300));
    review(5, '2026-03-02 12:00', { has_body: true });
    pullRequest(6, { created_at: at('2026-03-02 08:00') });
  });

  it('silent approvals: small ones, and those that nobody had approved', async () => {
    // The first and the fifth belong here; the first was silent: a bot's and the author's words are none.
    expect(await shop.figure('silent_approval_rate')).toMatchObject({ value: 1 / 2, n: 2, total: 2 });
  });

  it('self-merged: one of five that no other person had reviewed', async () => {
    expect(await shop.figure('self_merge_rate')).toMatchObject({ value: 1 / 5, total: 5 });
  });

  it('response time: reviews by bots and by the author, and requests that nobody has answered', async () => {
    // After 2, 3, 3.5 and 4 h: the median of the middle ones is 3.25 h.
    expect(await shop.figure('review_response_time')).toMatchObject({ value: 3.25 * HOUR, n: 4, total: 4 });
  });

  it('cross-team reviews: what no other person had reviewed says nothing of who reviews whom', async () => {
    // Four were reviewed; whose teams these are nobody knows.
    expect(await shop.figure('cross_team_review_rate')).toMatchObject({
      value: null,
      n: 0,
      total: 4,
      gaps: { 'team-unknown': 4 },
    });
  });
});

describe('size', () => {
  const shop = company.repository('sized', ({ commit, squash }) => {
    commit('root', '2026-03-01 00:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 12:00', {
      file_paths: ['src/a.ts', 'package-lock.json', 'vendor/x.go'],
      file_additions: [30, 5000, 900],
      file_deletions: [12, 4000, 0],
      changed_file_count: 3,
    });
  });

  it('leaves out what nobody wrote: lockfiles, generated and vendored files', async () => {
    // 30 + 12
    expect(await shop.figure('pull_request_size')).toMatchObject({ value: 42 });
  });
});
