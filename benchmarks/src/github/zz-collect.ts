import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseConfig } from '@bellwether/core';
import { collect, replay } from '@bellwether/sources';
import { connect, gitHubSource, pullRequestStream, Secret } from '@bellwether/sources/testing';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';

/** What one run measured. */
export interface PageRun {
  readonly pullRequests: number;
  readonly rows: number;
  readonly seconds: number;
  readonly replaySeconds: number;
  readonly replayRows: number;
  readonly peakMegabytes: number;
  /** Seconds of processors that this process took, its engine included. */
  readonly cpuSeconds: { readonly collect: number; readonly replay: number };
}

/**
 * A process of its own that collects the pull requests of a page server into a fresh warehouse, then maps the stored
 * payloads again, and prints a `PageRun` as JSON.
 *
 * Arguments: the server's address, the repository's name, how many pull requests it has.
 */
const [url = '', name = '', wanted = '0'] = process.argv.slice(2);
const before = new Map<string, number>();
const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-pages-'));
try {
  const warehouse = await openWarehouse({ path: folder });
  await migrate(warehouse);
  process.stdout.write(`${JSON.stringify(await measure(warehouse, url, Number(wanted)))}\n`);
  await warehouse.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(warehouse: Warehouse, address: string, count: number): Promise<PageRun> {
  const config = parseConfig('', 'bellwether.yaml');
  const secret = 'a secret of the benchmark';
  const api = connect({
    url: address,
    credentials: { kind: 'tokens', tokens: [new Secret('token-of-the-benchmark')] },
  });
  const streams = [pullRequestStream] as unknown as typeof gitHubSource.streams;
  const source = { ...gitHubSource, streams };
  const cpu = process.cpuUsage();
  dumpThreads('start');
  const started = performance.now();
  const result = await collect({
    warehouse,
    source,
    targets: [{ api, owner: 'simulated-1', name, hint: null, since: null, mirrorFolder: null, known: null }],
    config,
    secret,
  });
  const seconds = (performance.now() - started) / 1000;
  const collected = process.cpuUsage(cpu);
  dumpThreads('collect');
  await api.close();
  if (result.status !== 'ok') throw result.targets[0]?.error ?? new Error(result.status);
  const cpuBetween = process.cpuUsage();
  const replayed = performance.now();
  dumpThreads('noreplay');
  if (process.env['NOREPLAY']) return null as never;
  const again = await replay({ warehouse, source, config, secret });
  if (again.status !== 'ok') throw again.error ?? new Error(again.status);
  const cpuSeconds = {
    collect: secondsOf(collected),
    replay: secondsOf(process.cpuUsage(cpuBetween)),
  };
  dumpThreads('replay');
  return {
    pullRequests: count,
    rows: result.targets[0]?.rowCount ?? 0,
    seconds,
    replaySeconds: (performance.now() - replayed) / 1000,
    replayRows: again.rowCount,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    cpuSeconds,
  };
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

import { readdirSync, readFileSync } from 'node:fs';
function dumpThreads(label: string): void {
  const sums = new Map<string, number>();
  for (const id of readdirSync('/proc/self/task')) {
    let stat = '';
    try {
      stat = readFileSync('/proc/self/task/' + id + '/stat', 'utf8');
    } catch {
      continue;
    }
    const name = /\((.*)\)/.exec(stat)?.[1] ?? '';
    const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpu = (Number(f[11]) + Number(f[12])) / 100;
    const key = name + ' ' + (name === 'node' && id === String(process.pid) ? 'MAIN' : '');
    const delta = cpu - (before.get(id) ?? 0);
    before.set(id, cpu);
    sums.set(key, (sums.get(key) ?? 0) + delta);
  }
  console.error(
    label,
    'rss',
    Math.round(process.memoryUsage().rss / 1e6),
    'max',
    Math.round(process.resourceUsage().maxRSS / 1024),
    'heap',
    Math.round(process.memoryUsage().heapUsed / 1e6),
    'ext',
    Math.round(process.memoryUsage().arrayBuffers / 1e6),
    [...sums]
      .filter(([, v]) => v > 0.02)
      .map(([k, v]) => k + '=' + v.toFixed(2))
      .join(' '),
  );
}
