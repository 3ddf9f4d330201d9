import { createHash } from 'node:crypto';
import { teamDirectory } from './team-directory.ts';
import type { SharedDomain } from './shared-domain.ts';

export interface SharedDigest {
  /**
   * Stands for all that concerns a repository and is not its own; empty where there is nothing of the kind.
   *
   * @param authors who made its changes, in short
   */
  ofRepository(repo: string, authors: readonly string[]): string;
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
  const { ownerName, depthOf } = teamDirectory(shared);
  const memberships = new Map<string, string[]>();
  for (const { team, person_key, valid_from, valid_to } of shared.memberships) {
    const text = JSON.stringify([team, depthOf(team), person_key, valid_from, valid_to]);
    const key = shortKey(person_key);
    memberships.set(key, [...(memberships.get(key) ?? []), text]);
  }
  return {
    ofRepository(repo, authors) {
      const incidents = shared
        .incidentsOf(repo)
        .filter(({ repo: home, ruled_cause }) => home !== repo || ruled_cause !== null);
      const owners = shared.teams.length === 0 ? [] : shared.ownersOf(repo).map(ownerName);
      const teams = [...new Set(authors)].flatMap((author) => memberships.get(author) ?? []);
      const hasSource = shared.hasIncidentSource(repo);
      if (incidents.length + owners.length + teams.length === 0 && !hasSource) return '';
      return hash(JSON.stringify([hasSource, incidents, owners.toSorted(), teams.toSorted()]), 16);
    },
  };
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
