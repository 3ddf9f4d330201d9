import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BellwetherError, type Clock, systemClock } from '@bellwether/core';
import { ClickHouseWarehouse } from '../clickhouse-warehouse.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';
import { EngineError } from '../engine-errors.ts';
import type { Engine } from '../engine.ts';
import { createGate } from '../gate/gate.ts';
import { pendingMigrations, type View } from '../migrate.ts';
import { openEngine, type WarehouseTarget } from '../open-warehouse.ts';
import { createServerClient } from '../server-engine.ts';
import { versionClock } from '../version-clock.ts';
import type { Warehouse } from '../warehouse.ts';
import { EmbeddedServedWarehouse } from './embedded-served-warehouse.ts';
import { makePipes } from './make-pipes.ts';
import { QueryControl } from './query-control.ts';
import { ReadingConnections } from './reading-connections.ts';
import { readingThreads } from './reading-threads.ts';
import { ResultFormats } from './result-formats.ts';
import type { ServedWarehouse } from './served-warehouse.ts';
import { ServerServedWarehouse } from './server-served-warehouse.ts';

export interface ServeOptions {
  clock?: Clock;
  /** All views there should be, so that `status` can say whether migrations are pending. */
  views?: readonly View[];
  /** How many queries read at once; see `readingThreads`, which is the most there can be. */
  readers?: number;
}

/** For the gate: it executes nothing of a user's, but parses whatever comes. */
const GATE_MEMORY_BYTES = 512 * 1024 * 1024;
/** What the server puts around an admitted statement must not be what makes it too long. */
const LONGEST_QUERY_BYTES = 2 * 1024 * 1024;

/**
 * Opens the warehouse for many users at once. Close what you open.
 *
 * @throws BellwetherError those of `openWarehouse`, `pipes-unavailable`, `server-unsuitable`
 */
export async function openServedWarehouse(
  target: WarehouseTarget,
  options: ServeOptions = {},
): Promise<ServedWarehouse> {
  return 'url' in target ? openServer(target, options) : openFolder(resolve(target.path), options);
}

type ServerTarget = Extract<WarehouseTarget, { url: string }>;

async function openServer(target: ServerTarget, options: ServeOptions): Promise<ServedWarehouse> {
  const clock = options.clock ?? systemClock;
  return openAll(async (opened) => {
    const engine = opened(await openEngine(target, { clock }, clock));
    const gateEngine = opened(await openEngine(target, { readOnly: true, clock }, clock));
    const warehouse = new ClickHouseWarehouse(engine, versionClock(clock), target.cluster);
    const gate = createGate(gateEngine);
    const { host } = new URL(target.url);
    await requireExamination(gateEngine, host);
    return new ServerServedWarehouse({
      host,
      client: opened(await createServerClient(target)),
      warehouse,
      admit: (request) => gate.admit(request),
      formats: new ResultFormats(await readFormats(engine)),
      pendingMigrations: pendingOf(warehouse, options),
      release: () => gateEngine.close(),
    });
  });
}

/** Better at the start than with every query: another `bellwether serve`, say, lets nobody look at statements. */
async function requireExamination(engine: Engine, host: string): Promise<void> {
  try {
    await engine.run('EXPLAIN AST SELECT 1', { lane: 'text', format: 'TSVRaw' });
  } catch (cause) {
    const isRefused = cause instanceof BellwetherError && cause.code === 'server-auth';
    if (!isRefused && !(cause instanceof EngineError)) throw cause;
    throw new BellwetherError({
      code: 'server-unsuitable',
      message: `The server ${host} does not let its account examine statements (EXPLAIN AST), so nobody else's can be admitted.`,
      retry: 'no',
      next: 'Give `warehouse.url` the address of a ClickHouse server: `bellwether serve` cannot serve another `bellwether serve`.',
      cause,
    });
  }
}

async function openFolder(path: string, options: ServeOptions): Promise<ServedWarehouse> {
  const clock = options.clock ?? systemClock;
  return openAll(async (opened) => {
    const engine = opened(asEmbedded(await openEngine({ path }, { mustOwn: true, clock }, clock)));
    const reading = { mustOwn: true, readOnly: true, memoryLimitBytes: GATE_MEMORY_BYTES };
    const gateEngine = opened(await openEngine({ path }, reading, clock));
    const scratchFolder = join(path, 'serving');
    // What a process that was killed left there: bodies that were never stored, pipes that nobody reads.
    await rm(scratchFolder, { recursive: true, force: true });
    await mkdir(scratchFolder, { mode: 0o700 });
    const pipes = await makePipes(scratchFolder, options.readers ?? readingThreads(process.env));
    const connect = (): ReturnType<EmbeddedEngine['connect']> =>
      engine.connect(`SET max_query_size = ${String(LONGEST_QUERY_BYTES)}`);
    const control = opened(new QueryControl(await engine.connect('USE system')));
    const warehouse = new ClickHouseWarehouse(engine, versionClock(clock));
    const gate = createGate(gateEngine);
    return new EmbeddedServedWarehouse({
      path,
      scratchFolder,
      engine,
      warehouse,
      admit: (request) => gate.admit(request),
      connections: new ReadingConnections(pipes, connect),
      control,
      formats: new ResultFormats(await readFormats(engine)),
      pendingMigrations: pendingOf(warehouse, options),
      beforeRelease: async () => {
        await control.close();
        await gateEngine.close();
        await rm(scratchFolder, { recursive: true, force: true });
      },
    });
  });
}

interface Closable {
  close: () => Promise<void> | void;
}

/** Closes what was opened, last first, when the rest does not open. */
async function openAll<T>(work: (opened: <C extends Closable>(thing: C) => C) => Promise<T>): Promise<T> {
  const open: Closable[] = [];
  try {
    return await work((thing) => {
      open.unshift(thing);
      return thing;
    });
  } catch (error) {
    for (const thing of open) await thing.close();
    throw error;
  }
}

function pendingOf(warehouse: Warehouse, { views }: ServeOptions): () => Promise<string[]> {
  return () => pendingMigrations(warehouse, views === undefined ? {} : { views });
}

function asEmbedded(engine: Engine): EmbeddedEngine {
  if (engine instanceof EmbeddedEngine) return engine;
  throw new Error('A folder of one’s own is opened by the embedded engine');
}

async function readFormats(engine: Engine): Promise<string[]> {
  const bytes = await engine.run('SELECT name FROM system.formats WHERE is_output', {
    lane: 'text',
    format: 'TSV',
  });
  return Buffer.from(bytes).toString().trimEnd().split('\n');
}
