import { type ExitCode, exitCodes, usageError } from '@bellwether/core';
import type { OverrideRow } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { instantText } from '../explain/instant-text.ts';
import {
  isCounted,
  readRulings,
  removeRuling,
  ruleOnAttribution,
  ruleOnFailure,
} from '../override/rulings.ts';
import { deriveAfter } from '../setup/derive-changed.ts';
import { type Session, sessionSecret, withSession } from '../setup/session.ts';
import { plainText } from '../terminal/plain-text.ts';
import { formatTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const REASON_LIMIT = 1_000;

export const command = defineCommand({
  name: 'override',
  summary: 'Rule on a failure or on the cause of an incident, above what was computed',
  positionals: [
    { name: 'what', isRequired: true, summary: 'failure, attribution, list or remove' },
    { name: 'id', isRequired: false, summary: 'A deployment (failure) or an incident (attribution)' },
  ],
  options: {
    ruling: { type: 'string', value: 'yes|no', summary: 'Whether the deployment failed' },
    deployment: { type: 'string', value: 'id|none', summary: 'The deployment that caused the incident' },
    reason: { type: 'string', value: 'text', summary: 'Why: explain shows it' },
    by: { type: 'string', value: 'e-mail', summary: 'Who rules; kept as a pseudonym' },
    json: { type: 'boolean', summary: 'Print the rulings as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether override failure v1.8.0 --ruling yes --reason "Payments were down for an hour"',
    'bellwether override attribution "#204" --deployment v1.8.0 --reason "Found in the review"',
    'bellwether override attribution INC-205 --deployment none --reason "The provider was down"',
    'bellwether override list',
    'bellwether override remove v1.8.0',
  ],
  run: ({ options, positionals: [word = '', id] }, terminal) => {
    const what = oneOf('<what>', word, ['failure', 'attribution', 'list', 'remove']);
    return withSession(
      terminal,
      { ...options, mustExist: true, writes: what !== 'list' },
      async (session) => {
        const show = (rows: readonly OverrideRow[], title: string): Promise<void> =>
          terminal.print(options.json === true ? toJson(rows) : toText(rows, title));
        if (what === 'list') {
          await show(await readRulings(session.warehouse), '');
          return exitCodes.ok;
        }
        if (id === undefined) throw missing(what, '<id>');
        if (what === 'remove') {
          const removed = await removeRuling(session.warehouse, id);
          await deriveAfter(session, [removed.repo], terminal);
          await show([removed], 'Taken back:');
          return exitCodes.ok;
        }
        const row = await rule(session, { ...options, what, id }, terminal);
        await show([row], 'Ruled:');
        return finish(session, row, terminal);
      },
    );
  },
});

interface RuleOptions {
  what: 'failure' | 'attribution';
  id: string;
  ruling?: string;
  deployment?: string;
  reason?: string;
  by?: string;
}

async function rule(
  session: Session,
  { what, id, ruling, deployment, reason = '', by = '' }: RuleOptions,
  terminal: Terminal,
): Promise<OverrideRow> {
  const text = reason.trim().slice(0, REASON_LIMIT);
  if (text === '') throw missing(what, '--reason');
  if (by !== '' && !by.includes('@')) {
    throw usageError(
      'usage',
      '--by is no e-mail address.',
      'Leave it out, or give the address of your commits.',
    );
  }
  const given = {
    entity: id,
    reason: plainText(text.replace(/\s+/g, ' ')),
    at: terminal.clock.now(),
    by,
    secret: await sessionSecret(session, terminal),
  };
  if (what === 'failure') {
    if (ruling === undefined) throw missing(what, '--ruling');
    const answer = oneOf('--ruling', ruling, ['yes', 'no']);
    return ruleOnFailure(session.warehouse, given, answer === 'yes');
  }
  if (deployment === undefined) throw missing(what, '--deployment');
  return ruleOnAttribution(session.warehouse, given, deployment === 'none' ? null : deployment);
}

async function finish(session: Session, row: OverrideRow, terminal: Terminal): Promise<ExitCode> {
  await deriveAfter(session, [row.repo], terminal);
  const deployment = row.kind === 'failure' ? row.entity : row.ruling;
  if (deployment !== '' && !(await isCounted(session.warehouse, deployment))) {
    terminal.talk.warn(
      `${plainText(deployment)} is not counted (not successful, not to production, or announced by another signal too), so no figure changes.`,
    );
  }
  return exitCodes.ok;
}

function missing(what: string, which: string): Error {
  return usageError(
    'usage',
    `bellwether override ${what}: ${which} is missing.`,
    'bellwether override --help',
  );
}

function toText(rows: readonly OverrideRow[], title: string): string {
  if (rows.length === 0) return 'Nobody has ruled on anything.\n';
  const lines = formatTable(
    [
      { title: 'when', align: 'left' },
      { title: 'on', align: 'left', isWhole: true },
      { title: 'ruling', align: 'left' },
      { title: 'reason', align: 'left', isWhole: true },
    ],
    rows.map((row) => [
      instantText(row.ruled_at),
      plainText(row.entity),
      plainText(rulingText(row)),
      plainText(row.reason),
    ]),
  );
  return `${[...(title === '' ? [] : [title]), ...lines].join('\n')}\n`;
}

function rulingText({ kind, ruling }: OverrideRow): string {
  if (kind === 'failure') return ruling === 'yes' ? 'a failure' : 'no failure';
  return ruling === '' ? 'no deployment caused it' : `caused by ${ruling}`;
}

function toJson(rows: readonly OverrideRow[]): string {
  const plain = rows.map(({ ruled_at, ...row }) => ({ ...row, ruled_at: new Date(ruled_at).toISOString() }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}
