import { describe, expect, it } from 'vitest';
import type { RepositoryStory } from './repository-story.ts';
import { smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();
const metric = 'failed_deployment_recovery_time';

/** V1 is the first, V2 carries a change and finished on 2 March at 12:00. */
function twoReleases({ commit, squash, deploy }: RepositoryStory): void {
  commit('root', '2026-03-01 00:00');
  deploy('V1', 'root', '2026-03-01 12:00');
  squash(1, '2026-03-02 08:00', '2026-03-02 10:00');
  deploy('V2', 'm1', '2026-03-02 12:00');
}

describe('recovery', () => {
  const resolved = company.repository('resolved', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-02 13:00', {
      caused_by: `${story.repo}!V2`,
      resolved_at: at('2026-03-02 15:30'),
    });
  });

  it('to the incident resolved, from its opening where that came after the deployment', async () => {
    // 13:00 → 15:30, not from 12:00.
    expect(await resolved.figure(metric)).toMatchObject({ value: 2.5 * HOUR, n: 1, total: 1 });
  });

  const early = company.repository('during-roll-out', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-02 11:50', {
      caused_by: `${story.repo}!V2`,
      resolved_at: at('2026-03-02 14:00'),
    });
  });

  it('from the deployment’s finish where the incident was opened during the roll-out', async () => {
    // 12:00 → 14:00, not from 11:50.
    expect(await early.figure(metric)).toMatchObject({ value: 2 * HOUR });
  });

  const rollback = company.repository('rolled-back', (story) => {
    twoReleases(story);
    story.deploy('V1 again', 'root', '2026-03-02 13:15');
  });

  it('to the rollback finished', async () => {
    // 12:00 → 13:15
    expect(await rollback.figure(metric)).toMatchObject({ value: 1.25 * HOUR, n: 1 });
  });

  const revert = company.repository('reverted', (story) => {
    twoReleases(story);
    story.squash(2, '2026-03-02 14:00', '2026-03-02 15:00', { reverts_number: 1 });
    story.deploy('V3', 'm2', '2026-03-02 16:00');
  });
  const hotfix = company.repository('fixed', (story) => {
    twoReleases(story);
    story.squash(2, '2026-03-02 14:00', '2026-03-02 15:00', { head_branch: 'hotfix/price' });
    story.deploy('V3', 'm2', '2026-03-02 17:00');
  });

  it('to the fix deployed, not merged', async () => {
    // 12:00 → 16:00 by a revert, 12:00 → 17:00 by a hotfix.
    expect(await revert.figure(metric)).toMatchObject({ value: 4 * HOUR, n: 1 });
    expect(await hotfix.figure(metric)).toMatchObject({ value: 5 * HOUR, n: 1 });
  });

  const closedByRollback = company.repository('never-closed', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-02 12:30', { caused_by: `${story.repo}!V2` });
    story.deploy('V1 again', 'root', '2026-03-02 13:00');
  });

  it('by whichever evidence exists: an incident that nobody closed is over with the rollback', async () => {
    // Opened 12:30, rolled back 13:00.
    expect(await closedByRollback.figure(metric)).toMatchObject({ value: HOUR / 2, n: 1, total: 1 });
  });

  const open = company.repository('open', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-02 13:00', { caused_by: `${story.repo}!V2` });
  });

  it('an open failure is shown as open, and enters no median', async () => {
    expect(await open.figure(metric)).toMatchObject({ value: null, n: 0, total: 1, gaps: { open: 1 } });
    // It stands in the week in which it began.
    const march = { since: '2026-03-02 00:00', until: '2026-03-09 00:00' };
    expect(await open.figure(metric, march)).toMatchObject({ total: 1 });
    expect(await open.figure('change_fail_rate')).toMatchObject({ value: 1 / 2 });
  });

  const twoIncidents = company.repository('two-incidents', (story) => {
    twoReleases(story);
    const caused = { caused_by: `${story.repo}!V2` };
    story.incident('9', '2026-03-02 13:00', { ...caused, resolved_at: at('2026-03-02 14:00') });
    story.incident('10', '2026-03-02 13:30', { ...caused, resolved_at: at('2026-03-02 16:00') });
  });

  it('two incidents of one deployment are one failure, over when both are', async () => {
    // 13:00 → 16:00
    expect(await twoIncidents.figure(metric)).toMatchObject({ value: 3 * HOUR, n: 1, total: 1 });
    expect(await twoIncidents.figure('incidents')).toMatchObject({ value: 2 });
  });

  const unrelated = company.repository('unrelated', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-20 13:00', { resolved_at: at('2026-03-20 14:00'), severity: 'sev2' });
  });

  it('an incident that no deployment caused is an incident, and no recovery', async () => {
    expect(await unrelated.figure(metric)).toMatchObject({ value: null, n: 0, total: 0 });
    expect(await unrelated.figure('incident_resolve_time')).toMatchObject({ value: HOUR, n: 1 });
    expect(await unrelated.valuesBy('incidents', 'severity')).toEqual({ sev2: 1 });
  });

  const backwards = company.repository('resolved-before', (story) => {
    twoReleases(story);
    story.incident('9', '2026-03-02 13:00', {
      caused_by: `${story.repo}!V2`,
      resolved_at: at('2026-03-02 11:00'),
    });
  });

  it('an incident that ended before it began has no duration, and is a finding', async () => {
    expect(await backwards.figure(metric)).toMatchObject({ value: null, n: 0, total: 1 });
    expect(await backwards.figure('incident_resolve_time')).toMatchObject({ value: null, n: 0, total: 1 });
    expect(await backwards.findings()).toContain('incident-resolved-before-opened');
  });
});
