import { derivations, type Warehouse } from '@bellwether/warehouse';

/** Raise when the same domain rows would now give other facts. */
const FACTS_EDITION = 1;

/** A repository whose facts are older than its domain rows, or were computed by other rules. */
export interface DirtyRepository {
  repo: string;
  /** What the facts will have been derived from, once they are written. */
  mark: string;
}

/**
 * Compares the mark that writers of domain rows raise *before* they write with the mark that derivation leaves when it
 * is done. A crash between the two leaves them different, so the work is done again; nothing can be forgotten.
 *
 * @param rules fingerprint of the settings that decide facts
 */
export async function readDirtyRepositories(warehouse: Warehouse, rules: string): Promise<DirtyRepository[]> {
  const rows = await warehouse.readRows(derivations, ['repo', 'side', 'mark']);
  const derived = new Map(rows.filter((row) => row.side === 'facts').map((row) => [row.repo, row.mark]));
  return rows
    .filter((row) => row.side === 'domain')
    .map((row) => ({ repo: row.repo, mark: `${row.mark}|${rules}|${String(FACTS_EDITION)}` }))
    .filter(({ repo, mark }) => derived.get(repo) !== mark)
    .sort((a, b) => (a.repo < b.repo ? -1 : 1));
}

export async function markDerived(warehouse: Warehouse, dirty: DirtyRepository): Promise<void> {
  await warehouse.insert(derivations, [{ repo: dirty.repo, side: 'facts', mark: dirty.mark }]);
}
