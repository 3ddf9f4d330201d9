import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes, systemClock } from '@bellwether/core';
import { startSimulation } from '../simulate/simulated-organisation.ts';
import { formatTable } from '../terminal/table.ts';
import { demoConfig } from './demo-config.ts';
import { reportedFacts } from './reported-facts.ts';
import { doraFigures, trueFacts } from './true-figures.ts';

/** The command as a user runs it: built, unless this file itself runs from its source. */
const main = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../main.ts' : '../main.js', import.meta.url),
);

const SEED = 7;
const REPOSITORIES = 50;
const YEARS = 1;

/** Differences that are shown; `--differences` shows all. */
const SHOWN = 3;

/**
 * Collects a simulated organisation over HTTP with the built command, prints a report, and holds the five DORA metrics
 * against what the generator knows it did. Ends with 1 when they disagree.
 */
async function demo(): Promise<number> {
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
    await writeFile(join(folder, 'bellwether.yaml'), demoConfig(world, github.url));
    const run = (args: string[], isShown: boolean): Promise<Outcome> =>
      runCommand(args, { cwd: folder, token, isShown });

    const collected = await run(['collect', '--source', 'github'], true);
    if (collected.code !== exitCodes.ok) return collected.code ?? exitCodes.failed;
    const [busiest] = [...world.repositories.values()].sort(
      (a, b) => b.pullRequests.size - a.pullRequests.size,
    );
    await run(['report', '--repo', `${organisation}/${busiest?.name ?? ''}`], true);

    const query = async (sql: string): Promise<Record<string, unknown>[]> => {
      const { code, stdout } = await run(['query', sql, '--format', 'JSONEachRow'], false);
      if (code !== exitCodes.ok) throw new Error('bellwether query failed; its reason stands above');
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const owner = `${new URL(github.url).hostname}/${organisation}`;
    const reported = doraFigures(await reportedFacts(query, owner));
    const isEqual = compare(reported, doraFigures(trueFacts(world.truth)));
    say(
      isEqual
        ? 'All five agree with what the generator did, deployment by deployment and change by change.'
        : 'They disagree.',
    );
    return isEqual ? exitCodes.ok : exitCodes.failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints both sides; equal is what is made of the very same things. */
function compare(reported: ReturnType<typeof doraFigures>, truth: ReturnType<typeof doraFigures>): boolean {
  const limit = process.argv.includes('--differences') ? Infinity : SHOWN;
  const rows: string[][] = [];
  const notes: string[] = [];
  for (const metric of Object.keys(truth) as (keyof typeof truth)[]) {
    const missing = without(truth[metric].items, reported[metric].items);
    const extra = without(reported[metric].items, truth[metric].items);
    const isEqual = missing.length + extra.length === 0 && truth[metric].figure === reported[metric].figure;
    rows.push([metric, reported[metric].figure, truth[metric].figure, isEqual ? 'yes' : 'NO']);
    notes.push(
      ...missing.slice(0, limit).map((item) => `${metric}, not reported: ${item}`),
      ...extra.slice(0, limit).map((item) => `${metric}, not so: ${item}`),
    );
  }
  const columns = ['DORA metric', 'reported', 'what the generator did', 'equal?'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  process.stdout.write(`\n${[...formatTable(columns, rows), ...notes].join('\n')}\n\n`);
  return rows.every(([, , , equal]) => equal === 'yes');
}

/** The items of one list that the other lacks, each as often as it lacks it. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of others) counts.set(item, (counts.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const left = counts.get(item) ?? 0;
    counts.set(item, left - 1);
    return left <= 0;
  });
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
}

function runCommand(
  args: string[],
  { cwd, token, isShown }: { cwd: string; token: string; isShown: boolean },
): Promise<Outcome> {
  if (isShown) say(`$ bellwether ${args.join(' ')}`);
  // Nothing of the caller's own GitHub reaches the demo, and a proxy has no business between two local processes.
  const { HTTP_PROXY: _, HTTPS_PROXY: __, http_proxy: ___, https_proxy: ____, ...rest } = process.env;
  const env = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !/^(GH_TOKEN|BELLWETHER_GITHUB_.*)$/.test(name)),
  );
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    cwd,
    env: { ...env, GITHUB_TOKEN: token, BELLWETHER_PERSON_KEY: 'the key of a demonstration' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (isShown) process.stdout.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout }));
  });
}

function say(text: string): void {
  process.stderr.write(`\n${text}\n`);
}

process.exitCode = await demo();
