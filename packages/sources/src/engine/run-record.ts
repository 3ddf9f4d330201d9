import type { Clock } from '@bellwether/core';
import { type CollectorRunRow, collectorRuns, type Warehouse } from '@bellwether/warehouse';

/** The row of `ops.collector_runs` that tells of one target's run. */
export class RunRecord {
  readonly #warehouse: Warehouse;
  readonly #clock: Clock;
  readonly #row: CollectorRunRow;

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

  /** Says that the run is under way. A run that finds nothing new needs no such row and is recorded at its end. */
  async begin(): Promise<void> {
    await this.#warehouse.insert(collectorRuns, [this.#row]);
  }

  async finish(end: Pick<CollectorRunRow, 'target' | 'status' | 'row_count' | 'error_code'>): Promise<void> {
    await this.#warehouse.insert(collectorRuns, [{ ...this.#row, ...end, finished_at: this.#clock.now() }]);
  }
}
