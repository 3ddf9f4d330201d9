import { derivations, type Warehouse } from '@bellwether/warehouse';
import type { OwnershipStep } from './builds/ownership.ts';
import { sharedDigest, shortKey } from './shared-digest.ts';
import { readSharedDomain, type SharedDomain } from './shared-domain.ts';
import type { TeamRules } from './team-directory.ts';

/** Raise when the same domain rows would now give other facts. */
export const FACTS_EDITION = 6;

/** A repository whose facts are older than what they were computed from, or were computed by other rules. */
export interface DirtyRepository {
  repo: string;
  /** What the facts will have been derived from, once they are written; who worked on it is known by then. */
  markOf: (people: readonly string[]) => string;
  /** The same of its builds. */
  buildMark: string;
  /** Where nothing but builds changed: what may be shown of its owner, which is as it was. Else null. */
  ownership: readonly OwnershipStep[] | null;
}

/** What is to be remembered of a repository of which everything was computed. */
export interface Remembered {
  people: readonly string[];
  ownership: readonly OwnershipStep[];
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
 * Builds have a mark of their own: where nothing else was raised, nothing else is computed.
 *
 * @param fingerprint of the settings that decide facts
 */
export async function readMarks(warehouse: Warehouse, fingerprint: string, rules: TeamRules): Promise<Marks> {
  const rows = await warehouse.readRows(derivations, ['repo', 'side', 'mark']);
  const sideOf = (side: string): Map<string, string> =>
    new Map(rows.filter((row) => row.side === side).map((row) => [row.repo, row.mark]));
  const [domain, facts, authors] = [sideOf('domain'), sideOf('facts'), sideOf('authors')];
  const [builds, buildFacts, ownership] = [sideOf('builds'), sideOf('build-facts'), sideOf('ownership')];
  const repos = [...new Set([...domain.keys(), ...builds.keys()])].sort();
  const shared = await readSharedDomain(warehouse, repos, rules);
  const digest = sharedDigest(shared);
  const dirty = repos.flatMap((repo): DirtyRepository[] => {
    const mark = domain.get(repo) ?? '';
    const buildMark = builds.get(repo) ?? '';
    const known = digest.ofRepository(repo, (authors.get(repo) ?? '').split(' '));
    const isStale = facts.get(repo) !== textOf(mark, fingerprint, known);
    if (!isStale && (buildFacts.get(repo) ?? '') === buildMark) return [];
    const steps = isStale ? undefined : ownership.get(repo);
    return [
      {
        repo,
        buildMark,
        ownership: steps === undefined ? null : (JSON.parse(steps) as OwnershipStep[]),
        markOf: (keys) => textOf(mark, fingerprint, digest.ofRepository(repo, keys.map(shortKey))),
      },
    ];
  });
  return { dirty, shared };
}

function textOf(mark: string, rules: string, shared: string): string {
  return [mark, rules, String(FACTS_EDITION), shared].join('|');
}

/**
 * One insert for all, so that the rows of each come together or not at all.
 *
 * @param derived what to remember is null where only builds were computed
 * @param minimumGroupSize below which names were withheld
 */
export async function markDerived(
  warehouse: Warehouse,
  derived: readonly { dirty: DirtyRepository; remembered: Remembered | null }[],
  minimumGroupSize: number,
): Promise<void> {
  await warehouse.insert(
    derivations,
    derived.flatMap(({ dirty: { repo, markOf, buildMark }, remembered }) => {
      const ofBuilds = { repo, side: 'build-facts', mark: buildMark };
      if (remembered === null) return [ofBuilds];
      const known = [...new Set(remembered.people.map(shortKey))].sort().join(' ');
      return [
        ofBuilds,
        { repo, side: 'authors', mark: known },
        { repo, side: 'ownership', mark: JSON.stringify(remembered.ownership) },
        { repo, side: 'group-size', mark: String(minimumGroupSize) },
        { repo, side: 'facts', mark: markOf(remembered.people) },
      ];
    }),
  );
}

/** The smallest size for which any facts show the name of a team; null where nothing was derived. */
export async function smallestGroupShown(warehouse: Warehouse): Promise<number | null> {
  const rows = await warehouse.readRows(derivations, ['mark'], { sql: "side = 'group-size'", params: {} });
  return rows.length === 0 ? null : rows.reduce((least, { mark }) => Math.min(least, Number(mark)), Infinity);
}
