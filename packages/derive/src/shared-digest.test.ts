import { describe, expect, it } from 'vitest';
import { sharedDigest, shortKey } from './shared-digest.ts';
import type { SharedDomain } from './shared-domain.ts';
import { teamDirectory, type TeamRecords } from './team-directory.ts';

const rules = { timeZone: 'UTC', minimumGroupSize: 5 };
const member = (team: string, person_key: string) => ({ team, person_key, valid_from: 0, valid_to: null });
const team = (name: string, parent_team = '') => ({ team: name, name, parent_team });

const four = ['ann', 'bob', 'cem', 'dan'].map((person) => member('red', person));
const others = ['eve', 'fay', 'gil', 'hal', 'ida', 'jo'].map((person) => member('blue', person));

function digest(records: Partial<TeamRecords>, rest: Partial<SharedDomain> = {}) {
  const all = {
    memberships: [...four, ...others],
    teams: [team('red'), team('blue')],
    settings: [],
    ...records,
  };
  return sharedDigest({
    ...all,
    incidentsOf: () => [],
    hasIncidentSource: () => false,
    streamsOf: () => new Set(),
    directory: teamDirectory(all, rules),
    ownersOf: () => [],
    ...rest,
  });
}

/** What repositories see that the four of `red`, or people of `blue`, work on. */
function seen(
  records: Partial<TeamRecords>,
  rest: Partial<SharedDomain> = {},
): { red: string; blue: string } {
  const { ofRepository } = digest(records, rest);
  return { red: ofRepository('r', [shortKey('ann')]), blue: ofRepository('b', [shortKey('eve')]) };
}

describe('what a repository shares with others', () => {
  it('changes with a fifth member, who makes the team large enough to be shown, for all who work with it', () => {
    const before = seen({});
    const after = seen({ memberships: [...four, ...others, member('red', 'kim')] });
    expect(after.red).not.toBe(before.red);
    expect(after.blue).toBe(before.blue);
  });

  it('stays with a member more or less of a team that is large enough', () => {
    const before = seen({});
    expect(seen({ memberships: [...four, ...others, member('blue', 'kim')] })).toEqual(before);
    expect(seen({ memberships: [...four, ...others.slice(0, 5)] })).toEqual(before);
  });

  it('changes with the settings of its teams and of those above them', () => {
    const before = seen({});
    const setting = { team: 'red', valid_from: 0, valid_to: null, team_group: 'G', time_zone: '' };
    const after = seen({ settings: [setting] });
    expect([after.red === before.red, after.blue === before.blue]).toEqual([false, true]);
    const teams = [team('top'), team('red', 'top'), team('blue')];
    const zone = { ...setting, team: 'top', team_group: '', time_zone: 'Asia/Tokyo' };
    expect(seen({ teams, settings: [zone] }).red).not.toBe(seen({ teams }).red);
  });

  it('changes with the team that owns its services', () => {
    const ownersOf = (repo: string): string[] => (repo === 'b' ? ['red'] : []);
    const before = seen({}, { ownersOf });
    const after = seen({ memberships: [...four, ...others, member('red', 'kim')] }, { ownersOf });
    expect(after.blue).not.toBe(before.blue);
  });

  it('changes when its settings were read for the first time', () => {
    const streamsOf = (): ReadonlySet<string> => new Set(['branch-rules']);
    expect(seen({}, { streamsOf }).red).not.toBe(seen({}).red);
  });
});
