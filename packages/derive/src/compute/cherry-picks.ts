import type { History } from './history.ts';

/** For each commit (by index) the commits that say they were picked from it (`git cherry-pick -x`). */
export function findCherryPicks({ commits, indexOf }: History): ReadonlyMap<number, readonly number[]> {
  const picks = new Map<number, number[]>();
  commits.forEach((commit, index) => {
    if (commit.cherry_picked_from === null) return;
    const origin = indexOf.get(commit.cherry_picked_from);
    if (origin === undefined || origin === index) return;
    const known = picks.get(origin);
    if (known === undefined) picks.set(origin, [index]);
    else known.push(index);
  });
  return picks;
}
