import { existsSync } from 'node:fs';
import { BellwetherError } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import {
  collectorRuns,
  damagedTables,
  openWarehouse,
  pendingMigrations,
  repositories,
  truncations,
  type Warehouse,
  type WarehouseTarget,
} from '@bellwether/warehouse';
import { formatAmount } from '../terminal/format.ts';
import { type Check, failed, ok, warning } from './check.ts';

/** Whether the warehouse can be opened, is up to date, and what is in it. */
export async function checkData(target: WarehouseTarget, now: number): Promise<Check[]> {
  const name = 'Warehouse';
  if ('path' in target && !existsSync(target.path)) {
    return [warning(name, `${target.path} does not exist yet`, 'bellwether collect --source git')];
  }
  try {
    const warehouse = await openWarehouse(target);
    try {
      const pending = await pendingMigrations(warehouse, { views: metricViews() });
      const place = 'path' in target ? target.path : 'the server';
      if (pending.length > 0) {
        return [
          warning(
            name,
            `${place} lacks ${formatAmount(pending.length, 'table or view', 'tables or views')}`,
            'bellwether migrate',
          ),
        ];
      }
      return [
        ok(name, `${place} opens, and is up to date`),
        ...(await checkDamage(warehouse)),
        ...(await checkContents(warehouse, now)),
      ];
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    if (error instanceof BellwetherError) return [failed(name, error.message, error.next)];
    throw error;
  }
}

async function checkDamage(warehouse: Warehouse): Promise<Check[]> {
  const damaged = await damagedTables(warehouse);
  if (damaged.length === 0) return [];
  const next = 'If the disk never ran full, move the data folder away and collect again.';
  return [warning('Damage', `damaged files of ${damaged.join(', ')} were set aside`, next)];
}

async function checkContents(warehouse: Warehouse, now: number): Promise<Check[]> {
  const known = await warehouse.readRows(repositories, ['repo', 'is_shallow']);
  if (known.length === 0) {
    return [warning('Data', 'nothing has been collected', 'bellwether collect --source git')];
  }
  const runs = await warehouse.readRows(collectorRuns, ['status', 'started_at', 'target']);
  const last = runs.sort((a, b) => b.started_at - a.started_at)[0];
  const age = last === undefined ? '' : `, last run ${ageText(now - last.started_at)} ago (${last.status})`;
  const found = `${formatAmount(known.length, 'repository', 'repositories')}${age}`;
  const shallow = known.filter(({ is_shallow }) => is_shallow).map(({ repo }) => repo);
  const cut = await warehouse.readRows(truncations, ['repo', 'detail']);
  return [
    last === undefined || last.status === 'ok'
      ? ok('Data', found)
      : warning('Data', found, 'bellwether collect --source git'),
    ...(shallow.length === 0
      ? []
      : [
          warning(
            'History',
            `cut short in ${shallow.join(', ')}`,
            'git fetch --unshallow in the clone, then collect',
          ),
        ]),
    ...(cut.length === 0
      ? []
      : [
          warning(
            'Gaps',
            `${formatAmount(cut.length, 'thing', 'things')} could not be read in full`,
            'bellwether report names them',
          ),
        ]),
  ];
}

function ageText(ms: number): string {
  const hours = Math.max(0, ms) / 3_600_000;
  return hours < 1
    ? 'less than an hour'
    : hours < 48
      ? `${hours.toFixed(0)} h`
      : `${(hours / 24).toFixed(0)} d`;
}
