import { existsSync } from 'node:fs';
import { BellwetherError } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import {
  migrate,
  openWarehouse,
  pendingMigrations,
  personKeySecret,
  requireSamePersonKey,
  type Warehouse,
  type WarehouseTarget,
} from '@bellwether/warehouse';
import type { Terminal } from '../terminal/terminal.ts';
import { type LoadedConfig, loadConfig } from './config-file.ts';
import { warehouseTarget } from './warehouse-target.ts';

/** An open warehouse with its configuration, ready for the work of one command. */
export interface Session extends LoadedConfig {
  target: WarehouseTarget;
  warehouse: Warehouse;
}

export interface SessionOptions {
  config?: string;
  data?: string;
  /** Commands that only read refuse a warehouse that does not exist, instead of making an empty one. */
  mustExist: boolean;
}

/** Opens what a command works on, runs it, and closes whatever happens. */
export async function withSession<Result>(
  terminal: Terminal,
  options: SessionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const loaded = loadConfig(terminal.cwd, options.config);
  return withWarehouse(
    terminal,
    loaded,
    warehouseTarget(loaded, options.data, terminal.env, terminal.cwd),
    options,
    work,
  );
}

/** As `withSession`, for a warehouse that is not the configured one. */
export async function withWarehouse<Result>(
  terminal: Terminal,
  loaded: LoadedConfig,
  target: WarehouseTarget,
  { mustExist }: Pick<SessionOptions, 'mustExist'>,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (mustExist) assertExists(target);
  const warehouse = await openWarehouse(target, { clock: terminal.clock });
  try {
    await bringUpToDate(warehouse);
    return await work({ ...loaded, target, warehouse });
  } finally {
    await warehouse.close();
  }
}

/**
 * The secret behind every person key: from the environment, or a file beside the embedded folder.
 *
 * @throws BellwetherError `person-key-changed` when what is stored was collected with another one
 */
export async function sessionSecret({ target, warehouse }: Session, terminal: Terminal): Promise<string> {
  const secret = personKeySecret(target, terminal.env);
  await requireSamePersonKey(warehouse, secret);
  return secret;
}

/**
 * An embedded warehouse belongs to whoever opens it, so it is migrated on the way. A server is shared: changing its
 * tables is a decision, and `bellwether migrate` is how it is taken.
 */
async function bringUpToDate(warehouse: Warehouse): Promise<void> {
  const views = metricViews();
  if (warehouse.kind === 'embedded') {
    await migrate(warehouse, { views });
    return;
  }
  const pending = await pendingMigrations(warehouse, { views });
  if (pending.length === 0) return;
  throw new BellwetherError({
    code: 'migrations-pending',
    message: `The warehouse lacks ${String(pending.length)} changes of its tables and views.`,
    retry: 'no',
    next: 'bellwether migrate',
  });
}

export function assertExists(target: WarehouseTarget): void {
  if (!('path' in target) || existsSync(target.path)) return;
  throw new BellwetherError({
    code: 'nothing-collected',
    message: `There is no warehouse at ${target.path} yet.`,
    retry: 'no',
    next: 'bellwether collect --source git (or, for a first look: bellwether try <path to a clone>)',
  });
}
