import { overrides } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import type { RepositoryStory } from './repository-story.ts';
import { smallCompany } from './small-company.ts';
import { at } from './when.ts';

const company = smallCompany();

/** V1 is the first, V2 carries change 1, V3 carries change 2: at noon of the 1st, 2nd and 3rd of March. */
function threeReleases({ commit, squash, deploy }: RepositoryStory, second: Parameters<RepositoryStory['squash']>[3] = {}): void {
  commit('root', '2026-03-01 00:00');
  deploy('V1', 'root', '2026-03-01 12:00');
  squash(1, '2026-03-02 08:00', '2026-03-02 10:00');
  deploy('V2', 'm1', '2026-03-02 12:00');
  squash(2, '2026-03-03 08:00', '2026-03-03 10:00', second);
  deploy('V3', 'm2', '2026-03-03 12:00');
}

interface Failed {
  ref: string;
  evidence: string;
  confidence: string;
}
const failuresOf = (repo: string): Promise<Failed[]> =>
  company.query<Failed>(
    `SELECT ref, evidence, confidence FROM metrics.change_fail_rate WHERE repo = '${repo}' AND value = 1 ORDER BY ref`,
  );

describe('failed deployment', () => {
  const named = company.repository('named', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-10 00:00', { caused_by: `${story.repo}!V2` });
  });

  it('an incident names the deployment: that one failed, however late it was opened', async () => {
    expect(await failuresOf(named.repo)).toEqual([{ ref: 'V2', evidence: 'incident', confidence: 'high' }]);
    // One of three, the first included.
    expect(await named.figure('change_fail_rate')).toMatchObject({ value: 1 / 3, numerator: 1, denominator: 3 });
  });

  const rollback = company.repository('rollback', (story) => {
    threeReleases(story);
    story.deploy('V1 again', 'root', '2026-03-03 13:00');
  });

  it('a rollback, V1, V2, V3, V1: one failure, charged to V2; V3 is marked undone', async () => {
    expect(await failuresOf(rollback.repo)).toEqual([{ ref: 'V2', evidence: 'rollback', confidence: 'high' }]);
    expect(await rollback.figure('change_fail_rate')).toMatchObject({ value: 1 / 4, denominator: 4 });
    const undone = await company.query(
      `SELECT ref FROM facts.deployment_outcomes FINAL WHERE repo = '${rollback.repo}' AND is_undone ORDER BY ref`,
    );
    expect(undone).toEqual([{ ref: 'V2' }, { ref: 'V3' }]);
    // The rollback itself is rework: one of four.
    expect(await rollback.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 4, numerator: 1 });
  });

  const revert = company.repository('revert', (story) => {
    threeReleases(story, { reverts_number: 1 });
  });

  it('a revert: the deployment failed whose change a later one takes back', async () => {
    expect(await failuresOf(revert.repo)).toEqual([{ ref: 'V2', evidence: 'revert', confidence: 'medium' }]);
    expect(await revert.figure('change_fail_rate')).toMatchObject({ value: 1 / 3 });
    expect(await revert.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 3 });
    // Of two merged pull requests one was taken back.
    expect(await revert.figure('change_revert_rate')).toMatchObject({ value: 1 / 2 });
  });

  const atOnce = company.repository('revert-at-once', ({ commit, squash, deploy, hasIncidentSource }) => {
    hasIncidentSource();
    commit('root', '2026-03-01 00:00');
    deploy('V1', 'root', '2026-03-01 12:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    squash(2, '2026-03-02 09:00', '2026-03-02 10:00', { reverts_number: 1 });
    deploy('V2', 'm2', '2026-03-02 12:00');
  });

  it('original and revert in the same deployment is no failure', async () => {
    expect(await atOnce.figure('change_fail_rate')).toMatchObject({ value: 0, numerator: 0, denominator: 2 });
    expect(await atOnce.figure('deployment_rework_rate')).toMatchObject({ value: 0 });
  });

  const hotfix = company.repository('hotfix', (story) => {
    threeReleases(story, { head_branch: 'hotfix/checkout' });
  });

  it('a hotfix by its branch: the deployment before it failed', async () => {
    expect(await failuresOf(hotfix.repo)).toEqual([{ ref: 'V2', evidence: 'hotfix', confidence: 'low' }]);
    expect(await hotfix.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 3 });
  });

  const inWindow = company.repository('in-window', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-04 12:00');
  });
  const afterWindow = company.repository('after-window', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-04 12:01');
  });

  it('an incident of the same service within the window: the last deployment before it, with low confidence', async () => {
    // V3 at noon of the 3rd; the incident exactly 24 h later.
    expect(await failuresOf(inWindow.repo)).toEqual([{ ref: 'V3', evidence: 'incident-window', confidence: 'low' }]);
    expect(await inWindow.figure('change_fail_rate')).toMatchObject({ value: 1 / 3 });
  });

  it('an incident after the window is held against none', async () => {
    // 24 h and a minute after V3.
    expect(await afterWindow.figure('change_fail_rate')).toMatchObject({ value: 0, denominator: 3 });
    expect(await afterWindow.figure('change_caused_incident_rate')).toMatchObject({ value: 0, denominator: 1 });
  });

  const strongest = company.repository('strongest', (story) => {
    threeReleases(story, { head_branch: 'hotfix/checkout', reverts_number: 1 });
    story.incident('9', '2026-03-02 13:00', { caused_by: `${story.repo}!V2` });
  });

  it('several kinds of evidence are one failure, and the strongest is stored', async () => {
    expect(await failuresOf(strongest.repo)).toEqual([{ ref: 'V2', evidence: 'incident', confidence: 'high' }]);
  });

  const overruled = company.repository('overruled', (story) => {
    threeReleases(story, { reverts_number: 1 });
    const ruling = { repo: story.repo, kind: 'failure' as const, ruled_at: at('2026-03-05 00:00') };
    story.put(overrides, { ...ruling, entity: `${story.repo}!V2`, ruling: 'no' });
    story.put(overrides, { ...ruling, entity: `${story.repo}!V3`, ruling: 'yes' });
  });

  it('a person can overrule, both ways', async () => {
    expect(await failuresOf(overruled.repo)).toEqual([{ ref: 'V3', evidence: 'override', confidence: 'high' }]);
    expect(await overruled.figure('deployment_rework_rate')).toMatchObject({ value: 0 });
  });
});

