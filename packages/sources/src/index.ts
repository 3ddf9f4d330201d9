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
