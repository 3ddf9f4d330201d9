export { type Ancestry, createAncestry, isAncestor } from './ancestry.ts';
export {
  buildCommitGraph,
  type BuiltCommitGraph,
  type CommitGraph,
  type CommitRow,
  graphFromParents,
} from './commit-graph.ts';
export { deploymentBasis, type DeploymentBasis } from './deployment-basis.ts';
export type { GroupDeployment } from './deployment-group.ts';
export { byTimeThenRef, compareBytewise, type OrderedByTime } from './deployment-order.ts';
export { type Confidence, type Evidence, evidenceByStrength, type FailureClaim } from './failure-claim.ts';
export { deploymentOutcomes, type Outcome } from './failures.ts';
export { firstDeployments } from './first-deployments.ts';
export { attributeToMerges } from './first-parent-walk.ts';
export type { RevertPair } from './reverts.ts';
export type { Testimony } from './testimony.ts';
