import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import type { Catalogue } from '../src/catalogue.ts';
import { metricViews } from '../src/views.ts';

/**
 * An embedded warehouse of its own, with every table and the views of these metrics, all of them by default; gone
 * after `close`.
 */
export async function openTestWarehouse(catalogue?: Catalogue): Promise<Warehouse> {
  const path = await mkdtemp(join(tmpdir(), 'bellwether-metrics-'));
  const warehouse = await openWarehouse({ path });
  await migrate(warehouse, {
    views: metricViews(catalogue).map((v) => ({ ...v, sql: v.sql.replace('{{on_cluster}}', '') })),
  });
  const close = warehouse.close.bind(warehouse);
  warehouse.close = async () => {
    await close();
    await rm(path, { recursive: true, force: true });
  };
  return warehouse;
}
