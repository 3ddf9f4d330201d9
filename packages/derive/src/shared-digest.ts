import { createHash } from 'node:crypto';
import type { SharedDomain } from './shared-domain.ts';

export interface SharedDigest {
  /**
   * Stands for all that concerns a repository and is not its own; empty where there is nothing of the kind.
   *
   * @param people who made and reviewed its changes, in short
   */
  ofRepository(repo: string, people: readonly string[]): string;
}

/**
 * Enough of a person key to tell whose membership changed, and too little to be one: it may be shared by two, who
 * then only cause a needless computation.
 */
export function shortKey(personKey: string): string {
  return hash(personKey, 8);
}

/** Digests of a few thousand memberships and incidents for any number of repositories. */
export function sharedDigest(shared: SharedDomain): SharedDigest {
  const { ownerName, depthOf, historyOf, isTeam, hasMemberships } = shared.directory;
  const memberships = new Map<string, { team: string; text: string }[]>();
  for (const { team, person_key, valid_from, valid_to } of shared.memberships) {
    const text = JSON.stringify([team, depthOf(team), person_key, valid_from, valid_to]);
    const key = shortKey(person_key);
    memberships.set(key, [...(memberships.get(key) ?? []), { team, text }]);
  }
  // Once per team: a company's histories are long, and a repository meets many of its teams.
  const histories = new Map<string, string>();
  const historyDigest = (team: string): string => {
    const known = histories.get(team) ?? hash(historyOf(team), 16);
    histories.set(team, known);
    return `${team} ${known}`;
  };
  return {
    ofRepository(repo, people) {
      const incidents = shared
        .incidentsOf(repo)
        .filter(({ repo: home, ruled_cause }) => home !== repo || ruled_cause !== null);
      const owners = shared.ownersOf(repo).map(ownerName);
      const stays = [...new Set(people)].flatMap((person) => memberships.get(person) ?? []);
      const teams = new Set([...owners, ...stays.map(({ team }) => team)]);
      const hasSource = shared.hasIncidentSource(repo);
      const settings = ['branch-rules', 'code-owners'].filter((name) => shared.streamsOf(repo).has(name));
      // From the first membership on, anywhere, it is said of everybody that they are in no team.
      if (
        !hasSource &&
        !hasMemberships &&
        [incidents, owners, stays, settings].every(({ length }) => length === 0)
      ) {
        return '';
      }
      return hash(
        JSON.stringify([
          hasSource,
          hasMemberships,
          settings,
          incidents,
          owners.toSorted().map((owner) => [owner, isTeam(owner)]),
          stays.map(({ text }) => text).toSorted(),
          [...teams].sort().map(historyDigest),
        ]),
        16,
      );
    },
  };
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
