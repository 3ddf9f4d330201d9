import { defineTable, type RowOf } from '../table.ts';

/** Every name that a repository was collected under; the id stays when it is renamed or moved. */
export const repositoryAliases = defineTable('domain.repository_aliases', ['repo_id', 'repo'], {
  // `<host>:<node id>`
  repo_id: 'String',
  repo: 'String',
  // All rows stand under the current name.
  is_current: 'Bool',
});
export type RepositoryAliasRow = RowOf<typeof repositoryAliases>;
