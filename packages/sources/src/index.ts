export { storeCatalogue, type CatalogueOptions } from './engine/catalogue.ts';
export { storeTeamSettings, type TeamSettingsProblems } from './engine/team-settings.ts';
export { collect, type CollectOptions, type CollectResult, type TargetResult } from './engine/collect.ts';
export { applyRawLifetime } from './engine/raw-lifetime.ts';
export { replay, type ReplayOptions, type ReplayResult } from './engine/replay.ts';
export { type RetryTools } from './engine/retry.ts';
export { type StreamResult } from './engine/run-stream.ts';
export { type CloneDescription, describeClone, type DescribeOptions } from './git/describe-clone.ts';
export { type OddTag } from './git/tags.ts';
export { type GitTarget } from './git/session.ts';
export {
  describeProblem,
  importFile,
  type ImportFormat,
  importJsonSchema,
  type ImportKind,
  type ImportKindName,
  importKinds,
  type ImportOptions,
  importReference,
  type ImportResult,
} from './import/index.ts';
export {
  countTraces,
  findPerson,
  forgetPerson,
  forgottenKeys,
  type FoundPerson,
  keyOfForgotten,
  type PersonTraces,
  scrubForgotten,
  type ScrubOptions,
} from './forget/index.ts';
export {
  type Access,
  addressesOf,
  collectGitHub,
  type CollectGitHubResult,
  connect,
  type DeploymentPreview,
  type DeploymentSample,
  fetchOwnerGlimpse,
  fetchQuota,
  fetchSamples,
  type GitHubConnection,
  planGitHub,
  type PlanGitHubResult,
  previewDeployments,
  type Quota,
  readCredentials,
  readSamples,
  requireCredentials,
  source as githubSource,
  streamNeeds,
} from './github/index.ts';
export { removeOverride, storeOverride } from './override/store-override.ts';
export { source as gitSource } from './git/index.ts';
export { sources } from './registry.ts';
export {
  type Batch,
  defineSource,
  defineStream,
  keysOf,
  type OpenContext,
  type RefuseContext,
  rowsOf,
  type Snapshot,
  snapshotOf,
  type Source,
  type SourceSession,
  type Stream,
  type StreamContext,
  type TableKeys,
  type TableRows,
} from './source.ts';
