import { type CommitRow, commits, type Warehouse } from '@bellwether/warehouse';

type Stored = Pick<Warehouse, 'readRows'>;

/** Puts back the files that a clone has read: GitHub's own commits come without, and must not take them away. */
export async function keepPaths(
  rows: CommitRow[],
  { repo, stored }: { readonly repo: string; readonly stored: Stored },
): Promise<CommitRow[]> {
  if (rows.length === 0 || !(await hasAnyPaths(stored, repo))) return rows;
  const found = await stored.readRows(commits, ['sha', 'paths'], {
    sql: 'repo = {repo:String} AND has_paths AND sha IN {shas:Array(String)}',
    params: { repo, shas: rows.map(({ sha }) => sha) },
  });
  const pathsOf = new Map(found.map(({ sha, paths }) => [sha, paths]));
  return rows.map((row) => {
    const paths = pathsOf.get(row.sha);
    return paths === undefined ? row : { ...row, has_paths: true, paths };
  });
}

/** Where no clone was collected, nothing need be looked up. */
async function hasAnyPaths(stored: Stored, repo: string): Promise<boolean> {
  const found = await stored.readRows(commits, ['sha'], {
    sql: 'repo = {repo:String} AND has_paths LIMIT 1',
    params: { repo },
  });
  return found.length > 0;
}
