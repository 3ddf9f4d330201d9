import { type ExitCode, exitCodes, usageError } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import { migrate, openWarehouse, pendingMigrations, type WarehouseTarget } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { type LoadedConfig, loadConfig } from '../setup/config-file.ts';
import { grantScript, serverGrants } from '../setup/server-grants.ts';
import { leaseOptions, outdatedServer } from '../setup/session.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'migrate',
  summary: 'Bring the tables and views of the warehouse up to date',
  positionals: [],
  options: {
    check: { type: 'boolean', summary: 'Change nothing; exit with 1 when something is missing' },
    grants: {
      type: 'boolean',
      summary: 'Print the roles, grants, limits and quotas for a ClickHouse server instead',
    },
    apply: { type: 'boolean', summary: 'With --grants: run them on the server' },
    ...commonOptions,
  },
  examples: [
    'bellwether migrate',
    'bellwether migrate --check',
    'bellwether migrate --grants > grants.sql',
    'bellwether migrate --grants --apply',
  ],
  run: async ({ options }, terminal) => {
    const loaded = loadConfig(terminal.cwd, options.config);
    const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
    if (options.grants === true) return grant(target, loaded, options.apply === true, terminal);
    if (options.apply === true) {
      throw usageError('usage', '--apply goes with --grants.', 'bellwether migrate');
    }
    const isCheck = options.check === true;
    const lease = isCheck ? undefined : leaseOptions(terminal.env);
    const warehouse = await openWarehouse(target, { clock: terminal.clock, lease });
    try {
      const views = metricViews();
      const pending = await pendingMigrations(warehouse, { views });
      if (!isCheck && pending.length > 0) {
        if (warehouse.kind === 'served') throw outdatedServer(pending.length);
        await migrate(warehouse, { views });
      }
      const verb = isCheck ? 'missing' : 'applied';
      await terminal.print(
        pending.length === 0
          ? 'Everything is up to date.\n'
          : pending.map((name) => `${verb}: ${name}\n`).join(''),
      );
      return isCheck && pending.length > 0 ? exitCodes.failed : exitCodes.ok;
    } finally {
      await warehouse.close();
    }
  },
});

async function grant(
  target: WarehouseTarget,
  { config }: LoadedConfig,
  isApplied: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const statements = await serverGrants(target, config);
  if (!isApplied) {
    await terminal.print(grantScript(statements));
    return exitCodes.ok;
  }
  const warehouse = await openWarehouse(target, { clock: terminal.clock });
  try {
    // One after the other, and each can run again: what failed is mended and the command repeated.
    for (const sql of statements) await warehouse.command(sql);
  } finally {
    await warehouse.close();
  }
  await terminal.print(`${String(statements.length)} statements ran; every role is as it should be.\n`);
  return exitCodes.ok;
}
