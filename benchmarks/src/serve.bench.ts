import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricViews } from '@bellwether/metrics';
import { buildOrganisation } from '@bellwether/simulator';
import { migrate, openWarehouse } from '@bellwether/warehouse';
import { limitLine } from './limit-line.ts';
import { derive } from './scale/derive.ts';
import { ask } from './serve/ask.ts';
import { runScript, startServe, type ServeProcess } from './serve/child.ts';
import { percentile } from './serve/figures.ts';
import type { LoadRun } from './serve/load-run.ts';
import { LARGE, PANEL } from './serve/queries.ts';

const CLIENTS = 200;
const LOAD_SECONDS = 120;
const WRITE_SECONDS = 30;
const SMALL_RUNS = 300;

/** Milliseconds by name: the median of a small query, that of one whose text is new each time, and of a large result. */
type Figures = Record<string, number>;

/**
 * `bellwether serve` beside the embedded engine called directly, on a fiftieth of a company; then under the load of many
 * clients, alone and while a collector writes through it.
 */
export async function benchServe(runs: number): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'bellwether-bench-'));
  try {
    const { folder } = await buildOrganisation({ factor: 0.02, seed: 1, root });
    await derive(folder);
    const config = join(root, 'bellwether.yaml');
    await writeFile(config, '{}\n');
    const direct = await measureDirect(folder, runs);
    const server = await startServe(config, folder);
    try {
      print(['serve: a fiftieth of a company, the server and who asks on one machine', '']);
      compare(direct, await measureServed(server.url, runs));
      await underLoad(server, folder);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function measureDirect(folder: string, runs: number): Promise<Figures> {
  const warehouse = await openWarehouse({ path: folder });
  try {
    await migrate(warehouse, { views: metricViews() });
    return await measureAll(runs, async (sql, format) => {
      let bytes = 0;
      for await (const piece of warehouse.queryText(sql, format)) bytes += piece.length;
      return bytes;
    });
  } finally {
    await warehouse.close();
  }
}

async function measureServed(url: string, runs: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true });
  try {
    return await measureAll(runs, async (sql, format) => {
      const { status, code, bytes } = await ask(url, agent, sql, format);
      if (status !== 200 || code !== 0) throw new Error(`${sql}: ${String(status)}, code ${String(code)}`);
      return bytes;
    });
  } finally {
    agent.destroy();
  }
}

async function measureAll(
  runs: number,
  query: (sql: string, format: string) => Promise<number>,
): Promise<Figures> {
  const median = async (times: number, sqlOf: (run: number) => string, format: string): Promise<number> => {
    await query(sqlOf(-1), format);
    const all: number[] = [];
    for (let run = 0; run < times; run += 1) {
      const started = performance.now();
      await query(sqlOf(run), format);
      all.push(performance.now() - started);
    }
    return percentile(all, 50)!;
  };
  return {
    'SELECT 1': await median(SMALL_RUNS, () => 'SELECT 1', 'TSV'),
    'SELECT 1, another text each time': await median(
      SMALL_RUNS,
      (run) => `SELECT 1 + ${String(run + 1)}`,
      'TSV',
    ),
    'a panel': await median(SMALL_RUNS, () => PANEL, 'TSV'),
    'a panel as JSON': await median(SMALL_RUNS, () => PANEL, 'JSON'),
    '100 MB of TSV': await median(runs, () => LARGE, 'TSV'),
    '100 MB of Native': await median(runs, () => LARGE, 'Native'),
  };
}

function compare(direct: Figures, served: Figures): void {
  for (const [name, before] of Object.entries(direct)) {
    const after = served[name]!;
    print([
      `${name}: ${before.toFixed(2)} ms directly, ${after.toFixed(2)} ms served`,
      name.startsWith('100 MB')
        ? limitLine('  served ÷ directly', after / before, { atMost: 1.1 })
        : limitLine('  added', after - before, { atMost: 2 }, 'ms'),
    ]);
  }
}

async function underLoad(server: ServeProcess, folder: string): Promise<void> {
  const load = (seconds: number): Promise<LoadRun> =>
    runScript<LoadRun>('load-run', [server.url, String(CLIENTS), String(seconds)]);
  const write = (): Promise<number> => runScript<number>('write-run', [folder, String(WRITE_SECONDS)]);
  const alone = await write();
  const memory: number[] = [];
  const sampling = setInterval(() => {
    void server.memory().then((megabytes) => megabytes !== null && memory.push(megabytes));
  }, 1000);
  const { answered, refused, p50, p95 } = await load(LOAD_SECONDS);
  clearInterval(sampling);
  const [, beside] = await Promise.all([load(WRITE_SECONDS + 5), write()]);
  const quarter = Math.floor(memory.length / 4);
  const least = Math.max(...memory.slice(quarter, 2 * quarter));
  print([
    '',
    `${String(CLIENTS)} clients for ${String(LOAD_SECONDS)} s: ${String(answered)} answers, refused: ${JSON.stringify(refused)}`,
    limitLine('  p50', p50 ?? Number.NaN, null, 'ms'),
    limitLine('  p95', p95 ?? Number.NaN, null, 'ms'),
    limitLine('  memory, last quarter', Math.max(...memory.slice(-quarter)), { atMost: least * 1.1 }, 'MB'),
    limitLine('a collector alone', alone, null, 'rows/s'),
    limitLine('a collector beside them', beside, { atLeast: 0.8 * alone }, 'rows/s'),
  ]);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
