import type { Change } from './change.ts';
import type { History } from './history.ts';

/** A change, and the change that it takes back. */
export interface Revert {
  revert: Change;
  original: Change;
}

export interface ResolvedReverts {
  reverts: readonly Revert[];
  /** The same on branches beside the default one, by the numbers of the commits: a maintenance line takes back a pick. */
  offBranch: readonly { reverted: number; revert: number }[];
  /** Changes that say they revert something which is not in this history. */
  unresolved: readonly { change: Change; target: string }[];
}

/**
 * Finds for every revert the change that it takes back: by the sha that it names (abbreviated or whole), else by the
 * pull request number; where a pull request says by its branch what it reverts, that too. A branch that takes back a
 * commit of its own reverts nothing.
 */
export function resolveReverts(
  changes: readonly Change[],
  history: History,
  picks: ReadonlyMap<number, readonly number[]>,
): ResolvedReverts {
  const byMerge = new Map(changes.map((change) => [change.merge, change]));
  const byNumber = new Map(
    changes.filter(({ row }) => row.number !== null).map((change) => [change.row.number, change]),
  );
  const findCommit = commitFinder(history);
  const findByBranch = branchFinder(changes);
  const reverts: Revert[] = [];
  const unresolved: { change: Change; target: string }[] = [];
  for (const change of changes) {
    const originals = new Set<Change>();
    for (const index of new Set([change.merge, ...change.content])) {
      const commit = history.commits[index];
      if (commit === undefined || (commit.reverts_sha === null && commit.reverts_number === null)) continue;
      const named = commit.reverts_sha === null ? undefined : findCommit(commit.reverts_sha);
      const original =
        (named === undefined ? undefined : byMerge.get(history.owner[named] ?? -1)) ??
        byNumber.get(commit.reverts_number) ??
        (commit.reverts_sha === null ? undefined : findByBranch(commit.reverts_sha));
      if (original === undefined) {
        unresolved.push({ change, target: commit.reverts_sha ?? `#${String(commit.reverts_number)}` });
      } else if (original !== change) {
        originals.add(original);
      }
    }
    const number = change.pullRequest?.reverts_number ?? null;
    const original = number === null ? undefined : byNumber.get(number);
    if (original !== undefined && original !== change) originals.add(original);
    if (number !== null && originals.size === 0) unresolved.push({ change, target: `#${String(number)}` });
    for (const each of originals) reverts.push({ revert: change, original: each });
  }
  const offBranch = history.commits.flatMap((commit, revert) => {
    if (history.owner[revert] !== -1) return [];
    const named =
      (commit.reverts_sha === null ? undefined : findCommit(commit.reverts_sha)) ??
      (commit.reverts_number === null ? undefined : byNumber.get(commit.reverts_number)?.merge);
    return named === undefined
      ? []
      : [named, ...(picks.get(named) ?? [])].map((reverted) => ({ reverted, revert }));
  });
  return { reverts, offBranch, unresolved };
}

/** Finds a change by a whole sha of its branch, which a squash or rebase left behind. Built when first asked. */
function branchFinder(changes: readonly Change[]): (sha: string) => Change | undefined {
  let bySha: ReadonlyMap<string, Change> | undefined;
  return (sha) => {
    bySha ??= new Map(
      changes.flatMap((change) =>
        (change.pullRequest?.commit_shas ?? [])
          .filter((own) => change.row.commit_shas.includes(own))
          .map((own) => [own, change] as const),
      ),
    );
    return bySha.get(sha);
  };
}

/** Finds a commit by a whole or abbreviated sha; undefined when none or several begin like that. */
function commitFinder({ commits, indexOf }: History): (sha: string) => number | undefined {
  let sorted: readonly string[] | undefined;
  return (sha) => {
    const exact = indexOf.get(sha);
    if (exact !== undefined) return exact;
    sorted ??= commits.map((commit) => commit.sha).sort();
    const start = lowerBound(sorted, sha);
    const found = sorted[start];
    const isUnique = found?.startsWith(sha) === true && sorted[start + 1]?.startsWith(sha) !== true;
    return isUnique ? indexOf.get(found) : undefined;
  };
}

function lowerBound(sorted: readonly string[], value: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
