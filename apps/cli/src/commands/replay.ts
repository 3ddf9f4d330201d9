import { exitCodes, usageError } from '@bellwether/core';
import { githubSource, replay, type ReplayResult } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { chooseRepositories } from '../report/choose-scope.ts';
import { deriveAfter } from '../setup/derive-changed.ts';
import { exitCodeOfStatus } from '../setup/exit-code.ts';
import { type Session, sessionSecret, withSession } from '../setup/session.ts';
import { describeError } from '../terminal/describe-error.ts';
import { formatAmount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Only what keeps its answers can be mapped again; git reads the clone anew instead. */
const replayable = { github: [githubSource] } as const;

export const command = defineCommand({
  name: 'replay',
  summary: 'Map stored answers again, without the network',
  positionals: [],
  options: {
    source: {
      type: 'string',
      value: 'name',
      summary: `Only this source: ${Object.keys(replayable).join(', ')}`,
    },
    repo: { type: 'string', value: 'name', multiple: true, summary: 'Only this repository' },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: ['bellwether replay', 'bellwether replay --source github --repo acme/shop'],
  run: ({ options }, terminal) => {
    const chosen = replayable[sourceName(options.source ?? 'github')];
    return withSession(terminal, { ...options, mustExist: true, writes: true }, async (session) => {
      const repos =
        options.repo === undefined ? undefined : await chooseRepositories(session.warehouse, options.repo);
      const results = [];
      for (const source of chosen) {
        results.push({ source: source.name, ...(await replayOne(session, source, repos, terminal)) });
      }
      const changed = repos ?? (await chooseRepositories(session.warehouse, []));
      if (!terminal.signal.aborted) await deriveAfter(session, changed, terminal);
      await terminal.print(
        options.json === true ? toJson(results) : results.map((result) => toText(result)).join(''),
      );
      for (const { error } of results) if (error !== null) terminal.talk.info(describeError(error, terminal));
      const worst = results.find(({ status }) => status !== 'ok');
      return worst === undefined ? exitCodes.ok : exitCodeOfStatus(worst.status, worst.error);
    });
  },
});

function sourceName(given: string): keyof typeof replayable {
  if (given === 'git') {
    throw usageError(
      'usage',
      'The git source keeps no answers: the clone itself is at hand.',
      'bellwether collect --source git',
    );
  }
  return oneOf('--source', given, ['github']);
}

async function replayOne(
  session: Session,
  source: (typeof replayable)[keyof typeof replayable][number],
  repos: readonly string[] | undefined,
  terminal: Terminal,
): Promise<ReplayResult> {
  const { warehouse, config } = session;
  const { clock, talk, signal } = terminal;
  const secret = await sessionSecret(session, terminal);
  return replay({ warehouse, source, config, secret, repos, clock, talk, signal });
}

type NamedResult = ReplayResult & { source: string };

function toText({ source, repositories, recordCount, rowCount }: NamedResult): string {
  return (
    `${source}: ${formatAmount(recordCount, 'stored answer', 'stored answers')} of ` +
    `${formatAmount(repositories, 'repository', 'repositories')} mapped again, ` +
    `${formatAmount(rowCount, 'row', 'rows')} written\n`
  );
}

function toJson(results: readonly NamedResult[]): string {
  const plain = results.map(({ error, ...result }) => ({
    ...result,
    error: error === null ? null : { code: error.code, message: error.message, next: error.next },
  }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}
