import { exitCodes } from '@bellwether/core';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { chooseRepositories, printReport, reportOptions } from '../report/print-report.ts';
import { withSession } from '../setup/session.ts';

export const command = defineCommand({
  name: 'report',
  summary: 'Print the DORA metrics of what was collected',
  positionals: [],
  options: {
    repo: { type: 'string', value: 'name', multiple: true, summary: 'Only this repository' },
    ...reportOptions,
    ...commonOptions,
  },
  examples: [
    'bellwether report',
    'bellwether report --repo shop --by week --since 90d',
    'bellwether report --service @shop/cart --json',
  ],
  run: ({ options }, terminal) =>
    withSession(terminal, { ...options, mustExist: true }, async (session) => {
      const repos = await chooseRepositories(session, options.repo ?? []);
      await printReport(session, repos, options, terminal);
      return exitCodes.ok;
    }),
});