describe('a deployment attempt that never reached production', () => {
  const shop = company.repository('attempts', (story) => {
    threeReleases(story);
    story.hasIncidentSource();
    story.deploy('broken', 'm2', '2026-03-03 11:00', { status: 'failure' });
    story.deploy('stopped', 'm2', '2026-03-03 11:30', { status: 'cancelled' });
    story.deploy('running', 'm2', '2026-03-03 11:40', { status: 'in_progress' });
    story.deploy('staging', 'm2', '2026-03-03 11:40', { environment: 'staging', environment_kind: 'staging', status: 'failure' });
  });

  it('is the deployment success rate, and not a change failure', async () => {
    // Three of four that ended; what was cancelled or still runs has no value, and staging is another environment.
    expect(await shop.figure('deployment_success_rate')).toMatchObject({
      value: 3 / 4,
      n: 4,
      total: 6,
      gaps: { cancelled: 1, unfinished: 1 },
    });
    expect(await shop.figure('change_fail_rate')).toMatchObject({ value: 0, denominator: 3, total: 3 });
    expect(await shop.figure('deployment_rework_rate')).toMatchObject({ denominator: 3 });
  });

  const tags = company.repository('tags', ({ commit, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1.0.0', 'root', '2026-03-01 12:00', { signal: 'tag' });
  });

  it('is nothing that tags could tell: no rate of 100%', async () => {
    const figure = await tags.figure('deployment_success_rate');
    expect(figure).toMatchObject({ value: null, n: 0, total: 1, gaps: { 'failures-not-recorded': 1 } });
  });
});

describe('no incident source', () => {
  const silent = company.repository('elsewhere/silent', (story) => {
    threeReleases(story);
  });

  it('change fail rate is unknown, never 0%', async () => {
    for (const metric of ['change_fail_rate', 'deployment_rework_rate']) {
      const figure = await silent.figure(metric);
      expect(figure).toMatchObject({ value: null, n: 0, total: 3, gap: 'no-failure-evidence' });
    }
  });

  const rolledBack = company.repository('elsewhere/rolled-back', (story) => {
    threeReleases(story);
    story.deploy('V2 again', 'm1', '2026-03-03 13:00');
  });

  it('unless rollback and revert evidence exists, and then it says that this is all it rests on', async () => {
    // V3 was taken out again: one of four.
    expect(await rolledBack.figure('change_fail_rate')).toMatchObject({
      value: 1 / 4,
      n: 4,
      basis: { 'reverts-and-rollbacks': 4 },
    });
  });
});
