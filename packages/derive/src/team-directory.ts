import type { DomainMembership, DomainTeam } from './shared-domain.ts';

export interface TeamDirectory {
  /** The teams that a person belonged to at an instant. */
  teamsOf: (personKey: string, at: number) => string[];
  /** How many teams stand above it. */
  depthOf: (team: string) => number;
  /**
   * The catalogue's name for an owner as the team is called elsewhere: `payments` is `acme/payments` where that is the
   * only team with this slug or title. As written where no team or several fit.
   */
  ownerName: (owner: string) => string;
}

/** Who belonged to which team, and how teams are called. */
export function teamDirectory({
  memberships,
  teams,
}: {
  memberships: readonly DomainMembership[];
  teams: readonly DomainTeam[];
}): TeamDirectory {
  const ofPerson = new Map<string, DomainMembership[]>();
  for (const row of memberships) {
    const rows = ofPerson.get(row.person_key);
    if (rows === undefined) ofPerson.set(row.person_key, [row]);
    else rows.push(row);
  }
  const parents = new Map(teams.map(({ team, parent_team }) => [team, parent_team]));
  const named = new Map<string, Set<string>>();
  for (const { team, name } of teams) {
    for (const alias of [team, team.slice(team.lastIndexOf('/') + 1), name]) {
      const key = alias.toLowerCase();
      named.set(key, (named.get(key) ?? new Set()).add(team));
    }
  }
  return {
    teamsOf(personKey, at) {
      const standing = (ofPerson.get(personKey) ?? []).filter(
        ({ valid_from, valid_to }) => valid_from <= at && (valid_to === null || at < valid_to),
      );
      return [...new Set(standing.map(({ team }) => team))];
    },
    depthOf(team) {
      const above = new Set<string>();
      for (let parent = parents.get(team) ?? ''; parent !== '' && !above.has(parent);) {
        above.add(parent);
        parent = parents.get(parent) ?? '';
      }
      return above.size;
    },
    ownerName(owner) {
      if (parents.has(owner)) return owner;
      const [only, ...others] = named.get(owner.toLowerCase()) ?? [];
      return only !== undefined && others.length === 0 ? only : owner;
    },
  };
}
