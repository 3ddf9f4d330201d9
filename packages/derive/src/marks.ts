import { derivations, type Warehouse } from '@bellwether/warehouse';
import { sharedDigest, shortKey } from './shared-digest.ts';
import { readSharedDomain, type SharedDomain } from './shared-domain.ts';
import type { TeamRules } from './team-directory.ts';

/** Raise when the same domain rows would now give other facts. */
const FACTS_EDITION = 3;

/** A repository whose facts are older than what they were computed from, or were computed by other rules. */
export interface DirtyRepository {
  repo: string;
  /** What the facts will have been derived from, once they are written; who worked on it is known by then. */
  markOf: (people: readonly string[]) => string;
}

/** The stored marks of all repositories, with what they share. */
export interface Marks {
  dirty: readonly DirtyRepository[];
  shared: SharedDomain;
}

/**
 * Compares the mark that writers of domain rows raise *before* they write with the mark that derivation leaves when it
 * is done. A crash between the two leaves them different, so the work is done again; nothing can be forgotten.
 *
 * Incidents of other repositories, and who belongs to which team, change without a mark of this repository. A digest
 * of what concerns it stands in the mark instead, so that a reorganisation makes those stale whose authors moved, and
 * not everybody.
 *
 * @param fingerprint of the settings that decide facts
 */
export async function readMarks(warehouse: Warehouse, fingerprint: string, rules: TeamRules): Promise<Marks> {
  const rows = await warehouse.readRows(derivations, ['repo', 'side', 'mark']);
  const sideOf = (side: string): Map<string, string> =>
    new Map(rows.filter((row) => row.side === side).map((row) => [row.repo, row.mark]));
  const [domain, facts, authors] = [sideOf('domain'), sideOf('facts'), sideOf('authors')];
  const shared = await readSharedDomain(warehouse, [...domain.keys()], rules);
  const digest = sharedDigest(shared);
  const dirty = [...domain]
    .filter(([repo, mark]) => {
      const known = digest.ofRepository(repo, (authors.get(repo) ?? '').split(' '));
      return facts.get(repo) !== textOf(mark, fingerprint, known);
    })
    .map(([repo, mark]) => ({
      repo,
      markOf: (keys: readonly string[]) =>
        textOf(mark, fingerprint, digest.ofRepository(repo, keys.map(shortKey))),
    }))
    .sort((a, b) => (a.repo < b.repo ? -1 : 1));
  return { dirty, shared };
}

function textOf(mark: string, rules: string, shared: string): string {
  return [mark, rules, String(FACTS_EDITION), shared].join('|');
}

/** One insert for all, so that the two rows of each come together or not at all. */
export async function markDerived(
  warehouse: Warehouse,
  derived: readonly (DirtyRepository & { people: readonly string[] })[],
): Promise<void> {
  await warehouse.insert(
    derivations,
    derived.flatMap(({ repo, markOf, people }) => {
      const known = [...new Set(people.map(shortKey))].sort().join(' ');
      return [
        { repo, side: 'authors', mark: known },
        { repo, side: 'facts', mark: markOf(people) },
      ];
    }),
  );
}
