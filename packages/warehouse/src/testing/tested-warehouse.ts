import type { Clock } from '@bellwether/core';
import type { Warehouse } from '../warehouse.ts';

/**
 * A migrated warehouse that nobody else uses, for one test file: what is expected of it holds on the embedded engine
 * and through a server alike.
 */
export interface TestedWarehouse {
  /** Open while tests run. */
  readonly warehouse: Warehouse;
  /** The same data once more, as another process would open it. To be closed by the caller. */
  reopen(clock: Clock): Promise<Warehouse>;
}
