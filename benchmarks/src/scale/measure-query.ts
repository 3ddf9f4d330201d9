import { BellwetherError } from '@bellwether/core';
import type { CompiledQuery, MetricDefinition } from '@bellwether/metrics';
import type { Warehouse } from '@bellwether/warehouse';

/** What answering one question took. */
export interface QueryFigures {
  /** That the engine expects to read, after what its indexes rule out. */
  rows: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  /** Milliseconds of all processors together, on average: what stays the same on a busy machine. */
  cpu: number;
  /** The least memory, as a power of two, that was enough. */
  megabytes: number;
}

/** The first run warms caches and does not count. */
export async function measureQuery(
  warehouse: Warehouse,
  { sql, params }: CompiledQuery,
  runs: number,
): Promise<QueryFigures> {
  const ask = (): Promise<unknown> => warehouse.query(sql, params);
  const { times, cpu } = await timesOf(ask, runs);
  return {
    rows: await rowsRead(warehouse, sql, params),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    cpu,
    megabytes: await memoryOf(warehouse, sql, params),
  };
}

/** Milliseconds to read the value of every row of a view and do nothing with it: what no question can do without. */
export async function measureScan(
  warehouse: Warehouse,
  { id }: MetricDefinition,
  runs: number,
): Promise<number> {
  const { times } = await timesOf(() => warehouse.query(`SELECT max(value) FROM metrics.${id}`), runs);
  return quantile(times, 0.5);
}

async function timesOf(
  work: () => Promise<unknown>,
  runs: number,
): Promise<{ times: number[]; cpu: number }> {
  await work();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  return { times: times.sort((a, b) => a - b), cpu: (user + system) / 1000 / runs };
}

/** Of few runs the p95 is the slowest: it is never made to look better than what was seen. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length - 1)))] ?? Number.NaN;
}

async function rowsRead(warehouse: Warehouse, sql: string, params: CompiledQuery['params']): Promise<number> {
  const tables = await warehouse.query<{ rows: number }>(`EXPLAIN ESTIMATE ${sql}`, params);
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

const LEAST_MEGABYTES = 16;
const MOST_MEGABYTES = 8192;

/** The embedded engine keeps no log of queries, so it is given less than it needs until it has enough. */
async function memoryOf(warehouse: Warehouse, sql: string, params: CompiledQuery['params']): Promise<number> {
  for (let megabytes = LEAST_MEGABYTES; megabytes < MOST_MEGABYTES; megabytes *= 2) {
    try {
      await warehouse.query(`${sql}\nSETTINGS max_memory_usage = ${String(megabytes * 1024 * 1024)}`, params);
      return megabytes;
    } catch (error) {
      if (!(error instanceof BellwetherError && error.code === 'memory-limit')) throw error;
    }
  }
  return MOST_MEGABYTES;
}
