import { exitCodes, usageError } from '@bellwether/core';
import { findSystem, rivalSystems } from '@bellwether/metrics';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { printComparison } from '../report/print-comparison.ts';
import { chooseScopes } from '../report/choose-scope.ts';
import { printReport } from '../report/print-report.ts';
import { reportOptions, scopeOptions } from '../report/report-options.ts';
import { withSession } from '../setup/session.ts';

export const command = defineCommand({
  name: 'report',
  summary: 'Print the metrics of a company, a group, a team, a service or a repository',
  positionals: [],
  options: {
    ...scopeOptions,
    ...reportOptions,
    definition: {
      type: 'string',
      value: 'system',
      summary: `DORA as another system counts it, beside ours: ${rivalSystems.map(({ id }) => id).join(', ')}`,
    },
    ...commonOptions,
  },
  examples: [
    'bellwether report',
    'bellwether report --team payments --section flow --section review',
    'bellwether report --repo shop --by week --since 90d',
    'bellwether report --service @shop/cart --json',
    'bellwether report --repo shop --definition devlake',
  ],
  run: ({ options }, terminal) => {
    const system = options.definition === undefined ? null : findSystem(options.definition);
    if (system !== null && (options.section !== undefined || options.all === true)) {
      throw usageError(
        'usage',
        '--definition compares DORA alone.',
        `bellwether report --definition ${system.id} (without --section and --all)`,
      );
    }
    return withSession(terminal, { ...options, mustExist: true }, async (session) => {
      if (system !== null) {
        await printComparison(session, system, options, terminal);
        return exitCodes.ok;
      }
      await printReport(session, await chooseScopes(session.warehouse, options), options, terminal);
      return exitCodes.ok;
    });
  },
});
