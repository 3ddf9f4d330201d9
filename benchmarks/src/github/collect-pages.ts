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
    // What is measured is ourselves, and not how well we keep GitHub's limits.
    limits: { graphqlPerMinute: Infinity, graphqlBusySeconds: Infinity, busySeconds: Infinity },
  });
  const streams = [pullRequestStream] as unknown as typeof gitHubSource.streams;
  const source = { ...gitHubSource, streams };
  const cpu = process.cpuUsage();
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
  await api.close();
  if (result.status !== 'ok') throw result.targets[0]?.error ?? new Error(result.status);
  const cpuBetween = process.cpuUsage();
  const replayed = performance.now();
  const again = await replay({ warehouse, source, config, secret });
  if (again.status !== 'ok') throw again.error ?? new Error(again.status);
  const cpuSeconds = {
    collect: secondsOf(collected),
    replay: secondsOf(process.cpuUsage(cpuBetween)),
  };
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
