import { exitCodes } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import { parseBackupPlace, restoreWarehouse } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { embeddedFolder } from '../setup/data-folder.ts';
import { formatAmount } from '../terminal/format.ts';

export const command = defineCommand({
  name: 'restore',
  summary: 'Put a backup in the place of an empty or missing warehouse, after checking all of it',
  positionals: [{ name: 'from', isRequired: true, summary: 'What `bellwether backup` made' }],
  options: {
    base: {
      type: 'string',
      value: 'backup',
      summary: 'The backup that it rests on, if that is no longer where it was',
    },
    force: { type: 'boolean', summary: 'Put a warehouse that is there aside, under another name' },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether restore /var/backups/bellwether/2026-01-05 --data /tmp/look',
    'bellwether restore s3://acme-backups/bellwether/2026-01-05',
    'bellwether restore /var/backups/bellwether/2026-01-05 --force',
  ],
  run: async ({ options, positionals: [from = ''] }, terminal) => {
    const { clock, cwd, env } = terminal;
    const place = parseBackupPlace(from, cwd, env);
    const base = options.base === undefined ? null : parseBackupPlace(options.base, cwd, env);
    const folder = embeddedFolder(terminal, options, 'restored');
    const replaces = options.force === true;
    const views = metricViews();
    const result = await restoreWarehouse({ from: place, base, folder, replaces, views, clock });
    await terminal.print(
      options.json === true
        ? `${JSON.stringify({ folder, ...result }, null, 2)}\n`
        : `Restored ${formatAmount(result.rows, 'row', 'rows')} of ${formatAmount(result.tables, 'table', 'tables')} into ${folder}: every table is what it was\n`,
    );
    if (result.aside !== null) {
      terminal.talk.info(`What was there is in ${result.aside}; delete it when you are sure.`);
    }
    return exitCodes.ok;
  },
});
