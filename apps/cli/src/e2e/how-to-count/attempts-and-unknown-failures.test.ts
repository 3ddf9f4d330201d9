import { cursors } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { threeReleases } from './three-releases.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();

describe('a deployment attempt that never reached production', () => {
  const shop = company.repository('attempts', (story) => {
    threeReleases(story);
    story.hasIncidentSource();
    story.deploy('broken', 'm2', '2026-03-03 11:00', { status: 'failure' });
    story.deploy('stopped', 'm2', '2026-03-03 11:30', { status: 'cancelled' });
    story.deploy('running', 'm2', '2026-03-03 11:40', { status: 'in_progress' });
    story.deploy('staging', 'm2', '2026-03-03 11:40', {
      environment: 'staging',
      environment_kind: 'staging',
      status: 'failure',
    });
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
    // Its issues were read, and nobody there ever wrote an incident down: that proves nothing.
    story.put(cursors, { source: 'github', stream: 'incidents', key: story.repo, cursor: '{}' });
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

describe('incidents that are kept in another repository', () => {
  const shop = company.repository('away/shop', (story) => {
    threeReleases(story);
  });
  const other = company.repository('away/other', (story) => {
    threeReleases(story);
  });
  const operations = company.repository('away/operations', ({ commit, incident }) => {
    commit('root', '2026-03-01 00:00');
    incident('1', '2026-03-02 14:00', {
      caused_by: 'github.com/away/shop!V2',
      resolved_at: at('2026-03-02 17:00'),
    });
  });

  it('are held against the deployment that they name, and tell nothing of other repositories', async () => {
    expect(await shop.figure('change_fail_rate')).toMatchObject({
      value: 1 / 3,
      n: 3,
      basis: { incidents: 3 },
    });
    // 14:00 → 17:00
    expect(await shop.figure('failed_deployment_recovery_time')).toMatchObject({ value: 3 * HOUR, n: 1 });
    expect(await other.figure('change_fail_rate')).toMatchObject({ value: null, n: 0, total: 3 });
    expect(
      await company.figure('incidents', { filters: { organisation: ['github.com/away'] } }),
    ).toMatchObject({
      value: 1,
    });
    expect(await operations.figure('deployment_frequency')).toMatchObject({ value: null });
  });
});
