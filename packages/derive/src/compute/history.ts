import { nameMatcher } from '@bellwether/core';
import { attributeToMerges, buildCommitGraph, type CommitGraph, firstDeployments } from '@bellwether/lineage';
import type { DomainCommit, DomainPullRequest, DomainSnapshot } from '../domain-snapshot.ts';
import { findLandings } from './landings.ts';
import { claimRebasedCommits } from './rebased-commits.ts';

/** A repository's commits as a graph, with the questions that everything else asks of it. */
export interface History {
  commits: readonly DomainCommit[];
  graph: CommitGraph;
  indexOf: ReadonlyMap<string, number>;
  /** Parents that commits name and nobody has: where a shallow clone was cut. */
  missingParents: readonly string[];
  /** The pull requests that reached the default branch, by the commit that put them there. */
  landed: ReadonlyMap<number, DomainPullRequest>;
  /** Pull requests that are known to have been merged, here or into another branch. */
  knownNumbers: ReadonlySet<number>;
  /**
   * For each commit of the default branch the commit that stands for its change (itself, or the pull request's merge);
   * -1 for commits that the default branch does not reach.
   */
  owner: Int32Array;
}

/**
 * @param integrationBranches branches that gather pull requests before they go to the default branch: what is merged
 *   from one of them holds changes of its own. Inside any other pull request a "Merge pull request #1" is that of a
 *   fork, whose number means another thing here.
 */
export function buildHistory(
  { commits, headSha, defaultBranch, pullRequests }: DomainSnapshot,
  integrationBranches: readonly string[],
): History {
  const { graph, indexOf, missingParents } = buildCommitGraph(commits);
  const isIntegration = nameMatcher(integrationBranches);
  const head = headSha === null ? -1 : (indexOf.get(headSha) ?? -1);
  const reached = pullRequests.length === 0 || head === -1 ? null : firstDeployments(graph, [head]);
  const landed =
    reached === null
      ? new Map<number, DomainPullRequest>()
      : findLandings({
          commits,
          indexOf,
          pullRequests,
          isReached: (commit) => reached[commit] === 0,
          isForDefault: (branch) => branch === defaultBranch || isIntegration(branch),
        });
  const history = {
    commits,
    graph,
    indexOf,
    missingParents,
    landed,
    knownNumbers: new Set(pullRequests.map(({ number }) => number)),
  };
  const owner = attributeToMerges(
    graph,
    head,
    (commit) => isLanding(history, commit),
    // What was merged into the default branch by name is its own, even where another merge brought it along.
    (outer, inner) =>
      isIntegration(headBranch(history, outer)) || landed.get(inner)?.base_branch === defaultBranch,
  );
  claimRebasedCommits({ commits, graph, owner, landed });
  return { ...history, owner };
}

/** Whether a commit puts a pull request on its branch: it is known to, or it is a merge that says so itself. */
export function isLanding(
  { commits, landed, knownNumbers }: Pick<History, 'commits' | 'landed' | 'knownNumbers'>,
  index: number,
): boolean {
  if (landed.has(index)) return true;
  const commit = commits[index];
  if (commit === undefined || commit.number === null || commit.parents.length < 2) return false;
  // A number that is known to have landed elsewhere is a fork's, or a copy's.
  return !knownNumbers.has(commit.number);
}

/** The branch that a landing came from; empty where it is not known, and for a fork's, whose names mean nothing here. */
function headBranch({ commits, landed }: Pick<History, 'commits' | 'landed'>, landing: number): string {
  const pullRequest = landed.get(landing);
  if (pullRequest === undefined) return commits[landing]?.head_branch ?? '';
  return pullRequest.is_from_fork ? '' : pullRequest.head_branch;
}
