import { exitCodes, usageError } from '@bellwether/core';
import {
  describeProblem,
  importFile,
  importJsonSchema,
  importKinds,
  type ImportResult,
} from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { openInput } from '../import/open-input.ts';
import { deriveAfter } from '../setup/derive-changed.ts';
import { withSession } from '../setup/session.ts';
import { formatAmount, formatCount } from '../terminal/format.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'import',
  summary: 'Store deployments, incidents or builds from a file',
  positionals: [
    { name: 'kind', isRequired: true, summary: 'deployments, incidents or builds' },
    { name: 'file', isRequired: false, summary: 'JSON Lines or CSV; - for what is piped in' },
  ],
  options: {
    format: {
      type: 'string',
      value: 'name',
      summary: 'jsonl or csv, where the name of the file does not tell',
    },
    repo: { type: 'string', value: 'name', summary: 'The repository of lines that name none' },
    replace: {
      type: 'boolean',
      summary: 'The file is all there is: what was imported before to its repositories goes away',
    },
    'skip-invalid': {
      type: 'boolean',
      summary: 'Store the right lines although others are wrong (exit code 4)',
    },
    schema: { type: 'boolean', summary: 'Print the JSON Schema of a line, and import nothing' },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether import deployments deployments.jsonl',
    'bellwether import incidents incidents.csv --repo github.com/acme/shop --replace',
    'bellwether import builds - --format jsonl',
    'bellwether import incidents --schema',
  ],
  run: async ({ options, positionals: [name = '', file] }, terminal) => {
    const kind = importKinds[oneOf('<kind>', name, ['deployments', 'incidents', 'builds'])];
    if (options.schema === true) {
      await terminal.print(`${JSON.stringify(importJsonSchema(kind), null, 2)}\n`);
      return exitCodes.ok;
    }
    if (file === undefined) {
      throw usageError(
        'usage',
        'bellwether import: <file> is missing.',
        `bellwether import ${name} ${name}.jsonl`,
      );
    }
    await using input = await openInput(file, options.format, terminal);
    return await withSession(terminal, { ...options, mustExist: false, writes: true }, async (session) => {
      const { warehouse, config } = session;
      const result = await importFile({
        warehouse,
        kind,
        config,
        open: () => input.open(),
        format: input.format,
        repo: options.repo,
        skipsInvalid: options['skip-invalid'] === true,
        replaces: options.replace === true,
        clock: terminal.clock,
        talk: terminal.talk,
        signal: terminal.signal,
      });
      await deriveAfter(session, result.repositories, terminal);
      await terminal.print(
        options.json === true ? `${JSON.stringify(result, null, 2)}\n` : toText(kind.name, result),
      );
      tellProblems(result, terminal);
      return result.invalidCount > 0 ? exitCodes.partial : exitCodes.ok;
    });
  },
});

function toText(kind: string, result: ImportResult): string {
  const { lineCount, invalidCount, written, removed, repositories } = result;
  const lines = formatAmount(lineCount - invalidCount, 'line', 'lines');
  const places = formatAmount(repositories.length, 'repository', 'repositories');
  const changes =
    written + removed === 0
      ? 'nothing is new'
      : `${formatAmount(written, 'row', 'rows')} new or changed, ${formatCount(removed)} removed`;
  return `${kind}: ${lines} of ${places}, ${changes}\n`;
}

function tellProblems({ invalidCount, problems }: ImportResult, { talk }: Terminal): void {
  if (invalidCount === 0) return;
  talk.warn(`${formatAmount(invalidCount, 'line was', 'lines were')} left out:`);
  for (const problem of problems) talk.info(`  ${plainText(describeProblem(problem))}`);
}
