import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricViews } from '@bellwether/metrics';
import { buildOrganisation } from '@bellwether/simulator';
import { migrate, openWarehouse } from '@bellwether/warehouse';
import { limitLine } from './limit-line.ts';
import { derive } from './scale/derive.ts';
import { ask } from './serve/ask.ts';
import { runScript, SERVE_CONFIG, startServe, type ServeProcess } from './serve/child.ts';
import { percentile } from './serve/figures.ts';
import type { LoadRun } from './serve/load-run.ts';
import { LARGE, LARGE_FOR_NOTHING, PANEL } from './serve/queries.ts';

const CLIENTS = 200;
const LOAD_SECONDS = 120;
const WRITE_SECONDS = 15;
const WRITE_ROUNDS = 3;
/** Of each small question in each run, after some that do not count. */
const SMALL_TIMES = 60;
const SMALL_BEFORE = 100;
/**
 * Before any of them: a server runs for weeks, and its code grows warm. Until some two thousand requests were answered
 * by its own code, each takes up to twice the processor time of those behind them.
 */
const WARM_UP = 2_000;

type Query = (sql: string, format: string) => Promise<number>;

interface Question {
  name: string;
  sqlOf: (time: number) => string;
  format: string;
  /** Of one run, and before it those that do not count. */
  times: number;
  before: number;
  /** What the server may cost: milliseconds more than directly, or a multiple; null where nothing was promised. */
  limit: { addedMs: number } | { multiple: number } | null;
}

const small = (name: string, sqlOf: Question['sqlOf'], format = 'TSV'): Question => {
  return { name, sqlOf, format, times: SMALL_TIMES, before: SMALL_BEFORE, limit: { addedMs: 2 } };
};
const large = (name: string, sql: string, format: string, limit: Question['limit']): Question => {
  return { name, sqlOf: () => sql, format, times: 2, before: 1, limit };
};

const QUESTIONS: readonly Question[] = [
  small('SELECT 1', () => 'SELECT 1'),
  small('SELECT 1, another text each time', (time) => `SELECT 1 + ${String(time + 1)}`),
  small('a panel', () => PANEL),
  small('a panel as JSON', () => PANEL, 'JSON'),
  large('rows of a table as TSV', LARGE, 'TSV', { multiple: 1.1 }),
  large('rows of a table as Native', LARGE, 'Native', { multiple: 1.1 }),
  large('made-up rows as TSV', LARGE_FOR_NOTHING, 'TSV', null),
  large('made-up rows as Native', LARGE_FOR_NOTHING, 'Native', null),
];

/** What was measured of one question: milliseconds each time, and how large its result is. */
interface Measured {
  milliseconds: number[];
  bytes: number;
}

type Figures = Map<Question, Measured>;

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
    await writeFile(config, `${SERVE_CONFIG}\n`);
    print(['serve: a fiftieth of a company, the server and who asks on one machine', '']);
    const direct: Figures = new Map();
    const served: Figures = new Map();
    // In turns, because only one of them can have the folder, and the machine is not the same from minute to minute.
    for (let run = 0; run < runs; run += 1) {
      await measureDirect(folder, direct);
      await withServer(config, folder, (server) => measureServed(server, served));
    }
    compare(direct, served);
    await withServer(config, folder, (server) => underLoad(server, folder));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function withServer(
  config: string,
  folder: string,
  work: (server: ServeProcess) => Promise<void>,
): Promise<void> {
  const server = await startServe(config, folder);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

async function measureDirect(folder: string, figures: Figures): Promise<void> {
  const warehouse = await openWarehouse({ path: folder });
  try {
    await migrate(warehouse, { views: metricViews() });
    await measureAll(figures, async (sql, format) => {
      let bytes = 0;
      for await (const piece of warehouse.queryText(sql, format)) bytes += piece.length;
      return bytes;
    });
  } finally {
    await warehouse.close();
  }
}

async function measureServed({ url, auth }: ServeProcess, figures: Figures): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  try {
    await measureAll(figures, async (sql, format) => {
      const { status, code, bytes } = await ask({ url, auth: auth.analyst }, agent, sql, format);
      if (status !== 200 || code !== 0) throw new Error(`${sql}: ${String(status)}, code ${String(code)}`);
      return bytes;
    });
  } finally {
    agent.destroy();
  }
}

