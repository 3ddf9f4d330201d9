import { describe, expect, it } from 'vitest';
import { teamDirectory } from '../team-directory.ts';
import { companyFindings } from './company-findings.ts';
import { nextPeriod } from './calendar-period.ts';
import { busiestTenthShare, gini } from './inequality.ts';
import { loadOf, type ReviewCounts } from './review-load.ts';

const week = Date.UTC(2024, 0, 1);
const day = 86_400_000;
const rules = { timeZone: 'UTC', minimumGroupSize: 3 };

const member = (person_key: string, valid_from = 0, valid_to: number | null = null, team = 'red') => ({
  team,
  person_key,
  valid_from,
  valid_to,
});

describe('inequality', () => {
  it('is the mean difference of all pairs over twice the mean', () => {
    // Pairs (both ways, 9 in all) of 0, 1, 5 differ by 1, 5, 4: 20 / 9; over 2 × 2.
    expect(gini([5, 0, 1])).toBeCloseTo(20 / 9 / 4, 12);
    expect(gini([2, 2, 2])).toBe(0);
    expect([gini([]), gini([7]), gini([0, 0])]).toEqual([null, null, null]);
  });

  it('gives the busiest tenth at least one of them', () => {
    expect(busiestTenthShare([5, 3, 2])).toBe(0.5);
    // Eleven holders: two of them, 6 + 4 of 19.
    expect(busiestTenthShare([6, 4, ...Array.from({ length: 9 }, () => 1)])).toBeCloseTo(10 / 19, 12);
  });
});

describe('the load of a team', () => {
  const counts = (rest: Partial<ReviewCounts> = {}): ReviewCounts => ({
    level: 'team',
    name: 'red',
    team_group: 'top',
    grain: 'week',
    period_start: week,
    reviewers: [
      ['ann', 5],
      ['bob', 1],
    ],
    ...rest,
  });
  const load = (members: ReturnType<typeof member>[], rest: Partial<ReviewCounts> = {}) =>
    loadOf(counts(rest), teamDirectory({ memberships: members, teams: [] }, rules), rules);

  it('counts members who reviewed nothing', () => {
    const [row] = load([member('ann'), member('bob'), member('cem')]);
    expect(row).toMatchObject({ review_count: 6, reviewer_count: 2, member_count: 3, team: 'red', gap: '' });
    // 0, 1, 5 as above; Ann has 5 of 6.
    expect(row?.gini).toBeCloseTo(20 / 9 / 4, 12);
    expect(row?.busiest_tenth_share).toBeCloseTo(5 / 6, 12);
  });

  it('is none where the team was too small at any time of the period', () => {
    const three = [member('ann'), member('bob')];
    expect(load([...three, member('cem', week + day)])).toEqual([]);
    expect(load([...three, member('cem', 0, week + 6 * day)])).toEqual([]);
    expect(load([...three, member('cem', 0, week + 7 * day)])).toHaveLength(1);
  });

  it('is, of the organisation, also that of people without a team', () => {
    const whole = { level: 'organisation', name: '', team_group: '' } as const;
    const [row] = load([member('cem'), member('dan', 0, week)], whole);
    expect(row).toMatchObject({ member_count: 3, team: '', team_group: '' });
    expect(load([], whole)).toEqual([]);
  });
});

it('knows how long a week with a change of the clock is', () => {
  // From Monday 25 March 2024, 0:00 in Berlin; summer time takes an hour away.
  const start = Date.UTC(2024, 2, 24, 23);
  expect(nextPeriod('week', start, 'Europe/Berlin') - start).toBe((7 * 24 - 1) * 3_600_000);
  expect(nextPeriod('month', Date.UTC(2024, 1, 29, 23), 'Europe/Berlin')).toBe(Date.UTC(2024, 2, 31, 22));
});

describe('findings about teams', () => {
  const setting = (team: string, team_group: string, valid_from = 0, valid_to: number | null = null) => ({
    team,
    team_group,
    valid_from,
    valid_to,
    time_zone: '',
  });
  const teams = [{ team: 'acme/red', name: 'Red', parent_team: '' }];
  const found = (input: Partial<Parameters<typeof companyFindings>[0]>) =>
    companyFindings({
      memberships: [],
      settings: [],
      zones: [],
      directory: teamDirectory({ memberships: [], teams }, rules),
      ...input,
    }).map(({ repo, kind, entity }) => [repo, kind, entity]);

  it('name a team that is in two groups at one time, under whatever name', () => {
    const clash = [setting('acme/red', 'A'), setting('red', 'B', week)];
    expect(found({ settings: clash })).toEqual([['', 'team-in-two-groups', 'acme/red']]);
    expect(found({ settings: [setting('acme/red', 'A', 0, week), setting('red', 'B', week)] })).toEqual([]);
  });

  it('count overlapping memberships and name nobody', () => {
    const twice = [
      member('ann', 0, week),
      member('ann', week - 1),
      member('bob', 0, week),
      member('bob', week),
    ];
    const rows = companyFindings({
      memberships: twice,
      settings: [],
      zones: [],
      directory: teamDirectory({ memberships: twice, teams: [] }, rules),
    });
    expect(rows.map(({ kind, entity }) => [kind, entity])).toEqual([['overlapping-membership', 'red']]);
    expect(JSON.stringify(rows)).not.toContain('ann');
    expect(rows[0]?.detail).toContain('1 people');
  });

  it('name time zones that do not exist', () => {
    const settings = [{ ...setting('red', ''), time_zone: 'Mars/Olympus' }];
    const zones = [
      { zone: '', count: 5 },
      { zone: 'Europe/Berlin', count: 5 },
      { zone: 'Atlantis', count: 2 },
    ];
    expect(found({ settings, zones })).toEqual([
      ['', 'unknown-time-zone', 'team red'],
      ['', 'unknown-time-zone', 'Atlantis'],
    ]);
  });
});
