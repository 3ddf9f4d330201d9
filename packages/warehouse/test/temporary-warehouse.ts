import { join } from 'node:path';
import { type Clock } from '@bellwether/core';
import { afterAll, beforeAll } from 'vitest';
import { migrate } from '../src/migrate.ts';
import { openWarehouse } from '../src/open-warehouse.ts';
import type { TestedWarehouse } from '../src/testing/tested-warehouse.ts';
import type { Warehouse } from '../src/warehouse.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A migrated warehouse for one test file. Call it at the top of the file; it is open when the tests run. */
export function temporaryWarehouse(
  options: { clock?: Clock } = {},
): TestedWarehouse & { readonly path: string } {
  const path = join(temporaryFolder(), 'data');
  let opened: Warehouse | undefined;
  beforeAll(async () => {
    opened = await openWarehouse({ path }, options);
    await migrate(opened);
  });
  afterAll(() => opened?.close());
  return {
    path,
    get warehouse() {
      if (!opened) throw new Error('opened before the first test');
      return opened;
    },
    reopen: (clock) => openWarehouse({ path }, { clock }),
  };
}
