import type { TeamMemberRow, TeamRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { compareTeams, type CurrentTeam, type StoredTeams } from './memberships.ts';

const none: StoredTeams = { teams: [], members: [] };

function team(slug: string, members: readonly string[], changes: Partial<CurrentTeam> = {}): CurrentTeam {
  return {
    id: `T_${slug}`,
    team: `acme/${slug}`,
    name: slug,
    parent: '',
    members: new Set(members),
    ...changes,
  };
}

function storedTeam(slug: string, changes: Partial<TeamRow> = {}): TeamRow {
  return {
    team: `acme/${slug}`,
    team_id: `T_${slug}`,
    name: slug,
    parent_team: '',
    valid_to: null,
    ...changes,
  };
}

function member(slug: string, key: string, from = 0, to: number | null = null): TeamMemberRow {
  return { team: `acme/${slug}`, person_key: key, valid_from: from, valid_to: to };
}

describe('compareTeams', () => {
  it('takes what the first reading finds for what has always been', () => {
    const changes = compareTeams([team('core', ['ada'])], none, { isFirst: true, now: 500 });
    expect(changes.teams).toEqual([storedTeam('core')]);
    expect(changes.members).toEqual([member('core', 'ada')]);
  });

  it('says nothing when nothing changed', () => {
    const stored = { teams: [storedTeam('core')], members: [member('core', 'ada')] };
    expect(compareTeams([team('core', ['ada'])], stored, { isFirst: false, now: 500 })).toEqual({
      teams: [],
      members: [],
      staleTeams: [],
      staleMembers: [],
    });
  });

  it('opens what began and closes what ended, now', () => {
    const stored = { teams: [storedTeam('core')], members: [member('core', 'ada')] };
    const changes = compareTeams([team('core', ['grace'])], stored, { isFirst: false, now: 500 });
    expect(changes.members).toEqual([member('core', 'ada', 0, 500), member('core', 'grace', 500)]);
  });

  it('opens a second row for somebody who comes back', () => {
    const stored = { teams: [storedTeam('core')], members: [member('core', 'ada', 0, 300)] };
    const changes = compareTeams([team('core', ['ada'])], stored, { isFirst: false, now: 500 });
    expect(changes.members).toEqual([member('core', 'ada', 500)]);
  });

  it('closes a team that is gone, once', () => {
    const stored = {
      teams: [storedTeam('core')],
      members: [member('core', 'ada'), member('core', 'bob', 0, 9)],
    };
    const changes = compareTeams([], stored, { isFirst: false, now: 500 });
    expect(changes.teams).toEqual([storedTeam('core', { valid_to: 500 })]);
    expect(changes.members).toEqual([member('core', 'ada', 0, 500)]);
    const closed = {
      teams: [storedTeam('core', { valid_to: 500 })],
      members: [member('core', 'ada', 0, 500), member('core', 'bob', 0, 9)],
    };
    expect(compareTeams([], closed, { isFirst: false, now: 900 })).toMatchObject({ teams: [], members: [] });
  });

  it('takes the whole history along when a team is renamed', () => {
    const stored = {
      teams: [storedTeam('core')],
      members: [member('core', 'ada'), member('core', 'bob', 0, 300)],
    };
    const renamed = team('platform', ['ada', 'grace'], { id: 'T_core' });
    const changes = compareTeams([renamed], stored, { isFirst: false, now: 500 });
    expect(changes.teams).toEqual([storedTeam('platform', { team_id: 'T_core' })]);
    expect(changes.members).toEqual([
      member('platform', 'ada'),
      member('platform', 'bob', 0, 300),
      member('platform', 'grace', 500),
    ]);
    expect(changes.staleTeams).toEqual([{ team: 'acme/core' }]);
    expect(changes.staleMembers).toEqual([
      { team: 'acme/core', person_key: 'ada', valid_from: 0 },
      { team: 'acme/core', person_key: 'bob', valid_from: 0 },
    ]);
  });

  it('ends a rename that was cut short between storing and removing', () => {
    const stored = {
      teams: [storedTeam('core'), storedTeam('platform', { team_id: 'T_core' })],
      members: [member('core', 'ada'), member('platform', 'ada')],
    };
    const renamed = team('platform', ['ada'], { id: 'T_core' });
    expect(compareTeams([renamed], stored, { isFirst: false, now: 500 })).toEqual({
      teams: [],
      members: [],
      staleTeams: [{ team: 'acme/core' }],
      staleMembers: [{ team: 'acme/core', person_key: 'ada', valid_from: 0 }],
    });
  });

  it('opens a team that came back', () => {
    const stored = { teams: [storedTeam('core', { valid_to: 300 })], members: [] };
    const changes = compareTeams([team('core', [])], stored, { isFirst: false, now: 500 });
    expect(changes.teams).toEqual([storedTeam('core')]);
  });
});
