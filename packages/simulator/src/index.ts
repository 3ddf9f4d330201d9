export type * from './world/model.ts';
export { emptyWorld, type EmptyWorldOptions } from './world/empty-world.ts';
export { type Random, seededRandom } from './world/random.ts';
export * from './world/mutations/index.ts';
export { generateWorld, type WorldOptions } from './world/generate-world.ts';
export {
  defaultParameters,
  type ExactPullRequests,
  type PartialParameters,
  type WorldParameters,
} from './world/parameters.ts';
export { findInconsistencies } from './world/consistency/inconsistencies.ts';
export { repositoryFolder, updateRepository, writeRepositories } from './git-store/git-store.ts';
export {
  defaultMutationWeights,
  type MutateOptions,
  type Mutation,
  type MutationKind,
  mutationKinds,
  mutateWorld,
  tryMutation,
} from './world/random-changes/mutate-world.ts';
export { startGitHub } from './server/start-github.ts';
export type { GitHubOptions, Hooks, RecordedPages, SimulatedGitHub } from './server/options.ts';
export {
  faultNames,
  type FaultName,
  type FaultPlan,
  type Faults,
  parseFaults,
} from './server/faults/plans.ts';
export { documentedLimits, type Limits, noLimits } from './server/limits/limits.ts';
export { type Latency, reportedSeconds } from './server/latency.ts';
export type { App, Installation } from './server/tokens/app.ts';
export {
  allPermissions,
  type ClassicToken,
  type FineGrainedToken,
  type InstallationToken,
  type Permission,
  type Permissions,
  type Token,
} from './server/tokens/token.ts';
export type { Usage } from './server/usage.ts';
export { deliver, type Delivery, signWebhook } from './server/webhooks/deliver.ts';
export {
  deploymentStatusEvent,
  pullRequestEvent,
  pushEvent,
  type WebhookEvent,
  type WebhookName,
  workflowJobEvent,
  workflowRunEvent,
} from './server/webhooks/payloads.ts';
export { expectedRows, type ExpectedRows } from './oracle/expected.ts';
export { keysOfDeleted, type View } from './oracle/view.ts';
export {
  appendDay,
  buildOrganisation,
  type OrganisationOptions,
  type StepReport,
  type StoredOrganisation,
} from './scale/build-organisation.ts';
export { beginning as scaleBeginning } from './scale/size.ts';
export { readTruths, type ScaleTruths } from './scale/truths.ts';
