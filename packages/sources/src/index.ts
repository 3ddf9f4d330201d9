export { storeCatalogue, type CatalogueOptions } from './engine/catalogue.ts';
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
export { collectGitHub, type CollectGitHubResult } from './github/collect-github.ts';
export { planGitHub, type PlanGitHubResult } from './github/plan-github.ts';
export { connect, type ConnectOptions, type GitHubConnection } from './github/connection/connect.ts';
export { type Access } from './github/connection/access.ts';
export { addressesOf } from './github/connection/addresses.ts';
export { readCredentials, requireCredentials } from './github/connection/credentials.ts';
export {
  type DeploymentPreview,
  type DeploymentSample,
  previewDeployments,
} from './github/deployments/preview.ts';
export { fetchSamples, readSamples } from './github/deployments/preview-samples.ts';
export { fetchQuota, type Quota } from './github/quota.ts';
export { type StreamNeeds, streamNeeds } from './github/stream-needs.ts';
export { removeOverride, storeOverride } from './override/store-override.ts';
export { source as gitSource } from './git/index.ts';
export { source as githubSource } from './github/index.ts';
export { organisationSource } from './github/organisation/organisation-source.ts';
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
