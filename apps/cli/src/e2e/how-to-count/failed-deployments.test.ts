import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { threeReleases } from './three-releases.ts';

const company = smallCompany();

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
    expect(await named.figure('change_fail_rate')).toMatchObject({
      value: 1 / 3,
      numerator: 1,
      denominator: 3,
    });
  });

  const rollback = company.repository('rollback', (story) => {
    threeReleases(story);
    story.deploy('V1 again', 'root', '2026-03-03 13:00');
  });

  it('a rollback, V1, V2, V3, V1: one failure, charged to V2; V3 is marked undone', async () => {
    expect(await failuresOf(rollback.repo)).toEqual([
      { ref: 'V2', evidence: 'rollback', confidence: 'high' },
    ]);
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

  const landedAgain = company.repository('landed-again', (story) => {
    threeReleases(story, { reverts_number: 1 });
    story.squash(3, '2026-03-04 08:00', '2026-03-04 10:00', { reverts_number: 2 });
    story.deploy('V4', 'm3', '2026-03-04 12:00');
  });

  it('a revert of a revert: landing a change again is no failure of the deployment that had taken it back', async () => {
    expect(await failuresOf(landedAgain.repo)).toEqual([
      { ref: 'V2', evidence: 'revert', confidence: 'medium' },
    ]);
    expect(await landedAgain.figure('change_fail_rate')).toMatchObject({ value: 1 / 4 });
  });

  const unplanned = company.repository('unplanned', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-02 13:00', { caused_by: `${story.repo}!V2` });
    story.deploy('V4', 'm2', '2026-03-03 13:00', { is_planned: false });
    story.deploy('V5', 'm2', '2026-03-04 13:00');
  });

  it('rework: a deployment that nobody had planned, after a failure', async () => {
    // V4, of five; V3 and V5 were planned.
    expect(await unplanned.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 5, numerator: 1 });
  });

  const hotfix = company.repository('hotfix', (story) => {
    threeReleases(story, { head_branch: 'hotfix/checkout' });
  });

  it('a hotfix by its branch: the deployment before it failed', async () => {
    expect(await failuresOf(hotfix.repo)).toEqual([{ ref: 'V2', evidence: 'hotfix', confidence: 'low' }]);
    expect(await hotfix.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 3 });
  });

  const labelled = company.repository('hotfix-label', (story) => {
    threeReleases(story, { labels: ['bug', 'Hotfix'] });
  });

  it('a hotfix by its label, whatever its branch is called', async () => {
    expect(await failuresOf(labelled.repo)).toEqual([{ ref: 'V2', evidence: 'hotfix', confidence: 'low' }]);
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
    expect(await failuresOf(inWindow.repo)).toEqual([
      { ref: 'V3', evidence: 'incident-window', confidence: 'low' },
    ]);
    expect(await inWindow.figure('change_fail_rate')).toMatchObject({ value: 1 / 3 });
  });

  it('an incident after the window is held against none', async () => {
    // 24 h and a minute after V3.
    expect(await afterWindow.figure('change_fail_rate')).toMatchObject({ value: 0, denominator: 3 });
    expect(await afterWindow.figure('change_caused_incident_rate')).toMatchObject({
      value: 0,
      denominator: 1,
    });
  });

  const forward = company.repository('forward-again', (story) => {
    threeReleases(story);
    story.deploy('V2 again', 'm1', '2026-03-03 13:00');
    story.deploy('V3 again', 'm2', '2026-03-04 12:00');
  });

  it('a rollback: going forward again is none', async () => {
    // V3 was undone and came back: one failure of five deployments, one of them rework.
    expect(await failuresOf(forward.repo)).toEqual([{ ref: 'V3', evidence: 'rollback', confidence: 'high' }]);
    expect(await forward.figure('change_fail_rate')).toMatchObject({ value: 1 / 5 });
    expect(await forward.figure('deployment_rework_rate')).toMatchObject({ value: 1 / 5 });
  });

  const ofService = company.repository('of-service', ({ commit, squash, deploy, incident }) => {
    commit('root', '2026-03-01 00:00');
    for (const service of ['api', 'web']) deploy(`${service} 1`, 'root', '2026-03-01 12:00', { service });
    squash(1, '2026-03-02 08:00', '2026-03-02 10:00');
    deploy('api 2', 'm1', '2026-03-02 12:00', { service: 'api' });
    deploy('web 2', 'm1', '2026-03-02 12:30', { service: 'web' });
    incident('9', '2026-03-02 13:00', { service: 'api' });
  });

  it('an incident of one service is held against that service, though another was deployed since', async () => {
    expect(await ofService.valuesBy('change_fail_rate', 'service')).toEqual({ api: 1 / 2, web: 0 });
  });

  const strongest = company.repository('strongest', (story) => {
    threeReleases(story, { head_branch: 'hotfix/checkout', reverts_number: 1 });
    story.incident('9', '2026-03-02 13:00', { caused_by: `${story.repo}!V2` });
  });

  it('several kinds of evidence are one failure, and the strongest is stored', async () => {
    expect(await failuresOf(strongest.repo)).toEqual([
      { ref: 'V2', evidence: 'incident', confidence: 'high' },
    ]);
  });
});
