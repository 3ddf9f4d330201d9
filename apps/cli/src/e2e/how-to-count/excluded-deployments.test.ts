import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { HOUR } from './when.ts';

const company = smallCompany();
const afterBaseline = { since: '2026-03-02 00:00' };

describe('what is no deployment to production', () => {
  const shop = company.repository('announced', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    deploy('v2', 'm1', '2026-03-02 10:00');
    deploy('tag-v2', 'm1', '2026-03-02 09:30', { signal: 'tag' });
    deploy('alias', 'm1', '2026-03-02 10:10', { is_counted: false });
    deploy('v2-rc.1', 'm1', '2026-03-02 09:20', {
      environment_kind: 'prerelease',
      environment: 'prerelease',
    });
    deploy('broken', 'm1', '2026-03-02 09:40', { status: 'failure' });
    deploy('blue', 'm1', '2026-03-02 09:45', { environment: 'blue', environment_kind: 'other' });
    deploy('undated', 'm1', '2026-03-02 09:50', { finished_at: null });
  });

  it('other announcements, pre-releases, failed attempts and what has no date or no known kind are not counted', async () => {
    // Of seven rows after the baseline v2 alone.
    expect(await shop.figure('deployment_frequency', afterBaseline)).toMatchObject({ value: 1, total: 1 });
    expect(await shop.figure('change_lead_time', afterBaseline)).toMatchObject({ value: 2 * HOUR });
    expect(await shop.figure('deployment_batch_size', afterBaseline)).toMatchObject({ value: 1, total: 1 });
    expect(await shop.figure('deployment_revision_rate', afterBaseline)).toMatchObject({
      value: 1,
      total: 1,
    });
    expect(await shop.findings()).toEqual(
      expect.arrayContaining(['unrealistic-deployment-date', 'unmapped-environment']),
    );
  });
});
