import { mkdir } from 'node:fs/promises';
import { type Clock, systemClock } from '@bellwether/core';
import { ClickHouseWarehouse } from './clickhouse-warehouse.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { versionClock } from './version-clock.ts';
import type { Warehouse } from './warehouse.ts';

export type WarehouseTarget =
  | { path: string }
  | { url: string; cluster?: string | undefined; user?: string | undefined; password?: string | undefined };

export interface OpenOptions {
  readOnly?: boolean;
  clock?: Clock;
}

/** Opens the warehouse: a folder of this disk or a ClickHouse server. Close what you open. */
export async function openWarehouse(target: WarehouseTarget, options: OpenOptions = {}): Promise<Warehouse> {
  if (!('path' in target)) throw new Error('not yet');
  await mkdir(target.path, { recursive: true });
  const engine = await EmbeddedEngine.open({ path: target.path });
  return new ClickHouseWarehouse(engine, versionClock(options.clock ?? systemClock));
}
