import { teamMembers } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

// Business hours are 09:00 to 17:00, Monday to Friday.
const company = smallCompany({
  timeZone: 'Europe/Berlin',
  privacy: { minimumGroupSize: 2 },
  // Easter Monday.
  businessHours: { holidays: ['2026-04-06'] },
});
company.team('acme/east', ['emi', 'eri'], { timeZone: 'Asia/Tokyo', group: 'Shop' });
company.team('acme/west', ['wes', 'win'], { group: 'Shop' });
company.team('acme/pay', ['pat', 'pia']);
company.team('acme/solo', ['sam']);
// A reorganisation: on 10 March Rae moved from west to pay.
company.put(teamMembers, {
  team: 'acme/west',
  person_key: 'rae',
  valid_from: 0,
  valid_to: at('2026-03-10 00:00'),
});
company.put(teamMembers, { team: 'acme/pay', person_key: 'rae', valid_from: at('2026-03-10 00:00') });

describe('business hours', () => {
  const shop = company.repository('hours', ({ commit, squash, review }) => {
    commit('root', '2026-03-01 00:00');
    // Friday, 07:00 to Monday, 01:00 UTC.
    squash(1, '2026-03-06 07:00', '2026-03-09 12:00', { author_key: 'emi' });
    review(1, '2026-03-09 01:00', { author_key: 'wes' });
    squash(2, '2026-03-06 07:00', '2026-03-09 12:00', { author_key: 'wes' });
    review(2, '2026-03-09 01:00', { author_key: 'win' });
    squash(3, '2026-03-06 07:00', '2026-03-09 12:00', { author_key: 'emi' });
  });

  it('go with the team of the author; who reviews whom is told by the teams of both', async () => {
    // Wes of west reviewed for Emi of east, Win for Wes of the same team; the third was reviewed by nobody.
    expect(await shop.figure('cross_team_review_rate')).toMatchObject({ value: 1 / 2, n: 2, total: 2 });
  });

  it('stand beside the wall clock, in the team’s time zone, never instead of it', async () => {
    // By the wall clock 17 h of Friday, two days, 1 h of Monday: 66 h, for both.
    expect(await shop.valuesBy('time_to_first_review', 'team')).toEqual({
      'acme/east': 66 * HOUR,
      'acme/west': 66 * HOUR,
    });
    // In Tokyo Friday 16:00 to Monday 10:00: 1 h + 1 h. In Berlin Friday 08:00 to Monday 02:00: 8 h of Friday.
    expect(await shop.valuesBy('time_to_first_review', 'team', { clock: 'business' })).toEqual({
      'acme/east': 2 * HOUR,
      'acme/west': 8 * HOUR,
    });
  });
});

describe('business hours over a change to summer time', () => {
  const shop = company.repository('summer', ({ commit, squash, review }) => {
    commit('root', '2026-03-01 00:00');
    squash(1, '2026-03-27 15:00', '2026-03-30 12:00', { author_key: 'wes' });
    review(1, '2026-03-30 08:00', { author_key: 'win' });
  });

  it('follow the clocks on the wall', async () => {
    // Friday 16:00 in winter time to Monday 10:00 in summer time: an hour of each. By the wall clock 9 + 48 + 8 h.
    expect(await shop.figure('time_to_first_review', { clock: 'business' })).toMatchObject({
      value: 2 * HOUR,
    });
    expect(await shop.figure('time_to_first_review')).toMatchObject({ value: 65 * HOUR });
  });
});

describe('business hours over a holiday', () => {
  const shop = company.repository('holiday', ({ commit, squash, review }) => {
    commit('root', '2026-03-01 00:00');
    squash(1, '2026-04-03 14:00', '2026-04-07 12:00', { author_key: 'wes' });
    review(1, '2026-04-07 08:00', { author_key: 'win' });
  });

  it('leave it out', async () => {
    // Friday 16:00 to Tuesday 10:00 in Berlin: an hour each, and nothing on Monday. By the wall clock 10 + 72 + 8 h.
    expect(await shop.figure('time_to_first_review', { clock: 'business' })).toMatchObject({
      value: 2 * HOUR,
    });
    expect(await shop.figure('time_to_first_review')).toMatchObject({ value: 90 * HOUR });
  });
});

