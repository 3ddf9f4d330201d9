import { nameMatcher } from '@bellwether/core';
import { attributeToMerges, buildCommitGraph, type CommitGraph } from '@bellwether/lineage';
import type { DomainCommit, DomainSnapshot } from '../domain-snapshot.ts';

/** A repository's commits as a graph, with the two questions everything else asks of it. */
export interface History {
  commits: readonly DomainCommit[];
  graph: CommitGraph;
  indexOf: ReadonlyMap<string, number>;
  /** Parents that commits name and nobody has: where a shallow clone was cut. */
  missingParents: readonly string[];
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
  { commits, headSha }: DomainSnapshot,
  integrationBranches: readonly string[],
): History {
  const { graph, indexOf, missingParents } = buildCommitGraph(commits);
  const isIntegration = nameMatcher(integrationBranches);
  const head = headSha === null ? undefined : indexOf.get(headSha);
  const owner =
    head === undefined
      ? new Int32Array(commits.length).fill(-1)
      : attributeToMerges(
          graph,
          head,
          (index) => isPullRequestMerge(commits[index]),
          (index) => isIntegration(commits[index]?.head_branch ?? ''),
        );
  return { commits, graph, indexOf, missingParents, owner };
}

export function isPullRequestMerge(commit: DomainCommit | undefined): boolean {
  return commit !== undefined && commit.number !== null && commit.parents.length > 1;
}
