import type { Instant } from '@bellwether/core';
import { pullRequests, type RowOf, type Table, type Warehouse } from '@bellwether/warehouse';
import { type ChildKeys, childKeys, childNames } from './children.ts';
import type { MappedPullRequest } from './mapper.ts';

export interface KnownPullRequest {
  readonly id: string;
  readonly updatedAt: Instant;
}

/** More rows than the engine holds back at any time. */
const MOST_HELD_BACK = 100_000;

/**
 * Which pull requests of a repository are stored, or given to be stored by this reading. A first reading begins with
 * none, and who is not known needs no comparing with the warehouse.
 */
export class StoredState {
  readonly #repo: string;
  readonly #stored: Pick<Warehouse, 'readRows'>;
  readonly #known = new Map<number, KnownPullRequest>();
  /** What this reading gave last: the warehouse may not show it yet. */
  readonly #given = new Map<number, ChildKeys>();
  #givenRows = 0;

  private constructor(stored: Pick<Warehouse, 'readRows'>, repo: string) {
    this.#stored = stored;
    this.#repo = repo;
  }

  static async read(stored: Pick<Warehouse, 'readRows'>, repo: string): Promise<StoredState> {
    const state = new StoredState(stored, repo);
    const rows = await stored.readRows(pullRequests, ['number', 'node_id', 'updated_at'], {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    for (const { number, node_id: id, updated_at: updatedAt } of rows) {
      state.#known.set(number, { id, updatedAt });
    }
    return state;
  }

  /** By number. */
  get known(): ReadonlyMap<number, KnownPullRequest> {
    return this.#known;
  }

  /** Keys of children that this reading gave and the warehouse may not show; null: what it shows is true. */
  givenOf(number: number): ChildKeys | null {
    return this.#given.get(number) ?? null;
  }

  add(mapped: MappedPullRequest): void {
    const { number, node_id: id, updated_at: updatedAt } = mapped.pullRequest;
    this.#known.set(number, { id, updatedAt });
    this.#forget(number);
    const given = childKeys(mapped);
    this.#given.set(number, given);
    this.#givenRows += sizeOf(given);
    for (const oldest of this.#given.keys()) {
      if (this.#givenRows <= MOST_HELD_BACK) break;
      this.#forget(oldest);
    }
  }

  delete(number: number): void {
    this.#known.delete(number);
    this.#forget(number);
  }

  /** The stored rows of a table that belong to the numbers. */
  async readRows<T extends Table, Column extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly Column[],
    numbers: readonly number[],
  ): Promise<Pick<RowOf<T>, Column>[]> {
    if (numbers.length === 0) return [];
    return this.#stored.readRows(table, columns, {
      sql: 'repo = {repo:String} AND number IN {numbers:Array(UInt32)}',
      params: { repo: this.#repo, numbers },
    });
  }

  #forget(number: number): void {
    const given = this.#given.get(number);
    if (given === undefined) return;
    this.#given.delete(number);
    this.#givenRows -= sizeOf(given);
  }
}

/** The pull request and its payload are rows too. */
function sizeOf(given: ChildKeys): number {
  return childNames.reduce((sum, name) => sum + given[name].length, 2);
}
