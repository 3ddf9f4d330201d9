import type { CommitRow } from '../commit-graph.ts';
import type { GroupDeployment } from '../deployment-group.ts';
import type { Outcome } from '../failures.ts';
import type { RevertPair } from '../reverts.ts';

/**
 * The same answers by definition, for tests: whole histories as sets, and each question asked of every deployment.
 * Slow, and on purpose without anything of the real code but its types.
 */
export type Histories = readonly ReadonlySet<number>[];

type Failure = Pick<Outcome, 'evidence' | 'confidence' | 'recoveredBy'>;

/** Per commit itself and everything behind it. */
export function naiveHistories(commits: readonly CommitRow[]): Histories {
  const indexOf = new Map(commits.map(({ sha }, index) => [sha, index]));
  const known = new Map<number, ReadonlySet<number>>();
  function historyOf(commit: number): ReadonlySet<number> {
    const parents = commits[commit]!.parents.map((sha) => indexOf.get(sha)!);
    const history =
      known.get(commit) ?? new Set([commit, ...parents.flatMap((each) => [...historyOf(each)])]);
    known.set(commit, history);
    return history;
  }
  return commits.map((_, commit) => historyOf(commit));
}

export function naiveFirstDeployments(histories: Histories, deployedCommits: readonly number[]): number[] {
  return histories.map((_, commit) =>
    deployedCommits.findIndex((deployed) => histories[deployed]?.has(commit) === true),
  );
}

export function naiveOutcomes(
  histories: Histories,
  deployments: readonly GroupDeployment[],
  pairs: readonly RevertPair[],
): Outcome[] {
  const all = deployments.map((_, index) => index);
  const commitOf = deployments.map((each) => each.commit);
  const carried = commitOf.map((commit) => histories[commit] ?? new Set<number>());
  const first = naiveFirstDeployments(histories, commitOf);
  const bringsNew = (index: number): boolean => first.includes(index);
  const lastOf = (indices: readonly number[]): number => indices.at(-1) ?? -1;

  const isBaseline = all.map((index) => {
    const before = all.slice(0, index);
    if (before.every((other) => commitOf[other] === -1)) return true;
    return (
      bringsNew(index) && before.every((other) => [...carried[other]!].every((c) => !carried[index]!.has(c)))
    );
  });

  // Rollbacks, asked of the deployment that is taken back: the first rollback after it that leaves it out.
  const targetOf = all.map((index) => {
    const inForce = commitOf[index - 1] ?? -1;
    const isBackwards = inForce !== -1 && commitOf[index] !== -1 && !carried[index]!.has(inForce);
    return isBackwards
      ? lastOf(all.filter((other) => other < index && commitOf[other] === commitOf[index]))
      : -1;
  });
  const undoneBy = all.map(
    (index) =>
      all.find(
        (later) =>
          targetOf[later] !== -1 &&
          targetOf[later]! < index &&
          index < later &&
          commitOf[index] !== -1 &&
          !carried[later]!.has(commitOf[index]!),
      ) ?? -1,
  );
  const byRollback = (index: number): Failure[] =>
    undoneBy[index] !== -1 && undoneBy.indexOf(undoneBy[index]!) === index
      ? [{ evidence: 'rollback', confidence: 'high', recoveredBy: undoneBy[index]! }]
      : [];

  // Reverts, by asking of a revision whether a change is in effect there.
  const reverts = pairs.filter(
    (pair) => pair.reverted !== pair.revert && histories[pair.revert]!.has(pair.reverted),
  );
  const lands = (commit: number): boolean =>
    !reverts.some((pair) => pair.revert === commit && lands(pair.reverted));
  const isActive = (commit: number, revision: ReadonlySet<number>): boolean =>
    !reverts.some(
      (pair) => pair.reverted === commit && revision.has(pair.revert) && isActive(pair.revert, revision),
    );
  const effective = reverts.filter(({ reverted, revert }) => {
    const [from, to] = [first[reverted]!, first[revert]!];
    return (
      to !== -1 &&
      from < to &&
      lands(reverted) &&
      isActive(reverted, carried[from]!) &&
      isActive(revert, carried[to]!)
    );
  });
  const byRevert = (index: number): Failure[] =>
    effective
      .filter(({ reverted }) => first[reverted] === index && !isBaseline[index])
      .map(({ revert, isGuess }) => ({
        evidence: 'revert' as const,
        confidence: isGuess === true ? ('low' as const) : ('medium' as const),
        recoveredBy: first[revert]!,
      }))
      .sort((a, b) =>
        a.confidence === b.confidence ? a.recoveredBy - b.recoveredBy : a.confidence === 'low' ? 1 : -1,
      );

  // Hotfixes, by looking for what the revision contains of every earlier deployment.
  const hotfixes = all.filter(
    (index) => deployments[index]!.hasHotfix === true && bringsNew(index) && !isBaseline[index],
  );
  const repairedBy = hotfixes.map((index) => {
    const base = lastOf(
      all.filter(
        (before) =>
          before < index &&
          (carried[index]!.has(commitOf[before]!) ||
            (!isBaseline[before] && [...carried[index]!].some((commit) => first[commit] === before))),
      ),
    );
    const startsRun = (at: number): boolean => at === 0 || commitOf[at - 1] !== commitOf[at];
    return lastOf(all.filter((at) => at <= base && startsRun(at)));
  });
  const byHotfix = (index: number): Failure[] =>
    undoneBy[index] !== -1 || targetOf[index] !== -1
      ? []
      : hotfixes
          .filter((_, at) => repairedBy[at] === index)
          .map((recoveredBy) => ({ evidence: 'hotfix', confidence: 'low', recoveredBy }));

  return all.map((index) => {
    const failure = [...byRollback(index), ...byRevert(index), ...byHotfix(index)][0];
    return {
      isFailure: failure !== undefined,
      evidence: failure?.evidence ?? null,
      confidence: failure?.confidence ?? null,
      failedAt: failure === undefined ? null : deployments[index]!.finishedAt,
      recoveredAt: failure === undefined ? null : deployments[failure.recoveredBy!]!.finishedAt,
      recoveredBy: failure?.recoveredBy ?? null,
      isRework:
        targetOf[index] !== -1 ||
        effective.some(({ revert }) => first[revert] === index) ||
        hotfixes.includes(index),
      isUndone: undoneBy[index] !== -1,
      isBaseline: isBaseline[index]!,
    };
  });
}

/** Owners as `attributeToMerges` gives them, by set differences and recursion. */
export function naiveOwners(
  commits: readonly CommitRow[],
  histories: Histories,
  head: number,
  landings: ReadonlySet<number>,
): number[] {
  const parentsOf = commits.map(({ parents }) =>
    parents.map((sha) => commits.findIndex((row) => row.sha === sha)),
  );
  const owner = commits.map(() => -1);

  function assign(tip: number, among: ReadonlySet<number>, lineOwner: number): void {
    const line: number[] = [];
    for (let at: number | undefined = tip; at !== undefined && among.has(at); at = parentsOf[at]![0]) {
      line.unshift(at);
    }
    for (const commit of line) {
      const [firstParent, ...others] = parentsOf[commit]!;
      const own = landings.has(commit) ? commit : lineOwner;
      owner[commit] = own === -1 ? commit : own;
      for (const other of others) {
        const broughtIn = [...histories[other]!].filter(
          (each) => among.has(each) && !histories[firstParent!]!.has(each) && owner[each] === -1,
        );
        assign(other, new Set(broughtIn), own);
      }
    }
  }
  assign(head, histories[head]!, -1);
  return owner;
}
