import { compareBytewise } from '@bellwether/lineage';
import type { DomainCommit, DomainPullRequest } from '../domain-snapshot.ts';

export interface LandingInput {
  commits: readonly DomainCommit[];
  indexOf: ReadonlyMap<string, number>;
  pullRequests: readonly DomainPullRequest[];
  /** Whether the default branch's history has the commit. */
  isReached: (commit: number) => boolean;
  /** Whether what goes into a branch is meant for the default one. */
  isForDefault: (branch: string) => boolean;
}

/**
 * For each pull request that reached the default branch the commit that put it there.
 *
 * Its merge commit says so. GitHub leaves that null for what was merged by a push, and a rewritten branch no longer
 * has it: then the commit whose subject names the number, the last of its own commits, or the last that was
 * cherry-picked from one of them. A pull request whose merge commit lies on another branch never landed here, whatever
 * carries its number.
 *
 * @returns by the index of the commit; where several claim one commit, the one that its subject names has it
 */
export function findLandings(input: LandingInput): Map<number, DomainPullRequest> {
  const { commits, indexOf, isReached, isForDefault } = input;
  const landed = new Map<number, DomainPullRequest>();
  const lost: DomainPullRequest[] = [];
  const byNumber = [...input.pullRequests].sort((a, b) => a.number - b.number);
  const mergeOf = ({ merge_commit_sha }: DomainPullRequest): number | undefined =>
    merge_commit_sha === null ? undefined : indexOf.get(merge_commit_sha);

  // A default branch that was renamed keeps its old name in old pull requests; what it took in shows that it was one.
  const feeding = new Set(
    byNumber.filter((each) => isReached(mergeOf(each) ?? -1)).map(({ base_branch }) => base_branch),
  );
  for (const pullRequest of byNumber) {
    const merge = mergeOf(pullRequest);
    if (merge !== undefined && isReached(merge)) {
      const holder = landed.get(merge);
      const isNamed = commits[merge]?.number === pullRequest.number;
      if (holder === undefined || isNamed) landed.set(merge, pullRequest);
      if (holder !== undefined) lost.push(isNamed ? holder : pullRequest);
    } else if (isForDefault(pullRequest.base_branch) || feeding.has(pullRequest.base_branch)) {
      lost.push(pullRequest);
    }
  }
  if (lost.length === 0) return landed;

  const traces = tracesOf(input);
  for (const pullRequest of lost.sort((a, b) => a.number - b.number)) {
    const free = (commit: number): boolean => isReached(commit) && !landed.has(commit);
    const named = traces.named(pullRequest).find(free);
    const own = pullRequest.commit_shas.map((sha) => indexOf.get(sha) ?? -1).findLast(free);
    const picked = pullRequest.commit_shas.flatMap((sha) => traces.pickedFrom(sha)).findLast(free);
    const landing = named ?? own ?? picked;
    if (landing !== undefined) landed.set(landing, pullRequest);
  }
  return landed;
}

interface Traces {
  /** Commits that name the number: merges first, then the nearest in time to when it was merged. */
  named(pullRequest: DomainPullRequest): number[];
  /** Copies of a commit, in order of their dates. */
  pickedFrom(sha: string): readonly number[];
}

function tracesOf({ commits, isReached }: LandingInput): Traces {
  const named = new Map<number, number[]>();
  const picked = new Map<string, number[]>();
  commits.forEach(({ number, cherry_picked_from }, index) => {
    if (!isReached(index)) return;
    if (number !== null) named.set(number, [...(named.get(number) ?? []), index]);
    if (cherry_picked_from === null) return;
    picked.set(cherry_picked_from, [...(picked.get(cherry_picked_from) ?? []), index]);
  });
  const dateOf = (index: number): number => commits[index]?.committed_at ?? 0;
  const bySha = (a: number, b: number): number =>
    compareBytewise(commits[a]?.sha ?? '', commits[b]?.sha ?? '');
  const isMerge = (index: number): number => ((commits[index]?.parents.length ?? 0) > 1 ? 0 : 1);
  return {
    named({ number, merged_at }) {
      const distance = (index: number): number => Math.abs(dateOf(index) - (merged_at ?? 0));
      return (named.get(number) ?? []).toSorted(
        (a, b) => isMerge(a) - isMerge(b) || distance(a) - distance(b) || bySha(a, b),
      );
    },
    pickedFrom: (sha) => (picked.get(sha) ?? []).toSorted((a, b) => dateOf(a) - dateOf(b) || bySha(a, b)),
  };
}
