import { derivations, type Warehouse } from '@bellwether/warehouse';

/**
 * Tells derivation that a repository's domain rows change. A mark goes before the first row, because a crash right
 * after it must not leave rows that nobody computes facts from; and another one after the last row, *before* the
 * checkpoint that follows: whoever derived in between saw only part of the rows, and no later run would tell.
 */
export class DirtyMark {
  readonly #warehouse: Warehouse;
  readonly #repo: string;
  readonly #runId: string;
  #count = 0;
  #isRaised = false;

  constructor(warehouse: Warehouse, repo: string, runId: string) {
    this.#warehouse = warehouse;
    this.#repo = repo;
    this.#runId = runId;
  }

  /** To be called before every domain row; costs something only the first time after a checkpoint. */
  async raise(): Promise<void> {
    if (this.#isRaised) return;
    await this.#write();
    this.#isRaised = true;
  }

  /** To be called after the last domain row, before a checkpoint moves. */
  async settle(): Promise<void> {
    if (!this.#isRaised) return;
    await this.#write();
    this.#isRaised = false;
  }

  #write(): Promise<void> {
    this.#count += 1;
    const mark = `${this.#runId}:${String(this.#count)}`;
    return this.#warehouse.insert(derivations, [{ repo: this.#repo, side: 'domain', mark }]);
  }
}
