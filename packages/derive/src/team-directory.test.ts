import { describe, expect, it } from 'vitest';
import { teamDirectory, type TeamDirectory, type TeamRecords } from './team-directory.ts';

const day = 86_400_000;

const member = (team: string, person_key: string, valid_from = 0, valid_to: number | null = null) => ({
  team,
  person_key,
  valid_from,
  valid_to,
});
const team = (name: string, parent_team = '') => ({ team: name, name, parent_team });
const setting = (name: string, rest: object) => ({
  team: name,
  valid_from: 0,
  valid_to: null,
  team_group: '',
  time_zone: '',
  ...rest,
});

/** With teams of fewer than three people withheld. */
function directory(records: Partial<TeamRecords>): TeamDirectory {
  return teamDirectory({ memberships: [], teams: [], ...records }, { timeZone: 'UTC', minimumGroupSize: 3 });
}

describe('the label of a team', () => {
  it('is withheld at times when too few people were in it', () => {
    const memberships = [
      member('red', 'ann'),
      member('red', 'bob'),
      // Twice at one time: he counts once.
      member('red', 'bob', day),
      member('red', 'cem', 5 * day, 9 * day),
    ];
    const { labelOf, isWithheld } = directory({ memberships, teams: [team('red')] });
    const shown = [4.9, 5, 8.9, 9].map((days) => labelOf('red', days * day).team);
    expect(shown).toEqual(['(withheld)', 'red', 'red', '(withheld)']);
    expect([isWithheld('red', 4 * day), isWithheld('red', 5 * day)]).toEqual([true, false]);
  });

  it('is not withheld where nobody knows any member, and empty for nobody', () => {
    const { labelOf, isWithheld } = directory({ memberships: [member('red', 'ann')] });
    expect(labelOf('payments', 0)).toEqual({ team: 'payments', team_group: '' });
    expect(labelOf('', 0)).toEqual({ team: '', team_group: '' });
    expect(isWithheld('', 0)).toBe(false);
  });
});

describe('the group of a team', () => {
  it('is the topmost team above it, which is its own group where it has teams below', () => {
    const teams = [team('top'), team('middle', 'top'), team('low', 'middle'), team('lone')];
    const { labelOf } = directory({ teams });
    const groups = ['top', 'middle', 'low', 'lone'].map((name) => labelOf(name, 0).team_group);
    expect(groups).toEqual(['top', 'top', 'top', '']);
  });

  it('is what the configuration says, from when it says so, for the teams below as well', () => {
    const teams = [team('top'), team('middle', 'top'), team('low', 'middle')];
    const settings = [
      setting('middle', { team_group: 'Platform', valid_from: 0, valid_to: 5 * day }),
      setting('middle', { team_group: 'Product', valid_from: 5 * day }),
    ];
    const { labelOf } = directory({ teams, settings });
    const groups = [0, 4.9, 5].map((days) => labelOf('low', days * day).team_group);
    expect(groups).toEqual(['Platform', 'Platform', 'Product']);
  });

  it('counts everybody in its teams once, and is withheld below the size', () => {
    const teams = [team('top'), team('red', 'top'), team('blue', 'top')];
    const memberships = [
      member('red', 'ann'),
      member('blue', 'ann'),
      member('blue', 'bob'),
      member('top', 'cem', 5 * day),
    ];
    const { labelOf } = directory({ teams, memberships });
    // Ann and Bob; with Cem there are three.
    expect(labelOf('red', 0)).toEqual({ team: '(withheld)', team_group: '(withheld)' });
    expect(labelOf('red', 5 * day)).toEqual({ team: '(withheld)', team_group: 'top' });
  });

  it('loses the people of a team that moves away', () => {
    const settings = [
      setting('red', { team_group: 'Old', valid_to: 5 * day }),
      setting('red', { team_group: 'New', valid_from: 5 * day }),
      setting('blue', { team_group: 'Old' }),
    ];
    const memberships = ['ann', 'bob'].map((who) => member('red', who));
    const { labelOf } = directory({ settings, memberships: [...memberships, member('blue', 'cem')] });
    const shown = [0, 5 * day].map((at) => labelOf('blue', at).team_group);
    expect(shown).toEqual(['Old', '(withheld)']);
  });

  it('comes to an end where parents run in a circle', () => {
    const { labelOf, depthOf, timeZoneOf } = directory({ teams: [team('a', 'b'), team('b', 'a')] });
    expect(labelOf('a', 0).team_group).toBe('b');
    expect([depthOf('a'), depthOf('b')]).toEqual([1, 1]);
    expect(timeZoneOf('a', 0)).toBe('UTC');
  });
});

describe('the time zone of a team', () => {
  it('is its own, else that of the team above, else the organisation’s', () => {
    const settings = [
      setting('top', { time_zone: 'Europe/Berlin' }),
      setting('red', { time_zone: 'Asia/Tokyo', valid_from: 5 * day }),
    ];
    const { timeZoneOf } = directory({ teams: [team('top'), team('red', 'top')], settings });
    expect(timeZoneOf('red', 4 * day)).toBe('Europe/Berlin');
    expect(timeZoneOf('red', 5 * day)).toBe('Asia/Tokyo');
    expect([timeZoneOf('other', 0), timeZoneOf('', 0)]).toEqual(['UTC', 'UTC']);
  });

  it('passes over one that does not exist', () => {
    const settings = [setting('red', { time_zone: 'Mars/Olympus' })];
    expect(directory({ settings }).timeZoneOf('red', 0)).toBe('UTC');
  });
});

describe('the history of a team', () => {
  const four = ['ann', 'bob', 'cem', 'dan'].map((who) => member('red', who));
  const historyOf = (records: Partial<TeamRecords>, name = 'red'): string =>
    directory(records).historyOf(name);

  it('changes when the size crosses the line, and not with every member', () => {
    const before = historyOf({ memberships: four });
    expect(historyOf({ memberships: [...four, member('red', 'eve', 5 * day)] })).toBe(before);
    expect(historyOf({ memberships: four.slice(2) })).not.toBe(before);
  });

  it('changes with the group and the time zone, and not with those of others', () => {
    const before = historyOf({ memberships: four });
    for (const rest of [{ team_group: 'G' }, { time_zone: 'Asia/Tokyo' }]) {
      expect(historyOf({ memberships: four, settings: [setting('red', rest)] })).not.toBe(before);
      expect(historyOf({ memberships: four, settings: [setting('blue', rest)] })).toBe(before);
    }
  });

  it('changes when another team makes the group too small', () => {
    const teams = [team('top'), team('red', 'top'), team('blue', 'top')];
    const memberships = [member('red', 'ann'), member('blue', 'bob'), member('blue', 'cem')];
    const left = [memberships[0]!, memberships[1]!, member('blue', 'cem', 0, day)];
    expect(historyOf({ teams, memberships })).not.toBe(historyOf({ teams, memberships: left }));
  });
});
