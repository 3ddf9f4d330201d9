import { type TruncationRow, truncations, type Warehouse } from '@bellwether/warehouse';
import type { TableKeys, TableRows } from '../../source.ts';

export type Cut = Pick<TruncationRow, 'entity' | 'reason' | 'detail'>;

/** What stands in `ops.truncations` of one stream: what is read in full after all leaves it. */
export class TruncationBook {
  readonly #scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>;
  readonly #cuts = new Map<string, Cut>();
  /** The entities of one pull request, by its name. */
  readonly #entitiesOf = new Map<string, Set<string>>();
  #written = new Map<string, TruncationRow>();
  #removed = new Set<string>();

  private constructor(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>) {
    this.#scope = scope;
  }

  static async read(
    stored: Pick<Warehouse, 'readRows'>,
    scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>,
  ): Promise<TruncationBook> {
    const book = new TruncationBook(scope);
    const rows = await stored.readRows(truncations, ['entity', 'reason', 'detail'], {
      sql: 'repo = {repo:String} AND source = {source:String} AND stream = {stream:String}',
      params: { ...scope },
    });
    for (const row of rows) book.#keep(row);
    return book;
  }

  /** Everything of one pull request: what is not among `cuts` was read in full. */
  settle(number: number, cuts: readonly Cut[]): void {
    const before = this.#entitiesOf.get(nameOf(number));
    if (cuts.length === 0 && before === undefined) return;
    const now = new Set(cuts.map(({ entity }) => entity));
    for (const entity of before ?? []) if (!now.has(entity)) this.lift(entity);
    for (const cut of cuts) this.note(cut);
  }

  note(cut: Cut): void {
    const before = this.#cuts.get(cut.entity);
    if (before?.reason === cut.reason && before.detail === cut.detail) return;
    this.#keep(cut);
    this.#removed.delete(cut.entity);
    this.#written.set(cut.entity, { ...this.#scope, ...cut });
  }

  /** Only where it stands for this reason; without one, for any. */
  lift(entity: string, reason?: Cut['reason']): void {
    const cut = this.#cuts.get(entity);
    if (cut === undefined || (reason !== undefined && cut.reason !== reason)) return;
    this.#cuts.delete(entity);
    this.#entitiesOf.get(ownerOf(entity))?.delete(entity);
    this.#written.delete(entity);
    this.#removed.add(entity);
  }

  #keep(cut: Cut): void {
    this.#cuts.set(cut.entity, cut);
    const owner = ownerOf(cut.entity);
    const entities = this.#entitiesOf.get(owner) ?? new Set();
    this.#entitiesOf.set(owner, entities.add(cut.entity));
  }

  /** What to write of everything since the last call. */
  take(): { rows: TableRows; removals: TableKeys } {
    const rows = [...this.#written.values()];
    const keys = [...this.#removed].map((entity) => ({ ...this.#scope, entity }));
    this.#written = new Map();
    this.#removed = new Set();
    return { rows: { table: truncations, rows }, removals: { table: truncations, keys } };
  }
}

/** How a pull request is named among what is cut. */
export function nameOf(number: number): string {
  return `#${String(number)}`;
}

/** The pull request of `#12 commits`. */
function ownerOf(entity: string): string {
  return entity.split(' ', 1)[0] ?? entity;
}
