import { repositories, repositoryAliases, type RepositoryRow, type Warehouse } from '@bellwether/warehouse';

type Stored = Pick<Warehouse, 'readRows'>;

const columns = Object.keys(repositories.columns) as (keyof RepositoryRow)[];

/**
 * What a forge said about a repository; null where only clones of it are known. A repository that both know is the
 * forge's: it decides about the default branch, its head and the tags, and which commits are gone. A clone only adds
 * commits and their files.
 */
export async function readForgeRepository(stored: Stored, repo: string): Promise<RepositoryRow | null> {
  const [row] = await stored.readRows(repositories, columns, {
    sql: `repo = {repo:String} AND repo_id != ''`,
    params: { repo },
  });
  return row ?? null;
}

/**
 * The name under which a forge knows the repository that a clone calls by another spelling or by an earlier name; the
 * clone's own where no forge knows it. Else one repository would become two.
 */
export async function currentName(stored: Stored, repo: string): Promise<string> {
  const aliases = await stored.readRows(repositoryAliases, ['repo_id', 'repo'], {
    sql: 'lower(repo) = lower({repo:String})',
    params: { repo },
  });
  const exact = aliases.find((alias) => alias.repo === repo);
  const [found, another] = exact ? [exact] : aliases;
  // Elsewhere two repositories may differ in upper and lower case alone.
  if (found === undefined || another !== undefined) return repo;
  const [current] = await stored.readRows(repositoryAliases, ['repo'], {
    sql: 'repo_id = {id:String} AND is_current',
    params: { id: found.repo_id },
  });
  return current?.repo ?? repo;
}
