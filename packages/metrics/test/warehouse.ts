import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { metricViews } from '../src/views.ts';

/** An embedded warehouse of its own, with every table and metric view; gone after `close`. */
export async function openTestWarehouse(): Promise<Warehouse> {
  const path = await mkdtemp(join(tmpdir(), 'bellwether-metrics-'));
  const warehouse = await openWarehouse({ path });
  await migrate(warehouse, {
    views: metricViews().map((v) => ({ ...v, sql: v.sql.replace('{{on_cluster}}', '') })),
  });
  const close = warehouse.close.bind(warehouse);
  warehouse.close = async () => {
    await close();
    await rm(path, { recursive: true, force: true });
  };
  return warehouse;
}
