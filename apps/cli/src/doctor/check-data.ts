import { existsSync } from 'node:fs';
import { BellwetherError, type Config } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import { addressesOf } from '@bellwether/sources';
import {
  damagedTables,
  openWarehouse,
  pendingMigrations,
  repositories,
  type Warehouse,
  type WarehouseTarget,
} from '@bellwether/warehouse';
import { formatAmount } from '../terminal/format.ts';
import { outdatedServer } from '../setup/session.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { checkContents } from './check-contents.ts';
import { checkServer } from './check-server.ts';

export interface DataChecks {
  readonly checks: readonly Check[];
  /** A repository of this host that was collected; null: there is none. */
  readonly example: string | null;
}

/** Whether the warehouse can be opened, is up to date, and what is in it. */
export async function checkData(
  target: WarehouseTarget,
  { repositories: clones, github }: Config,
  now: number,
): Promise<DataChecks> {
  const { host } = addressesOf(github.url);
  let example: string | null = null;
  const look = async (warehouse: Warehouse): Promise<void> => {
    const [row] = await warehouse.readRows(repositories, ['repo'], {
      sql: 'startsWith(repo, {prefix:String}) AND NOT is_gone ORDER BY pushed_at DESC NULLS LAST LIMIT 1',
      params: { prefix: `${host}/` },
    });
    example = row?.repo.slice(host.length + 1) ?? null;
  };
  const collectCommand = commandToCollect(clones.length > 0, github.organisations.length > 0);
  const checks = await checkWarehouse(target, { now, collectCommand }, look);
  return { checks, example };
}

async function checkWarehouse(
  target: WarehouseTarget,
  { now, collectCommand }: { now: number; collectCommand: string },
  look: (warehouse: Warehouse) => Promise<void>,
): Promise<Check[]> {
  const name = 'Warehouse';
  if ('path' in target && !existsSync(target.path)) {
    return [warning(name, `${target.path} does not exist yet`, collectCommand)];
  }
  const server = 'path' in target ? await checkServer(target.path) : [];
  try {
    const warehouse = await openWarehouse(target);
    try {
      const pending = await pendingMigrations(warehouse, { views: metricViews() });
      const place = 'path' in target ? target.path : 'the server';
      if (pending.length > 0 && warehouse.kind === 'served') {
        const { message, next } = outdatedServer(pending.length);
        return [...server, failed(name, message, next)];
      }
      if (pending.length > 0) {
        return [
          ...server,
          warning(
            name,
            `${place} lacks ${formatAmount(pending.length, 'table or view', 'tables or views')}`,
            'bellwether migrate',
          ),
        ];
      }
      await look(warehouse);
      return [
        ...server,
        ok(name, `${place} ${warehouse.kind === 'served' ? 'is served' : 'opens'}, and is up to date`),
        ...(await checkDamage(warehouse)),
        ...(await checkContents(warehouse, now, collectCommand)),
      ];
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    if (error instanceof BellwetherError) return [...server, failed(name, error.message, error.next)];
    throw error;
  }
}

/** The command that reads what the configuration names. */
function commandToCollect(hasClones: boolean, hasOrganisations: boolean): string {
  if (!hasOrganisations) return 'bellwether collect --source git';
  return hasClones ? 'bellwether collect' : 'bellwether collect --source github';
}

async function checkDamage(warehouse: Warehouse): Promise<Check[]> {
  const damaged = await damagedTables(warehouse);
  if (damaged.length === 0) return [];
  const next = 'If the disk never ran full, move the data folder away and collect again.';
  return [warning('Damage', `damaged files of ${damaged.join(', ')} were set aside`, next)];
}
