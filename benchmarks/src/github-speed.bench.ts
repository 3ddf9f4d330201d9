import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PageRun } from './github/collect-pages.ts';

const limits = { pullRequestsPerSecond: 5_000, rowsPerSecond: 100_000, peakMegabytes: 1024 };

/** The memory of the smallest and of the largest is compared; speed is measured on the one between. */
const sizes = (process.env["SZ"] ?? "1000,20000,200000").split(",").map(Number);

/**
 * Pull requests from pre-rendered pages without limits, end to end: HTTP, parsing, mapping, a warehouse on the disk;
 * then the stored payloads mapped again. One process serves, another one collects.
 */
export async function benchGitHubSpeed(): Promise<void> {
  const lines = ['github-speed: pull requests with 3 reviews, 5 commits, 10 timeline items and 10 files each'];
  for (const size of sizes) {
    const run = await collectPages(size);
    const perSecond = run.pullRequests / run.seconds;
    const rowsPerSecond = run.rows / run.seconds;
    lines.push(
      `${size.toLocaleString('en')} pull requests, ${run.rows.toLocaleString('en')} rows in ${run.seconds.toFixed(1)} s`,
      row('  pull requests per second', perSecond, limits.pullRequestsPerSecond, 'least'),
      row('  rows per second', rowsPerSecond, limits.rowsPerSecond, 'least'),
      row('  replayed rows per second', run.replayRows / run.replaySeconds, rowsPerSecond, 'least'),
      row('  peak memory, MB', run.peakMegabytes, limits.peakMegabytes, 'most'),
    );
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

function row(name: string, value: number, limit: number, sense: 'least' | 'most'): string {
  const isWithin = sense === 'least' ? value >= limit : value <= limit;
  return `${name.padEnd(32)} ${value.toFixed(0).padStart(9)}   at ${sense} ${limit.toFixed(0)}: ${isWithin ? 'within' : 'OUTSIDE'}`;
}

async function collectPages(size: number): Promise<PageRun> {
  const execArgv = ['--import', 'tsx', '--conditions=bellwether:source'];
  const server = fork(script('page-server.ts'), [String(size)], { execArgv, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  try {
    const { url, name } = JSON.parse(await firstLine(server)) as { url: string; name: string };
    const collector = fork(script('collect-pages.ts'), [url, name, String(size)], {
      execArgv,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    return JSON.parse(await firstLine(collector)) as PageRun;
  } finally {
    server.kill();
  }
}

function script(name: string): string {
  return fileURLToPath(new URL(`./github/${name}`, import.meta.url));
}

async function firstLine(child: ReturnType<typeof fork>): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => {
    if (!text.includes('\n')) throw new Error(`a process of the benchmark ended with ${String(code)}`);
  });
  while (!text.includes('\n')) await Promise.race([once(child.stdout!, 'data'), ended]);
  return text.slice(0, text.indexOf('\n'));
}
