import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PageRun } from './github/collect-pages.ts';
import { limitLine } from './limit-line.ts';

const limits = { pullRequestsPerSecond: 5_000, rowsPerSecond: 100_000, peakMegabytes: 1024 };

/** Speed is judged on the second: in the first the programs still warm up. Memory on all. */
const sizes = [1_000, 20_000, 200_000];

/**
 * Pull requests from pre-rendered pages without limits, end to end: HTTP, parsing, mapping, a warehouse on the disk;
 * then the stored payloads mapped again. One process serves, another one collects. A row is one that the warehouse
 * acknowledged: the pull request, its payload, each review, each event of the timeline. Commits and files are none,
 * they stand in arrays of their pull request.
 */
export async function benchGitHubSpeed(): Promise<void> {
  for (const size of sizes) process.stdout.write(`${linesOf(await collectPages(size)).join('\n')}\n\n`);
}

function linesOf(run: PageRun): string[] {
  const { pullRequests, rows, seconds, replayRows, replaySeconds, peakMegabytes, cpuSeconds } = run;
  const isJudged = pullRequests >= 20_000;
  const atLeast = (limit: number): { atLeast: number } | null => (isJudged ? { atLeast: limit } : null);
  const count = pullRequests.toLocaleString('en');
  return [
    `github-speed: ${count} pull requests with 3 reviews, 5 commits, 10 timeline items and 10 files each; load of the machine ${loadavg()[0]!.toFixed(1)}`,
    limitLine('pull requests per second', pullRequests / seconds, atLeast(limits.pullRequestsPerSecond)),
    limitLine('rows per second', rows / seconds, atLeast(limits.rowsPerSecond)),
    limitLine('rows per pull request', rows / pullRequests),
    limitLine('pull requests per second of a processor', pullRequests / cpuSeconds.collect),
    limitLine('replayed rows per second', replayRows / replaySeconds, atLeast(rows / seconds)),
    limitLine('replayed rows per second of a processor', replayRows / cpuSeconds.replay),
    limitLine('peak memory', peakMegabytes, { atMost: limits.peakMegabytes }, 'MB'),
  ];
}

async function collectPages(size: number): Promise<PageRun> {
  const server = start('page-server.ts', [String(size)]);
  try {
    const { url, name } = JSON.parse(await firstLine(server)) as { url: string; name: string };
    const collector = start('collect-pages.ts', [url, name, String(size)]);
    return JSON.parse(await firstLine(collector)) as PageRun;
  } finally {
    server.kill();
  }
}

/** Without the condition that this process has: what is measured is built, as users run it. */
function start(name: string, args: readonly string[]): ChildProcess {
  const script = fileURLToPath(new URL(`./github/${name}`, import.meta.url));
  return fork(script, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

/** @throws Error where the process ends before it has written a line */
async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('a process of the benchmark has no output');
  let text = '';
  stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => {
    if (!text.includes('\n')) throw new Error(`a process of the benchmark ended with ${String(code)}`);
  });
  while (!text.includes('\n')) await Promise.race([once(stdout, 'data'), ended]);
  return text.slice(0, text.indexOf('\n'));
}
