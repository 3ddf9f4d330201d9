import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll } from 'vitest';

export interface TestWarehouse {
  /** Open from the first hook of the file to its last. */
  readonly current: Warehouse;
}

/** A migrated warehouse without metrics for the tests of a file; gone after them. */
export function testWarehouse(): TestWarehouse {
  let folder: string;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'derive-'));
    warehouse = await openWarehouse({ path: join(folder, 'data') });
    await migrate(warehouse, { views: [] });
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(folder, { recursive: true });
  });
  return {
    get current() {
      return warehouse;
    },
  };
}
