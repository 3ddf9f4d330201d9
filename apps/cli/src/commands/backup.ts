import { exitCodes, usageError } from '@bellwether/core';
import { backupWarehouse, parseBackupPlace, placeName } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { embeddedFolder } from '../setup/data-folder.ts';
import { assertExists, leaseOptions } from '../setup/session.ts';
import { shellWord } from '../terminal/command-name.ts';
import { formatAmount } from '../terminal/format.ts';

export const command = defineCommand({
  name: 'backup',
  summary: 'Copy the warehouse into a folder or an S3-compatible store, also while it is served',
  positionals: [{ name: 'to', isRequired: true, summary: 'A new folder, or s3://bucket/path' }],
  options: {
    since: {
      type: 'string',
      value: 'backup',
      summary: 'Store only what this earlier backup lacks; restoring needs both',
    },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether backup /var/backups/bellwether/2026-01-05',
    'bellwether backup /var/backups/bellwether/2026-01-06 --since /var/backups/bellwether/2026-01-05',
    'bellwether backup s3://acme-backups/bellwether/2026-01-05',
  ],
  run: async ({ options, positionals: [to = ''] }, terminal) => {
    const { clock, cwd, env } = terminal;
    const place = parseBackupPlace(to, cwd, env);
    const base = options.since === undefined ? null : parseBackupPlace(options.since, cwd, env);
    if (base && base.kind !== place.kind) {
      throw usageError(
        'usage',
        'A backup and the one that it rests on stand both in folders or both in a store.',
        'bellwether backup --help',
      );
    }
    const folder = embeddedFolder(terminal, options, 'backed up');
    assertExists({ path: folder });
    const lease = leaseOptions(env);
    const result = await backupWarehouse({ folder, to: place, base, lease, clock });
    const name = placeName(place);
    await terminal.print(
      options.json === true
        ? `${JSON.stringify({ backup: name, since: base && placeName(base), ...result }, null, 2)}\n`
        : `Backed up ${formatAmount(result.rows, 'row', 'rows')} of ${formatAmount(result.tables, 'table', 'tables')} to ${name}\n`,
    );
    terminal.talk.info(
      place.kind === 's3'
        ? `Keep ${folder}/person-key (or BELLWETHER_PERSON_KEY) in a safe place as well: a store does not get it.`
        : `Try it: ${terminal.command} restore ${shellWord(to)} --data <an empty folder>`,
    );
    return exitCodes.ok;
  },
});
