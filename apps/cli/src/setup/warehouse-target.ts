import { resolve } from 'node:path';
import { usageError } from '@bellwether/core';
import type { WarehouseTarget } from '@bellwether/warehouse';
import type { LoadedConfig } from './config-file.ts';

/**
 * Where the warehouse is: `--data`, else what the configuration says. Name and password of a server come from the
 * environment alone.
 */
export function warehouseTarget(
  { config, folder }: LoadedConfig,
  dataOption: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): WarehouseTarget {
  if (dataOption === '') throw usageError('usage', '--data needs a folder.', '--data .bellwether/data');
  if (dataOption !== undefined) return { path: resolve(cwd, dataOption) };
  const { warehouse } = config;
  if ('path' in warehouse) return { path: resolve(folder, warehouse.path) };
  return {
    url: warehouse.url,
    cluster: warehouse.cluster,
    user: env['BELLWETHER_CLICKHOUSE_USER'],
    password: env['BELLWETHER_CLICKHOUSE_PASSWORD'],
  };
}
