import { type Ancestry, createAncestry } from './ancestry.ts';
import type { CommitGraph } from './commit-graph.ts';
import { deploymentBasis } from './deployment-basis.ts';

/** A successful deployment of one service to one environment. */
export interface GroupDeployment {
  /** Its commit in the graph; -1 where the revision is not at hand. */
  readonly commit: number;
  /** Milliseconds since 1970, UTC. */
  readonly finishedAt: number;
  /** It is the first to carry a commit of a hotfix (a branch or label pattern, the caller's to judge). */
  readonly hasHotfix?: boolean;
  /** Nobody had planned it: what it was made for is told by the failure that it follows. */
  readonly isUnplanned?: boolean;
}

/** What every kind of evidence looks at: the deployments of one service and environment, in order. */
export interface DeploymentGroup {
  readonly graph: CommitGraph;
  readonly deployments: readonly GroupDeployment[];
  /** Per commit the first deployment that carried it; see `firstDeployments`. */
  readonly first: Int32Array;
  readonly builtOn: Int32Array;
  readonly isBaseline: Uint8Array;
  readonly ancestry: Ancestry;
}

export function deploymentGroup(
  graph: CommitGraph,
  deployments: readonly GroupDeployment[],
  first: Int32Array,
): DeploymentGroup {
  const commits = deployments.map((deployment) => deployment.commit);
  return {
    graph,
    deployments,
    first,
    ...deploymentBasis(graph, commits, first),
    ancestry: createAncestry(graph),
  };
}
