import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BellwetherError, exitCodes, systemClock } from '@bellwether/core';
import type { World } from '@bellwether/simulator';
import { startSimulation } from '../simulate/simulated-organisation.ts';
import { describeError } from '../terminal/describe-error.ts';
import { formatCount } from '../terminal/format.ts';
import { compareFigures, comparisonText } from './compare-figures.ts';
import { demoConfig } from './demo-config.ts';
import { reportedFacts } from './reported-facts.ts';
import { runCommand } from './run-command.ts';
import { doraFigures, trueFacts } from './true-figures.ts';

const SEED = 7;
const REPOSITORIES = 50;
const YEARS = 1;

/** Differences of each kind that are shown; `--differences` shows all. */
const SHOWN = 3;

/**
 * Collects a simulated organisation over HTTP with the built command, prints a report, and holds the five DORA metrics
 * against what the generator knows it did.
 *
 * @returns 0 when they agree, 1 when they do not, 5 when it was interrupted; else what the command ended with
 */
async function demo(signal: AbortSignal): Promise<number> {
  const startedAt = systemClock.now();
  const say = (text: string): void => {
    const seconds = Math.round((systemClock.now() - startedAt) / 1000);
    process.stderr.write(`\n[${String(seconds)} s] ${text}\n`);
  };
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-demo-'));
  try {
    say(
      `Making a simulated organisation of ${String(REPOSITORIES)} repositories. Everything in it is invented.`,
    );
    await using simulation = await startSimulation({
      seed: SEED,
      repositories: REPOSITORIES,
      years: YEARS,
      port: 0,
      faults: {},
      limits: 'none',
      clock: systemClock,
    });
    const { github, world, organisation, token } = simulation;
    say(`${organisation} is there: ${contentsOf(world)}.`);
    await writeFile(join(folder, 'bellwether.yaml'), demoConfig(world, github.url));
    const run = async (args: string[], isShown: boolean): Promise<string> => {
      signal.throwIfAborted();
      if (isShown) say(`$ bellwether ${args.join(' ')}`);
      const { code, stdout } = await runCommand(args, { cwd: folder, token, isShown, signal });
      signal.throwIfAborted();
      if (code !== exitCodes.ok) throw new CommandFailed(code ?? exitCodes.failed);
      return stdout;
    };

    await run(['collect', '--source', 'github'], true);
    await run(['report', '--repo', `${organisation}/${busiestService(world)}`], true);

    say(
      'Now the whole organisation, over the whole year, against what the generator wrote down while it worked.',
    );
    const query = async (sql: string): Promise<Record<string, unknown>[]> => {
      const rows = await run(['query', sql, '--format', 'JSONEachRow'], false);
      return rows
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const reported = await reportedFacts(query, `${new URL(github.url).hostname}/${organisation}`);
    const comparisons = compareFigures(doraFigures(reported), doraFigures(trueFacts(world.truth)));
    const isEqual = comparisons.every((comparison) => comparison.isEqual);
    const limit = process.argv.includes('--differences') ? Infinity : SHOWN;
    process.stdout.write(`\n${comparisonText(comparisons, limit)}\n\n${howItIsCounted}\n\n`);
    process.stdout.write(
      isEqual
        ? 'All five agree with what the generator did, deployment by deployment and change by change.\n'
        : 'They disagree.\n',
    );
    return isEqual ? exitCodes.ok : exitCodes.failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both sides of the comparison speak of the same things, which are not quite those of a report. */
const howItIsCounted = `Both sides count every deployment to production and, once for each service that delivered it, every change
with or without a pull request, those of bots too. What the first deployment of a service carried has no lead time.
The report above is of one repository, and leaves the changes of bots out.`;

/** A command that ended otherwise than well has said why. */
class CommandFailed extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the command ended with ${String(code)}`);
    this.code = code;
  }
}

function contentsOf({ repositories, truth }: World): string {
  const pullRequests = [...repositories.values()].reduce((sum, each) => sum + each.pullRequests.size, 0);
  const commits = [...repositories.values()].reduce((sum, each) => sum + each.commits.size, 0);
  const counts = [
    [pullRequests, 'pull requests'],
    [commits, 'commits'],
    [truth.deployments.length, 'deployments to production'],
  ] as const;
  return counts.map(([count, things]) => `${formatCount(count)} ${things}`).join(', ');
}

/** Of a single service, because DORA's bands are about one at a time. */
function busiestService({ repositories }: World): string {
  const [busiest] = [...repositories.values()]
    .filter(({ services }) => services.length === 1)
    .sort((a, b) => b.pullRequests.size - a.pullRequests.size);
  return busiest?.name ?? '';
}

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  // A second one is left to Node, which ends the process at once.
  process.once(name, () => {
    controller.abort();
  });
}

try {
  process.exitCode = await demo(controller.signal);
} catch (error) {
  if (controller.signal.aborted) {
    process.stderr.write('\nStopped. Nothing of it is left.\n');
    process.exitCode = exitCodes.cancelled;
  } else if (error instanceof CommandFailed) {
    process.exitCode = error.code;
  } else {
    process.stderr.write(`${describeError(error, { env: process.env, command: 'npm run demo:github' })}\n`);
    process.exitCode = error instanceof BellwetherError ? error.exitCode : exitCodes.failed;
  }
}