async function measureAll(figures: Figures, query: Query): Promise<void> {
  for (let time = 0; time < WARM_UP; time += 1) await query('SELECT 1', 'TSV');
  for (const question of QUESTIONS) {
    const { sqlOf, format, times, before } = question;
    const measured = figures.get(question) ?? { milliseconds: [], bytes: 0 };
    figures.set(question, measured);
    for (let time = 0; time < before; time += 1) await query(sqlOf(-2 - time), format);
    for (let time = 0; time < times; time += 1) {
      const started = performance.now();
      // Numbers that no run asked for before.
      measured.bytes = await query(sqlOf(measured.milliseconds.length), format);
      measured.milliseconds.push(performance.now() - started);
    }
  }
}

function compare(direct: Figures, served: Figures): void {
  for (const [question, { milliseconds, bytes }] of direct) {
    const { name, limit } = question;
    const before = percentile(milliseconds, 50)!;
    const after = percentile(served.get(question)!.milliseconds, 50)!;
    const size = bytes > 1e6 ? ` (${(bytes / 1e6).toFixed(0)} MB)` : '';
    print([
      `${name}${size}: ${before.toFixed(2)} ms directly, ${after.toFixed(2)} ms served`,
      limit !== null && 'addedMs' in limit
        ? limitLine('  added', after - before, { atMost: limit.addedMs }, 'ms')
        : limitLine('  served ÷ directly', after / before, limit && { atMost: limit.multiple }),
    ]);
  }
  print([limitLine('load of the machine', loadavg()[0]!)]);
}

async function underLoad(server: ServeProcess, folder: string): Promise<void> {
  const load = (seconds: number): Promise<LoadRun> =>
    runScript<LoadRun>('load-run', [server.url, server.auth.dashboards, String(CLIENTS), String(seconds)]);
  const write = (): Promise<number> => runScript<number>('write-run', [folder, String(WRITE_SECONDS)]);
  const memory: number[] = [];
  const sampling = setInterval(() => {
    void server.memory().then((megabytes) => megabytes !== null && memory.push(megabytes));
  }, 1000);
  const { answered, refused, p50, p95 } = await load(LOAD_SECONDS).finally(() => clearInterval(sampling));
  // The one limit that so many clients may meet: the queue of their role is full.
  const { '503/202': turnedAway = 0, ...others } = refused;
  const quarter = Math.floor(memory.length / 4);
  const before = Math.max(...memory.slice(quarter, 2 * quarter));
  print([
    '',
    `${String(CLIENTS)} clients for ${String(LOAD_SECONDS)} s: ${String(answered)} answers, p50 ${ms(p50)}, p95 ${ms(p95)}`,
    `  turned away, the queue was full (503, code 202): ${String(turnedAway)}; others: ${JSON.stringify(others)}`,
    limitLine('  errors that are no stated limit', sum(Object.values(others)), { atMost: 0 }),
    limitLine('  memory, last quarter', Math.max(...memory.slice(-quarter)), { atMost: before * 1.1 }, 'MB'),
  ]);
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < WRITE_ROUNDS; round += 1) {
    alone.push(await write());
    const [{ p50: p50Beside }, written] = await Promise.all([load(WRITE_SECONDS + 3), write()]);
    beside.push(written);
    print([
      `  a round: ${alone.at(-1)!.toFixed(0)}, ${written.toFixed(0)} rows/s, clients p50 ${ms(p50Beside)}`,
    ]);
  }
  const usual = percentile(alone, 50)!;
  print([
    limitLine('a collector alone', usual, null, 'rows/s'),
    limitLine('a collector beside them', percentile(beside, 50)!, { atLeast: 0.8 * usual }, 'rows/s'),
    limitLine('load of the machine', loadavg()[0]!),
  ]);
}

function ms(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${milliseconds.toFixed(0)} ms`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
