import type { Clock } from '@bellwether/core';
import { type CollectorRunRow, collectorRuns, type Warehouse } from '@bellwether/warehouse';

type RunEnd = Pick<CollectorRunRow, 'target' | 'status' | 'row_count' | 'error_code'>;

/** Rows of runs that found nothing new: one insert for a thousand repositories, and none of it is missed when lost. */
export class IdleRuns {
  #rows: CollectorRunRow[] = [];

  add(row: CollectorRunRow): void {
    this.#rows.push(row);
  }

  async store(warehouse: Warehouse): Promise<void> {
    if (this.#rows.length === 0) return;
    await warehouse.insert(collectorRuns, this.#rows);
    this.#rows = [];
  }
}

/** The row of `ops.collector_runs` that tells of one target's run. */
export class RunRecord {
  readonly #warehouse: Warehouse;
  readonly #clock: Clock;
  readonly #row: CollectorRunRow;
  #begun: Promise<void> | null = null;

  constructor(
    warehouse: Warehouse,
    clock: Clock,
    start: Pick<CollectorRunRow, 'run_id' | 'source' | 'target'>,
  ) {
    this.#warehouse = warehouse;
    this.#clock = clock;
    this.#row = {
      ...start,
      started_at: clock.now(),
      finished_at: null,
      status: 'running',
      row_count: 0,
      error_code: '',
    };
  }

  get runId(): string {
    return this.#row.run_id;
  }

  /** Whether anything was written, or was about to be. */
  get hasBegun(): boolean {
    return this.#begun !== null;
  }

  /**
   * Says that the run is under way, once; to be called before anything is written. A run that finds nothing new needs no
   * such row and is recorded at its end.
   */
  async begin(): Promise<void> {
    this.#begun ??= this.#warehouse.insert(collectorRuns, [this.#row]);
    await this.#begun;
  }

  async finish(end: RunEnd): Promise<void> {
    await this.#warehouse.insert(collectorRuns, [this.#ended(end)]);
  }

  /** The same for a run that found nothing new, whose row can wait for those of others. */
  leave(end: RunEnd, idle: IdleRuns): void {
    idle.add(this.#ended(end));
  }

  #ended(end: RunEnd): CollectorRunRow {
    return { ...this.#row, ...end, finished_at: this.#clock.now() };
  }
}
