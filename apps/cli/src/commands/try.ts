import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { exitCodes } from '@bellwether/core';
import { storeCatalogue } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { chooseScopes } from '../report/choose-scope.ts';
import { printReport } from '../report/print-report.ts';
import { reportOptions } from '../report/report-options.ts';
import { collectClones } from '../collect/collect-clones.ts';
import { firstError } from '../collect/outcome.ts';
import { cacheRoot } from '../setup/cache-folder.ts';
import { loadConfig } from '../setup/config-file.ts';
import { deriveAfter } from '../setup/derive-changed.ts';
import { exitCodeOfStatus } from '../setup/exit-code.ts';
import { withWarehouse } from '../setup/session.ts';
import { shellWord } from '../terminal/command-name.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'try',
  summary: 'A first look: the DORA report of a clone on this disk',
  positionals: [{ name: 'path', isRequired: true, summary: 'A git clone: normal, bare, partial or shallow' }],
  options: {
    ...reportOptions,
    ...commonOptions,
    config: { type: 'string', value: 'file', summary: 'A configuration; none is looked for' },
  },
  examples: ['bellwether try .', 'bellwether try ../shop --by week', 'bellwether try ../shop --json | jq .'],
  run: async ({ options, positionals: [path = '.'] }, terminal) => {
    const clone = resolve(terminal.cwd, path);
    // Only a configuration that was named: one found above the clone would be somebody else's.
    const loaded = loadConfig(terminal.cwd, options.config ?? null);
    const data =
      options.data === undefined ? cacheFolder(clone, terminal) : resolve(terminal.cwd, options.data);
    return withWarehouse(
      terminal,
      loaded,
      { path: data },
      { mustExist: false, writes: true },
      async (session) => {
        if (loaded.file !== null) {
          await storeCatalogue({ warehouse: session.warehouse, config: loaded.config });
        }
        const result = await collectClones(session, [{ path: clone }], terminal);
        const [collected] = result.targets;
        const error = firstError(result);
        if (collected?.repo != null && result.status !== 'cancelled') {
          await deriveAfter(session, [collected.repo], terminal);
        }
        // Without a repository, or stopped by the user, there is nothing to report on.
        if (error !== null && (collected?.repo === null || result.status !== 'partial')) throw error;
        if (error !== null) {
          terminal.talk.warn(`Not everything could be read: ${error.message} ${error.next}`);
        }
        const { service } = options;
        const names = {
          ...(service ? { service } : {}),
          ...(collected?.repo == null ? {} : { repo: [collected.repo] }),
        };
        await printReport(session, await chooseScopes(session.warehouse, names), options, terminal);
        terminal.talk.info(
          `\nAsk on: ${terminal.command} explain change_lead_time --data ${shellWord(data)}\nThe warehouse is ${data}; delete it when you are done.`,
        );
        return error === null ? exitCodes.ok : exitCodeOfStatus(result.status, error);
      },
    );
  },
});

/** Outside of the clone, which is not ours to write to, and the same for the same clone, so that a second look is quick. */
function cacheFolder(clone: string, terminal: Terminal): string {
  const id = createHash('sha256').update(clone).digest('hex').slice(0, 8);
  return join(cacheRoot(terminal), `${basename(clone).slice(0, 60)}-${id}`, 'data');
}
