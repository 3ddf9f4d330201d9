export {
  type CommitSpec,
  defaultPerson,
  makeRepository,
  type PersonSpec,
  type RepositorySpec,
  runGit,
  type TagSpec,
  TestRepository,
} from './git/testing/repository-builder.ts';
export { type Dump, openTestWarehouse, readAll, type TestWarehouse } from './testing/test-warehouse.ts';
export {
  mortalWarehouse,
  type Write,
  watchWarehouse,
  type WatchOptions,
} from './testing/watched-warehouse.ts';
export type { GitHubApi } from './github/api.ts';
export { connect } from './github/connection/connect.ts';
export { Secret } from './github/connection/secret.ts';
export { source as gitHubSource } from './github/github-source.ts';
export { pullRequestsDocument, repositoryProbeDocument } from './github/queries/generated.ts';
export { pullRequestStream } from './github/streams/pull-requests.ts';
