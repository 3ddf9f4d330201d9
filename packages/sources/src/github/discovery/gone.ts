import { randomUUID } from 'node:crypto';
import { cursors, repositories, type RepositoryRow, type Warehouse } from '@bellwether/warehouse';
import { z } from 'zod';
import { DirtyMark } from '../../engine/dirty-mark.ts';
import type { GitHubApi } from '../api.ts';
import { repositoriesByIdDocument } from '../queries/generated.ts';
import { type NamedRepository, RepositoriesById } from './api-schema.ts';
import { StoredNotes } from './stored-notes.ts';

const MissingNote = z.object({ firstMissedAt: z.number() });

/** Before a repository counts as gone it has to be missed twice, and for so long: GitHub has bad minutes. */
const MISSED_FOR_MS = 3_600_000;

/**
 * Looks for repositories that are no longer listed, by their ids: 100 a request.
 *
 * @param owner who had them: of several credentials its own is asked
 * @returns those that still are, under whatever owner and name; the others are not shown any more
 */
export async function fetchByIds(
  api: GitHubApi,
  owner: string,
  nodeIds: readonly string[],
): Promise<Map<string, NamedRepository>> {
  const found = new Map<string, NamedRepository>();
  const pages = api.byIds({
    document: repositoriesByIdDocument,
    schema: RepositoriesById,
    variables: {},
    ids: nodeIds,
    items: (data) => data.nodes,
    pageSize: 100,
    key: owner,
  });
  for await (const { items } of pages) {
    for (const item of items) if (item !== null) found.set(item.id, item);
  }
  return found;
}

/** What became of a repository: `<host>/<owner>/<name>` by `<host>:<node id>`. */
export interface Sightings {
  readonly missed: ReadonlyMap<string, string>;
  /** Seen in whatever way; a note that they were missed is taken back. */
  readonly seen: ReadonlySet<string>;
}

/**
 * Notes who is missed, and declares gone who was missed before, an hour ago or more. Rows stay; only `is_gone` is set,
 * and the cursor of the repository stream goes, so that one that comes back is read and found to be there.
 *
 * @returns the repositories that now count as gone
 */
export async function noteMissing(
  warehouse: Warehouse,
  { missed, seen }: Sightings,
  now: number,
): Promise<string[]> {
  const notes = new StoredNotes(warehouse, 'missing', MissingNote);
  const stored = await notes.readAll();
  await notes.remove([...stored.keys()].filter((id) => seen.has(id)));
  const first = [...missed.keys()].filter((id) => !stored.has(id));
  await notes.store(new Map(first.map((id) => [id, { firstMissedAt: now }])));
  const gone = [...missed].filter(([id]) => {
    const note = stored.get(id);
    return note !== undefined && now - note.firstMissedAt >= MISSED_FOR_MS;
  });
  for (const [id, repo] of gone) {
    await declareGone(warehouse, repo);
    await notes.remove([id]);
  }
  return gone.map(([, repo]) => repo);
}

async function declareGone(warehouse: Warehouse, repo: string): Promise<void> {
  const columns = Object.keys(repositories.columns) as (keyof RepositoryRow)[];
  const [row] = await warehouse.readRows(repositories, columns, {
    sql: 'repo = {repo:String}',
    params: { repo },
  });
  if (row === undefined) return;
  const mark = new DirtyMark(warehouse, repo, randomUUID());
  await mark.raise();
  await warehouse.remove(cursors, [{ source: 'github', stream: 'repository', key: repo }]);
  await warehouse.insert(repositories, [{ ...row, is_gone: true }]);
  await mark.settle();
}
