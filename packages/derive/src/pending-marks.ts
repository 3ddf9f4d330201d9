import type { Warehouse } from '@bellwether/warehouse';
import type { OwnershipStep } from './builds/ownership.ts';
import { writeBuildJobs } from './builds/write-build-jobs.ts';
import { writeBuilds } from './builds/write-builds.ts';
import type { DeriveRules } from './compute/facts.ts';
import { type DirtyRepository, markDerived, type Remembered } from './marks.ts';
import type { Written } from './write-facts.ts';

/** As many builds as the engine takes at once with ease; each time costs it a look at all that it has. */
const BUILDS_AT_ONCE = 3_000_000;

/**
 * Repositories whose facts are written but for their builds. Those are computed for many at once, and only then the
 * marks are set: cut off before, all of them are computed again.
 */
export class PendingMarks {
  readonly #warehouse: Warehouse;
  readonly #rules: DeriveRules;
  readonly #buildCounts: ReadonlyMap<string, number>;
  #waiting: { dirty: DirtyRepository; remembered: Remembered | null }[] = [];
  #builds = 0;

  constructor(warehouse: Warehouse, rules: DeriveRules, buildCounts: ReadonlyMap<string, number>) {
    this.#warehouse = warehouse;
    this.#rules = rules;
    this.#buildCounts = buildCounts;
  }

  /** @param facts of each in the batch; null where all others are as they were */
  async add(batch: readonly DirtyRepository[], facts: readonly Remembered[] | null): Promise<Written> {
    for (const [at, dirty] of batch.entries()) {
      const { people = [], ownership = [] } = facts?.[at] ?? {};
      this.#waiting.push({ dirty, remembered: facts === null ? null : { people, ownership } });
      this.#builds += this.#buildCounts.get(dirty.repo) ?? 0;
    }
    return this.#builds >= BUILDS_AT_ONCE ? this.flush() : { written: 0, removed: 0 };
  }

  /** To be called when nothing comes any more. */
  async flush(): Promise<Written> {
    if (this.#waiting.length === 0) return { written: 0, removed: 0 };
    const repos = this.#waiting.map(({ dirty }) => dirty.repo);
    const ownership = this.#waiting.flatMap(
      ({ dirty, remembered }): readonly OwnershipStep[] => remembered?.ownership ?? dirty.ownership ?? [],
    );
    const result = await writeBuilds(this.#warehouse, repos, ownership, this.#rules);
    const jobs = await writeBuildJobs(this.#warehouse, repos);
    await markDerived(this.#warehouse, this.#waiting, this.#rules.minimumGroupSize);
    [this.#waiting, this.#builds] = [[], 0];
    return { written: result.written + jobs.written, removed: result.removed + jobs.removed };
  }
}
