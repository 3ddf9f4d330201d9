import type { History } from './history.ts';

/**
 * For each commit (by index) the commits that say they were picked from it (`git cherry-pick -x`), directly or from a
 * pick of it: a fix goes from the default branch to 2.x, and from there to 1.x. A pick of a branch that was squashed is
 * one of the squash, where the branch was that one commit.
 */
export function findCherryPicks(history: History): ReadonlyMap<number, readonly number[]> {
  const { commits, indexOf } = history;
  const squashOf = squashFinder(history);
  const picks = new Map<number, number[]>();
  commits.forEach((commit, index) => {
    if (commit.cherry_picked_from === null) return;
    const origin = indexOf.get(commit.cherry_picked_from) ?? squashOf(commit.cherry_picked_from);
    if (origin === undefined || origin === index) return;
    const known = picks.get(origin);
    if (known === undefined) picks.set(origin, [index]);
    else known.push(index);
  });
  return new Map([...picks.keys()].map((origin) => [origin, [...withPicksOfPicks(picks, origin)]]));
}

/** The landing of a pull request by its only commit, which the default branch does not have. Built when first asked. */
function squashFinder({ landed }: History): (sha: string) => number | undefined {
  let squashes: ReadonlyMap<string, number> | undefined;
  return (sha) => {
    squashes ??= new Map(
      [...landed].flatMap(([landing, { commit_count, commit_shas }]) =>
        commit_count === 1 ? commit_shas.map((own) => [own, landing] as const) : [],
      ),
    );
    return squashes.get(sha);
  };
}

function withPicksOfPicks(picks: ReadonlyMap<number, readonly number[]>, origin: number): Set<number> {
  const found = new Set<number>();
  const open = [origin];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pick of picks.get(next) ?? []) {
      if (pick !== origin && !found.has(pick)) open.push(pick);
      found.add(pick);
    }
  }
  return found;
}
