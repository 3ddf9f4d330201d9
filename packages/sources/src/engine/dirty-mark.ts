import { derivations, type Table, type Warehouse } from '@bellwether/warehouse';

/** What changed: only builds, whose facts are computed apart from all others, or anything. */
type MarkSide = 'domain' | 'builds';

/**
 * Tells derivation that a repository's domain rows change. A mark goes before the first row, because a crash right
 * after it must not leave rows that nobody computes facts from; and another one after the last row, *before* the
 * checkpoint that follows: whoever derived in between saw only part of the rows, and no later run would tell.
 *
 * Builds come all day where nothing else does, and have a mark of their own, so that they make nobody compute the rest
 * again.
 */
export class DirtyMark {
  readonly #warehouse: Warehouse;
  readonly #repo: string;
  readonly #runId: string;
  readonly #raised = new Set<MarkSide>();
  #count = 0;

  constructor(warehouse: Warehouse, repo: string, runId: string) {
    this.#warehouse = warehouse;
    this.#repo = repo;
    this.#runId = runId;
  }

  /**
   * To be called before every domain row; costs something only the first time after a checkpoint.
   *
   * @param table where the row goes; without one anything may change
   */
  async raise(table?: Table): Promise<void> {
    const side: MarkSide = table !== undefined && ofBuilds.has(table.qualified) ? 'builds' : 'domain';
    // Whoever computes everything computes builds as well.
    if (this.#raised.has(side) || this.#raised.has('domain')) return;
    await this.#write(side);
    this.#raised.add(side);
  }

  /** To be called after the last domain row, before a checkpoint moves. */
  async settle(): Promise<void> {
    for (const side of this.#raised) await this.#write(side);
    this.#raised.clear();
  }

  #write(side: MarkSide): Promise<void> {
    this.#count += 1;
    const mark = `${this.#runId}:${String(this.#count)}`;
    return this.#warehouse.insert(derivations, [{ repo: this.#repo, side, mark }]);
  }
}

/** Tables that only `facts.builds`, its finding and `facts.build_jobs` are made of. */
const ofBuilds: ReadonlySet<string> = new Set(['domain.builds', 'domain.build_jobs']);