describe('out of hours', () => {
  const shop = company.repository('night', ({ service, commit, deploy, incident }) => {
    service('night', { owner_team: 'acme/east' });
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    // Monday in Tokyo: 08:30, 09:30 and 17:00 sharp.
    incident('1', '2026-03-08 23:30');
    incident('2', '2026-03-09 00:30');
    incident('3', '2026-03-09 08:00');
  });

  it('is told by the clock of the team that owns the service', async () => {
    // The first and the last; in Berlin it would be the first two.
    expect(await shop.figure('out_of_hours_incident_rate')).toMatchObject({ value: 2 / 3, total: 3 });
    const rows = await company.query(
      `SELECT incident_id FROM metrics.out_of_hours_incident_rate WHERE repo = '${shop.repo}' AND value = 0`,
    );
    expect(rows).toEqual([{ incident_id: `${shop.repo}#2` }]);
  });
});

describe('team of a change', () => {
  const shop = company.repository('moved', ({ service, commit, squash, deploy }) => {
    service('moved', { owner_team: 'pay' });
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-05 08:00', '2026-03-05 09:00', { author_key: 'rae' });
    deploy('v2', 'm1', '2026-03-05 11:00');
    squash(2, '2026-03-12 08:00', '2026-03-12 09:00', { author_key: 'rae' });
    deploy('v3', 'm2', '2026-03-12 10:00');
  });
  const since = { since: '2026-03-02 00:00' };
  const merged = { ...since, filters: { kind: ['pull_request'] } };

  it('is the author’s team at that time: a reorganisation rewrites nothing', async () => {
    // On the 5th in west: 08:00 → 11:00. On the 12th in pay: 08:00 → 10:00.
    expect(await shop.valuesBy('change_lead_time', 'team', merged)).toEqual({
      'acme/west': 3 * HOUR,
      'acme/pay': 2 * HOUR,
    });
    expect(await shop.valuesBy('cycle_time', 'team', since)).toEqual({
      'acme/west': 3 * HOUR,
      'acme/pay': 2 * HOUR,
    });
    // West is in the group Shop; pay is in none.
    expect(await shop.valuesBy('change_lead_time', 'team_group', merged)).toEqual({
      Shop: 3 * HOUR,
      '': 2 * HOUR,
    });
  });

  it('is the service’s owner for deployments, whoever wrote what they carry', async () => {
    expect(await shop.valuesBy('deployment_frequency', 'team', since)).toEqual({ 'acme/pay': 2 });
  });

  it('stays what it was when the reorganisation comes after the figures', async () => {
    const before = await shop.figures('change_lead_time', { ...merged, groupBy: ['team'] });
    // On 1 April Rae moves on to east.
    const [person_key, moved] = ['rae', at('2026-04-01 00:00')];
    await company.later(shop.repo, (warehouse) =>
      warehouse.insert(teamMembers, [
        { team: 'acme/pay', person_key, valid_from: at('2026-03-10 00:00'), valid_to: moved },
        { team: 'acme/east', person_key, valid_from: moved, valid_to: null },
      ]),
    );
    expect(await shop.figures('change_lead_time', { ...merged, groupBy: ['team'] })).toEqual(before);
  });
});

describe('a team that is too small', () => {
  const shop = company.repository('small', ({ service, commit, squash, deploy }) => {
    service('small', { owner_team: 'acme/solo' });
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-05 08:00', '2026-03-05 09:00', { author_key: 'sam' });
    squash(2, '2026-03-05 08:00', '2026-03-05 09:00', { author_key: 'stranger' });
    deploy('v2', 'm2', '2026-03-05 11:00');
    squash(3, '2026-03-05 12:00', '2026-03-05 13:00', { author_key: 'renovate', author_is_bot: true });
  });

  it('is counted, and withheld with the service that it owns', async () => {
    const [since, merged] = [{ since: '2026-03-02 00:00' }, { filters: { kind: ['pull_request'] } }];
    expect(await shop.valuesBy('deployment_frequency', 'team', since)).toEqual({ '(withheld)': 1 });
    expect(await shop.valuesBy('deployment_frequency', 'service', since)).toEqual({ '(withheld)': 1 });
    expect(await shop.valuesBy('change_lead_time', 'service', since)).toEqual({ '(withheld)': 3 * HOUR });
    // Nobody knows the team of the stranger, which is not the same.
    expect(await shop.valuesBy('change_lead_time', 'team', { ...since, ...merged })).toEqual({
      '': 3 * HOUR,
      '(withheld)': 3 * HOUR,
    });
    // Of the two since the 2nd one has a team, though it may not be shown; a bot is in none.
    expect(await shop.figure('team_attribution_rate', since)).toMatchObject({ value: 1 / 2, n: 2 });
  });
});
