import { type ExitCode, exitCodes } from '@bellwether/core';
import { planGitHub } from '@bellwether/sources';
import type { Session } from '../setup/session.ts';
import { describeError } from '../terminal/describe-error.ts';
import { formatCount } from '../terminal/format.ts';
import { formatTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type GitHubFlags, gitHubOptions } from './github-options.ts';

type Plan = Awaited<ReturnType<typeof planGitHub>>;

/** Prints what collecting is expected to take. Stores nothing. */
export async function printPlan(
  session: Session,
  flags: GitHubFlags & { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const plan = await planGitHub(await gitHubOptions(session, flags, terminal));
  if (flags.json === true) await terminal.print(toJson(plan));
  // What could not be looked at is no forecast: its error alone says what there is to say.
  else if (plan.repositories > 0 || plan.failures.length === 0) await terminal.print(toText(plan));
  for (const { target, error } of plan.failures) {
    terminal.talk.info(`${target}: ${describeError(error, terminal)}`);
  }
  const [first] = plan.failures;
  if (first === undefined) return exitCodes.ok;
  return plan.repositories > 0 ? exitCodes.partial : first.error.exitCode;
}

function toText(plan: Plan): string {
  const lines = formatTable(
    [
      { title: 'stream', align: 'left' },
      { title: 'repositories', align: 'right' },
      { title: 'requests', align: 'right' },
      { title: 'points', align: 'right' },
      { title: 'REST', align: 'right' },
    ],
    plan.streams
      .filter(({ repositories }) => repositories > 0)
      .map(({ stream, repositories, requests, points, restRequests }) => [
        stream,
        ...[repositories, requests, points, restRequests].map(formatCount),
      ]),
  );
  return [
    `${plan.text}.`,
    ...(plan.points + plan.restRequests === 0 ? [] : ['', ...lines]),
    '',
    'A forecast, and nothing was stored. How many builds there are is not known beforehand.',
    '',
  ].join('\n');
}

function toJson({ failures, ...plan }: Plan): string {
  const plain = failures.map(({ target, error }) => ({
    target,
    error: { code: error.code, message: error.message, next: error.next },
  }));
  return `${JSON.stringify({ ...plan, failures: plain }, null, 2)}\n`;
}
