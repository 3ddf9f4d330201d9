import { repositories, repositoryAliases, type Warehouse } from '@bellwether/warehouse';

/** What the warehouse knows of the repositories of one host. */
export interface KnownRepositories {
  /** The name that each stands under, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The ids of those that are known to be gone. */
  readonly gone: ReadonlySet<string>;
}

/** Reads them all at once: two queries, however many repositories there are. */
export async function readKnownRepositories(
  warehouse: Pick<Warehouse, 'readRows'>,
  host: string,
): Promise<KnownRepositories> {
  const aliases = await warehouse.readRows(repositoryAliases, ['repo_id', 'repo'], {
    sql: 'is_current AND startsWith(repo_id, {prefix:String})',
    params: { prefix: `${host}:` },
  });
  const gone = await warehouse.readRows(repositories, ['repo_id'], {
    sql: 'is_gone AND startsWith(repo_id, {prefix:String})',
    params: { prefix: `${host}:` },
  });
  return {
    names: new Map(aliases.map((row) => [row.repo_id, row.repo])),
    gone: new Set(gone.map((row) => row.repo_id)),
  };
}
