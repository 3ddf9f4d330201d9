import { exitCodes } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import { migrate, openWarehouse, pendingMigrations } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { loadConfig } from '../setup/config-file.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';

export const command = defineCommand({
  name: 'migrate',
  summary: 'Bring the tables and views of the warehouse up to date',
  positionals: [],
  options: {
    check: { type: 'boolean', summary: 'Change nothing; exit with 1 when something is missing' },
    ...commonOptions,
  },
  examples: ['bellwether migrate', 'bellwether migrate --check'],
  run: async ({ options }, terminal) => {
    const loaded = loadConfig(terminal.cwd, options.config);
    const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
    const warehouse = await openWarehouse(target, { clock: terminal.clock });
    try {
      const views = metricViews();
      const pending = await pendingMigrations(warehouse, { views });
      if (options.check !== true) await migrate(warehouse, { views });
      const verb = options.check === true ? 'missing' : 'applied';
      await terminal.print(
        pending.length === 0
          ? 'Everything is up to date.\n'
          : pending.map((name) => `${verb}: ${name}\n`).join(''),
      );
      return options.check === true && pending.length > 0 ? exitCodes.failed : exitCodes.ok;
    } finally {
      await warehouse.close();
    }
  },
});
