import { type Instant, teamFinder } from '@bellwether/core';
import { compareBytewise } from '@bellwether/lineage';
import type { DomainMembership, DomainTeam, DomainTeamSetting } from './shared-domain.ts';
import { type TeamLabels, teamLabels } from './team-labels.ts';
import { teamTree } from './team-tree.ts';

export interface TeamDirectory extends TeamLabels {
  /** Somebody says who is in which team. */
  hasMemberships: boolean;
  /** The teams that a person belonged to at an instant. */
  teamsOf: (personKey: string, at: Instant) => string[];
  /**
   * The one team that a person's work counts for: of several one of the owners, else the one that lies deepest below
   * others, else the first by name. Empty where nobody knows.
   *
   * @param owners who owns the services that the work is about
   */
  teamOf: (personKey: string, at: Instant, owners: ReadonlySet<string>) => string;
  /** How many teams stand above it. */
  depthOf: (team: string) => number;
  /**
   * The catalogue's name for an owner as the team is called elsewhere: `payments` is `acme/payments` where that is the
   * only team with this slug or title. As written where no team or several fit.
   */
  ownerName: (owner: string) => string;
  /** Whether a source knows a team of that name. */
  isTeam: (team: string) => boolean;
}

export interface TeamRecords {
  memberships: readonly DomainMembership[];
  teams: readonly DomainTeam[];
  settings?: readonly DomainTeamSetting[];
}

export interface TeamRules {
  /** Of the organisation. */
  timeZone: string;
  minimumGroupSize: number;
}

/** Who belonged to which team, how teams are called, and what may be shown of them. */
export function teamDirectory(
  { memberships, teams, settings = [] }: TeamRecords,
  { timeZone, minimumGroupSize }: TeamRules,
): TeamDirectory {
  const ofPerson = new Map<string, DomainMembership[]>();
  for (const row of memberships) {
    const rows = ofPerson.get(row.person_key);
    if (rows === undefined) ofPerson.set(row.person_key, [row]);
    else rows.push(row);
  }
  const known = new Set(teams.map(({ team }) => team));
  const find = teamFinder(teams);
  const ownerName = (owner: string): string => find(owner) ?? owner;
  const named = settings.map((row) => ({ ...row, team: ownerName(row.team) }));
  const tree = teamTree(teams, named, timeZone);
  const depthOf = (team: string): number => tree.lineOf(team).length - 1;
  const teamsOf = (personKey: string, at: Instant): string[] => {
    const found: string[] = [];
    for (const { team, valid_from, valid_to } of ofPerson.get(personKey) ?? []) {
      const stands = valid_from <= at && (valid_to === null || at < valid_to);
      if (stands && !found.includes(team)) found.push(team);
    }
    return found;
  };
  return {
    ...teamLabels(memberships, tree, minimumGroupSize),
    hasMemberships: memberships.length > 0,
    teamsOf,
    teamOf(personKey, at, owners) {
      const teams = personKey === '' ? [] : teamsOf(personKey, at);
      if (teams.length < 2) return teams[0] ?? '';
      const rank = (team: string): number => (owners.has(team) ? Infinity : depthOf(team));
      const [team = ''] = teams.sort((a, b) =>
        rank(a) === rank(b) ? compareBytewise(a, b) : rank(b) - rank(a),
      );
      return team;
    },
    depthOf,
    ownerName,
    isTeam: (team) => known.has(team),
  };
}
