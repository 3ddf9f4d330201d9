import type { CommitRow } from '@bellwether/warehouse';

/** Paths weigh more than rows do: one import of a tree can touch a hundred thousand files. */
const MOST_PATHS = 200_000;

/** Gathers rows until they are worth an insert, and no more than memory should hold. */
export class CommitBatch {
  readonly #mostRows: number;
  #rows: CommitRow[] = [];
  #paths = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  get isFull(): boolean {
    return this.#rows.length >= this.#mostRows || this.#paths >= MOST_PATHS;
  }

  add(row: CommitRow): void {
    this.#rows.push(row);
    this.#paths += row.paths.length;
  }

  take(): CommitRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#paths = 0;
    return rows;
  }
}
