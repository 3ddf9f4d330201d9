import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at } from './when.ts';

const company = smallCompany({ ci: { prices: [{ provider: 'actions', perMinute: 0.5 }] } });

describe('builds', () => {
  const shop = company.repository('verdicts', ({ sha, commit, build }) => {
    commit('root', '2026-03-01 00:00');
    build('good', '2026-03-02 08:00', { waits: 10, runs: 100 });
    build('bad', '2026-03-02 09:00', { waits: 20, runs: 200, conclusion: 'failure' });
    build('late', '2026-03-02 10:00', { waits: 30, runs: 300, conclusion: 'timed_out' });
    build('stopped', '2026-03-02 11:00', { waits: 40, runs: 5, conclusion: 'cancelled' });
    build('skipped', '2026-03-02 12:00', { runs: 1, conclusion: 'skipped', waits: 50 });
    build('running', '2026-03-02 13:00', { status: 'running', conclusion: '', finished_at: null });
    build('topic', '2026-03-02 14:00', { waits: 60, runs: 400, branch: 'topic', conclusion: 'failure' });
    // From a fork whose branch is called main as well.
    build('fork', '2026-03-02 15:00', {
      waits: 70,
      runs: 500,
      trigger: 'pull_request',
      conclusion: 'failure',
    });
    build('elsewhere', '2026-03-02 16:00', {
      waits: 80,
      runs: 600,
      provider: 'jenkins',
      sha: sha('x'),
      branch: 'y',
    });
  });

  it('success rate of the default branch: no other branches, no forks, nothing without a verdict', async () => {
    // good of {good, bad, late}; the three others of the default branch have no verdict.
    expect(await shop.figure('ci_success_rate')).toMatchObject({
      value: 1 / 3,
      n: 3,
      total: 6,
      gaps: { cancelled: 1, 'no-verdict': 1, unfinished: 1 },
    });
  });

  it('run time: what was cancelled or skipped ended early, and would make builds look quick', async () => {
    // {100, 200, 300, 400, 500, 600} → 350; with the 5 s and the 1 s it would be 250.
    expect(await shop.figure('ci_run_time')).toMatchObject({
      value: 350,
      n: 6,
      total: 9,
      gaps: { cancelled: 1, 'no-verdict': 1, unfinished: 1 },
    });
  });

  it('flaky: what was cancelled or skipped says nothing of the revision', async () => {
    expect(await shop.figure('flaky_run_rate')).toMatchObject({
      value: 0,
      n: 6,
      total: 9,
      gaps: { cancelled: 1, 'no-verdict': 1, unfinished: 1 },
    });
  });

  it('time lost: a cancelled attempt is 0 s, and so is a failure that told something', async () => {
    // Nothing failed twice or was flaky: eight known zeros.
    expect(await shop.figure('ci_time_lost')).toMatchObject({
      value: 0,
      n: 8,
      total: 9,
      gaps: { unfinished: 1 },
    });
  });

  it('cost: what has no price is not free', async () => {
    // Actions: 100 + 200 + 300 + 5 + 1 + 400 + 500 = 1506 s = 25.1 min at 0.5 a minute. Jenkins has no price.
    const { value, n, gaps } = await shop.figure('ci_cost');
    expect(value).toBeCloseTo(12.55, 9);
    expect({ n, gaps }).toEqual({ n: 7, gaps: { unfinished: 1, 'no-price': 1 } });
  });
});

describe('attempts', () => {
  const shop = company.repository('attempts', ({ commit, sha, build }) => {
    commit('root', '2026-03-01 00:00');
    const one = { sha: sha('one') };
    build('flaky', '2026-03-02 08:00', { ...one, waits: 10, runs: 100, conclusion: 'failure' });
    build('flaky', '2026-03-02 08:00', { ...one, attempt: 2, waits: 1000, runs: 120 });
    const two = { sha: sha('two'), conclusion: 'failure' as const };
    build('broken', '2026-03-02 09:00', { ...two, waits: 20, runs: 70 });
    build('broken', '2026-03-02 09:00', { ...two, attempt: 2, waits: 2000, runs: 80 });
    // The same revision by a schedule: a new run, and no attempt of the first.
    build('nightly', '2026-03-03 00:00', { ...one, waits: 30, runs: 90, trigger: 'schedule' });
  });

  it('queue time: a further attempt would seem to have waited since the first was made', async () => {
    // {10, 20, 30} → 20
    expect(await shop.figure('ci_queue_time')).toMatchObject({
      value: 20,
      n: 3,
      total: 5,
      gaps: { retry: 2 },
    });
  });

  it('retries: a new run of the same revision is none', async () => {
    expect(await shop.figure('ci_retry_rate')).toMatchObject({ value: 2 / 5, total: 5 });
  });

  it('flaky: the same revision with another result; a failure that stays one is not', async () => {
    expect(await shop.figure('flaky_run_rate')).toMatchObject({ value: 1 / 5, n: 5 });
  });

  it('time lost: the flaky failure and the one that only failed again, not the success in the end', async () => {
    // 100 s and 80 s; the first failure of the second revision told something.
    expect(await shop.figure('ci_time_lost')).toMatchObject({ value: 180, n: 5 });
  });
});

describe('time to green', () => {
  const shop = company.repository('red', ({ commit, build }) => {
    commit('root', '2026-03-01 00:00');
    const failure = { conclusion: 'failure' as const, runs: 0 };
    build('a', '2026-03-02 08:00');
    build('b', '2026-03-02 09:00', failure);
    build('c', '2026-03-02 10:00', failure);
    build('topic', '2026-03-02 10:30', { branch: 'topic', runs: 0 });
    build('d', '2026-03-02 11:00', { conclusion: 'cancelled' });
    build('e', '2026-03-02 12:00', { runs: 0 });
    build('f', '2026-03-02 13:00', failure);
  });

  it('further failures belong to the same red time, other branches mend nothing, and what is still red has no length', async () => {
    // Red at 09:00, green at 12:00; red again since 13:00.
    expect(await shop.figure('time_to_green')).toMatchObject({
      value: 3 * 3600,
      n: 1,
      total: 2,
      gaps: { 'still-red': 1 },
    });
  });
});

describe('jobs', () => {
  const shop = company.repository('jobs', ({ commit, build, job }) => {
    commit('root', '2026-03-01 00:00');
    build('b', '2026-03-02 08:00');
    const [started_at, finished_at] = [at('2026-03-02 08:00'), at('2026-03-02 08:03')];
    job('b', 'good', { started_at, finished_at, conclusion: 'success' });
    job('b', 'bad', { started_at, finished_at: at('2026-03-02 08:05'), conclusion: 'failure' });
    job('b', 'stopped', { started_at, finished_at: at('2026-03-02 08:01'), conclusion: 'cancelled' });
    job('b', 'skipped', { started_at, finished_at: started_at, conclusion: 'skipped' });
    job('b', 'never', { conclusion: 'success' });
    job('b', 'backwards', { started_at: finished_at, finished_at: started_at, conclusion: 'success' });
  });

  it('what was cancelled or skipped, and what has no time at all', async () => {
    // {3, 5} min → 4 min; the job without any instant is no row.
    expect(await shop.figure('ci_job_time')).toMatchObject({
      value: 240,
      n: 2,
      total: 5,
      gaps: { cancelled: 1, 'no-verdict': 1, negative: 1 },
    });
  });
});
