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
