import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { HOUR } from './when.ts';

const company = smallCompany({ timeZone: 'Europe/Berlin' });

describe('median', () => {
  const shop = company.repository('median', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 11:00');
    squash(2, '2026-03-02 02:00', '2026-03-02 11:30');
    deploy('v2', 'm2', '2026-03-02 12:00');
  });

  it('is interpolated between the two in the middle, with p75, p90 and n beside it: {4, 10} → 7', async () => {
    // 08:00 → 12:00 is 4 h, 02:00 → 12:00 is 10 h. p75 = 4 + 0.75 × 6 = 8.5 h, p90 = 4 + 0.9 × 6 = 9.4 h.
    // The root was carried by the first deployment: a row without a value.
    expect(await shop.figure('change_lead_time')).toMatchObject({
      value: 7 * HOUR,
      p75: 8.5 * HOUR,
      p90: 9.4 * HOUR,
      n: 2,
      total: 3,
    });
  });
});

describe('weeks', () => {
  const shop = company.repository('weeks', ({ commit, deploy }) => {
    commit('root', '2026-03-01 00:00');
    // Winter time is an hour ahead of UTC: the week of 23 March begins on the 22nd at 23:00 UTC.
    deploy('sunday-before', 'root', '2026-03-22 22:59');
    deploy('first-minute', 'root', '2026-03-22 23:00');
    // Summer time from 29 March on is two hours ahead: the week of the 30th begins on the 29th at 22:00 UTC.
    deploy('last-minute', 'root', '2026-03-29 21:59');
    deploy('monday-after', 'root', '2026-03-29 22:00');
  });

  it('begin on Monday in the organisation’s time zone, over a change to summer time', async () => {
    const figures = await shop.figures('deployment_frequency', {
      since: '2026-03-15 23:00',
      until: '2026-04-05 22:00',
      grain: 'week',
      timeZone: 'Europe/Berlin',
    });
    expect(figures.map(({ value }) => value)).toEqual([1, 2, 1]);
    expect(figures.map(({ isPartial }) => isPartial)).toEqual([false, false, false]);
    // The week in which the clock is put forward has 7 × 24 − 1 = 167 hours.
    expect(figures.map((each) => (each.periodEnd - each.periodStart) / 3_600_000)).toEqual([168, 167, 168]);
  });

  it('before the first deployment are unknown, and after it without one are 0', async () => {
    const figures = await shop.figures('deployment_frequency', {
      since: '2026-02-15 23:00',
      until: '2026-04-12 22:00',
      grain: 'week',
      timeZone: 'Europe/Berlin',
    });
    // From 16 February: four weeks in which nobody knew of a deployment, then the three above, then one without any.
    expect(figures.map(({ value }) => value)).toEqual([null, null, null, null, 1, 2, 1, 0]);
  });

  it('are other weeks in another zone', async () => {
    const figures = await shop.figures('deployment_frequency', {
      since: '2026-03-16 00:00',
      until: '2026-04-06 00:00',
      grain: 'week',
    });
    // In UTC all but none of the four lie before Monday: two on Sunday 22, two on Sunday 29.
    expect(figures.map(({ value }) => value)).toEqual([2, 2, 0]);
  });
});
