import { exitCodes, usageError } from '@bellwether/core';
import { countTraces, findPerson, forgetPerson, type PersonTraces } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { sessionSecret, withSession } from '../setup/session.ts';
import { formatAmount } from '../terminal/format.ts';

export const command = defineCommand({
  name: 'forget',
  summary: 'Remove everything that says who a person is',
  positionals: [{ name: 'person', isRequired: true, summary: 'An e-mail address, a login or a person key' }],
  options: {
    yes: { type: 'boolean', summary: 'Do not ask' },
    'dry-run': { type: 'boolean', summary: 'Count what would go, and change nothing' },
    json: { type: 'boolean', summary: 'Print the counts as JSON' },
    ...commonOptions,
  },
  examples: ['bellwether forget ann@example.com --dry-run', 'bellwether forget octocat --yes'],
  run: ({ options, positionals: [person = ''] }, terminal) =>
    withSession(
      terminal,
      { ...options, mustExist: true, writes: options['dry-run'] !== true },
      async (session) => {
        const { warehouse } = session;
        const found = await findPerson(warehouse, person, await sessionSecret(session, terminal));
        const traces = await countTraces(warehouse, found);
        const print = (isDone: boolean): Promise<void> =>
          terminal.print(
            options.json === true
              ? `${JSON.stringify({ forgotten: isDone, ...traces }, null, 2)}\n`
              : toText(traces, isDone, found.isForgotten),
          );
        if (options['dry-run'] === true) {
          await print(false);
          return exitCodes.ok;
        }
        if (options.yes !== true) {
          terminal.talk.info(toText(traces, false, found.isForgotten).trimEnd());
          const answer = await terminal.ask('This cannot be undone. Forget this person? (yes/no)');
          if (answer === null) {
            throw usageError(
              'confirmation-needed',
              'Forgetting cannot be undone, and nobody is here to say yes.',
              'The same command with --yes, or with --dry-run to only look',
            );
          }
          if (answer.trim().toLowerCase() !== 'yes') {
            terminal.talk.info('Nothing was changed.');
            return exitCodes.cancelled;
          }
        }
        await forgetPerson(warehouse, found);
        await print(true);
        return exitCodes.ok;
      },
    ),
});

function toText(traces: PersonTraces, isDone: boolean, wasForgotten: boolean): string {
  const verb = isDone ? 'Removed' : 'Would remove';
  return [
    `${formatAmount(traces.keys, 'pseudonym', 'pseudonyms')}${wasForgotten && !isDone ? ', forgotten before' : ''}`,
    `${verb}: ${formatAmount(traces.identities, 'row', 'rows')} with names, logins and addresses`,
    `${verb}: the account's id from ${formatAmount(traces.records, 'stored answer', 'stored answers')}`,
    `Stays, under the pseudonym: ${formatAmount(traces.contributions, 'commit, pull request or review', 'commits, pull requests and reviews')}`,
    'Not reached: backups, mirrors and clones on disk, what people wrote into titles, and the source itself.',
    '',
  ].join('\n');
}
