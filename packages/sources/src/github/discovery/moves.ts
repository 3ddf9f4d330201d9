import type { RepositoryMove } from '../../engine/move-repository.ts';

/** A move with the id of what moves: `<host>:<node id>`. */
export interface PlannedMove extends RepositoryMove {
  readonly id: string;
}

/**
 * Which repositories have to get another name, in an order in which no two ever share one.
 *
 * Whoever holds a name that now is another's leaves it first: for its own new name, or, where that is taken until
 * later (swapped names) or not known (deleted, and the name given away), for a name made of the old one and its id.
 *
 * @param known the name that each stored repository stands under, by id
 * @param listed the name that each repository now has, by id
 */
export function planMoves(
  known: ReadonlyMap<string, string>,
  listed: ReadonlyMap<string, string>,
): PlannedMove[] {
  const current = new Map(known);
  const holders = new Map([...known].map(([id, repo]) => [repo, id]));
  const moves: PlannedMove[] = [];
  const move = (id: string, to: string): void => {
    const from = current.get(id)!;
    moves.push({ id, from, to });
    current.set(id, to);
    holders.delete(from);
    holders.set(to, id);
  };

  for (const [id, repo] of sorted(listed)) {
    const holder = holders.get(repo);
    if (holder !== undefined && holder !== id && !listed.has(holder)) move(holder, parkedName(repo, holder));
  }
  const waiting = sorted(listed).filter(([id, repo]) => known.has(id) && known.get(id) !== repo);
  while (waiting.length > 0) {
    const free = waiting.findIndex(([, repo]) => !holders.has(repo));
    if (free === -1) {
      // All that wait hold each other's names.
      const [id] = waiting[0]!;
      move(id, parkedName(current.get(id)!, id));
      continue;
    }
    const [[id, repo]] = waiting.splice(free, 1) as [[string, string]];
    move(id, repo);
  }
  return moves;
}

/** No repository of GitHub can have such a name. */
function parkedName(repo: string, id: string): string {
  return `${repo}~${id.slice(id.indexOf(':') + 1).replaceAll('/', '_')}`;
}

function sorted(names: ReadonlyMap<string, string>): [string, string][] {
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1));
}
