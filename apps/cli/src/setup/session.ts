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
  /** Stores something: of those that do, one at a time works on a warehouse. */
  writes?: boolean;
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
  { mustExist, writes = false }: Pick<SessionOptions, 'mustExist' | 'writes'>,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (mustExist) assertExists(target);
  const lease = writes ? leaseOptions(terminal.env) : undefined;
  const warehouse = await openWarehouse(target, { clock: terminal.clock, lease });
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

/** Beside a server that runs, a command that writes fails when another one does; a scheduled one waits for it. */
export function leaseOptions(env: Terminal['env']): { waits: boolean } {
  return { waits: env['BELLWETHER_WAIT'] === '1' };
}

/**
 * An embedded warehouse belongs to whoever opens it, so it is migrated on the way; one that is served belongs to its
 * server, which did so when it started. A ClickHouse server is shared: changing its tables is a decision, and
 * `bellwether migrate` is how it is taken.
 */
async function bringUpToDate(warehouse: Warehouse): Promise<void> {
  const views = metricViews();
  if (warehouse.kind === 'embedded') {
    await migrate(warehouse, { views });
    return;
  }
  const pending = await pendingMigrations(warehouse, { views });
  if (pending.length === 0) return;
  if (warehouse.kind === 'served') throw outdatedServer(pending.length);
  throw new BellwetherError({
    code: 'migrations-pending',
    message: `The warehouse lacks ${String(pending.length)} changes of its tables and views.`,
    retry: 'no',
    next: 'bellwether migrate',
  });
}

/** Its tables belong to the server, and that is older than this command. */
export function outdatedServer(missing: number): BellwetherError {
  return new BellwetherError({
    code: 'server-outdated',
    message: `The warehouse lacks ${String(missing)} changes of its tables and views: the server that has it open (bellwether serve) is older than this command.`,
    retry: 'no',
    next: 'Stop bellwether serve and start it again: it brings the warehouse up to date when it starts.',
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
