import { derivations, type Warehouse } from '@bellwether/warehouse';

/**
 * Tells derivation that a repository's domain rows change. Raised before the first row, because a crash right
 * after it must not leave rows that nobody computes facts from; and again after the last, because derivation that
 * ran meanwhile saw only part of them.
 */
export class DirtyMark {
  readonly #warehouse: Warehouse;
  readonly #repo: string;
  readonly #runId: string;
  #isRaised = false;

  constructor(warehouse: Warehouse, repo: string, runId: string) {
    this.#warehouse = warehouse;
    this.#repo = repo;
    this.#runId = runId;
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  /** To be called before every domain row; costs something only the first time. */
  async raise(): Promise<void> {
    if (this.#isRaised) return;
    await this.#write('begin');
    this.#isRaised = true;
  }

  /** To be called when the last domain row is stored. */
  async settle(): Promise<void> {
    if (this.#isRaised) await this.#write('end');
  }

  #write(moment: 'begin' | 'end'): Promise<void> {
    const mark = `${this.#runId}:${moment}`;
    return this.#warehouse.insert(derivations, [{ repo: this.#repo, side: 'domain', mark }]);
  }
}
