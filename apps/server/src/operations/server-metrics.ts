import type { Server } from 'node:http';
import { promisify } from 'node:util';
import { type Clock, ROLES } from '@bellwether/core';
import type { EngineStatus } from '@bellwether/warehouse';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestRecord } from '../http/collaborators.ts';
import type { RoleLimiter } from '../limits/limiter.ts';
import type { SourceFreshness } from './freshness.ts';
import type { EngineReadings } from './readings.ts';

const PREFIX = 'bellwether_';
/** From a cached figure to the longest query that an operator may run, in seconds. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** Names of errors are ClickHouse's and some eight hundred; nobody can make more series than these. */
const MOST_ERRORS = 100;

/** Node would wake an idle process for it, a hundred times a second by default. */
const EVENT_LOOP_LOOK_MS = 100;

/** What was counted while requests went by. */
export interface RequestCounters {
  count(record: RequestRecord): void;
  /** A query or a connection that was turned away. */
  reject(reason: string): void;
}

/** Counters of requests in a registry of their own, with those of the process. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
  return registry;
}

export function requestCounters(registry: Registry): RequestCounters {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name: PREFIX + name, help, labelNames, registers, buckets: BUCKETS });

  const requests = counter('requests_total', 'Requests that ended', ['route', 'role', 'status']);
  const seconds = histogram('request_seconds', 'From the first byte of a request to the last of its answer', [
    'route',
    'role',
  ]);
  const waited = histogram('request_wait_seconds', 'How long queries waited to be let in', ['role']);
  const errors = counter('query_errors_total', 'Refused and failed queries by ClickHouse’s name', ['error']);
  const rejections = counter('rejections_total', 'Queries and connections turned away', ['reason']);
  const hangUps = counter('hang_ups_total', 'Clients that left before their answer was complete', ['role']);
  const rowsRead = counter(
    'rows_read_total',
    'Rows that queries read, where the engine says how many: embedded it does so for inserts alone',
    ['role'],
  );
  const rowsReturned = counter('rows_returned_total', 'Rows that queries returned', ['role']);
  const rowsWritten = counter('rows_written_total', 'Rows that were stored', ['role']);
  const received = counter('received_bytes_total', 'Bytes of request bodies', ['role']);
  const sent = counter('sent_bytes_total', 'Bytes of answers', ['role']);
  const errorNames = new Set<string>();
  const known = (name: string): string => {
    if (errorNames.size < MOST_ERRORS && /^[A-Z_0-9]{1,80}$/.test(name)) errorNames.add(name);
    return errorNames.has(name) ? name : 'OTHER';
  };

  return {
    count(record) {
      const { route, user, status, summary, error } = record;
      const role = user?.role ?? 'none';
      requests.inc({ route, role, status: String(status) });
      seconds.observe({ route, role }, record.durationSeconds);
      if (route === 'query' && user) waited.observe({ role }, record.waitedSeconds);
      if (error) errors.inc({ error: known(error.codeName) });
      if (error?.code === 497) rejections.inc({ reason: 'access-denied' });
      if (error && [194, 516].includes(error.code)) rejections.inc({ reason: 'authentication' });
      if (record.hungUp) hangUps.inc({ role });
      received.inc({ role }, record.bytesReceived);
      sent.inc({ role }, record.bytesSent);
      if (!summary) return;
      rowsRead.inc({ role }, summary.readRows ?? 0);
      rowsReturned.inc({ role }, summary.resultRows);
      rowsWritten.inc({ role }, summary.writtenRows);
    },
    reject: (reason) => rejections.inc({ reason }),
  };
}

/** How many clients are connected, whatever they do. */
export function countConnections(registry: Registry, server: Server): void {
  new Gauge({
    name: `${PREFIX}http_connections`,
    help: 'Connections of clients',
    registers: [registry],
    async collect() {
      this.set(await promisify(server.getConnections.bind(server))());
    },
  });
}

/** What is looked at when somebody asks for the metrics. */
export interface Gauges {
  readings: EngineReadings;
  limiter: RoleLimiter;
  clock: Clock;
}

/** Gauges of what is now. Where the engine does not answer, what it would have said is left out and `up` is 0. */
export function registerGauges(registry: Registry, { readings, limiter, clock }: Gauges): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    collect: (this: Gauge<Label>) => void | Promise<void>,
  ) => new Gauge({ name: PREFIX + name, help, labelNames, registers: [registry], collect });
  const status = (): Promise<EngineStatus | null> => readings.status().catch(() => null);
  const freshness = (): Promise<readonly SourceFreshness[]> => readings.freshness().catch(() => []);

  gauge('up', 'Whether the engine answers', [], async function () {
    this.set((await status()) === null ? 0 : 1);
  });
  gauge('ready', 'Whether queries are answered', [], async function () {
    this.set((await readings.readiness()).isReady ? 1 : 0);
  });
  gauge('pending_migrations', 'Changes of tables and views that are missing', [], async function () {
    this.set((await status())?.pendingMigrations ?? Number.NaN);
  });
  gauge('engine_memory_bytes', 'Memory of queries that run', [], async function () {
    this.set((await status())?.memoryBytes ?? Number.NaN);
  });
  gauge('engine_connections', 'Connections to the engine', ['pool', 'state'], async function () {
    this.reset();
    for (const [pool, { open, busy }] of Object.entries((await status())?.connections ?? {})) {
      this.set({ pool, state: 'busy' }, busy);
      this.set({ pool, state: 'idle' }, open - busy);
    }
  });
  gauge('queries', 'Queries that run and that wait to be let in', ['role', 'state'], function () {
    for (const role of ROLES) {
      const { running, waiting } = limiter.load(role);
      this.set({ role, state: 'running' }, running);
      this.set({ role, state: 'waiting' }, waiting);
    }
  });
  gauge('collector_lag_seconds', 'Since a source was last read', ['source'], async function () {
    this.reset();
    for (const { source, readAt } of await freshness()) {
      if (readAt !== null) this.set({ source }, Math.max(0, (clock.now() - readAt) / 1000));
    }
  });
  gauge(
    'collector_targets',
    'What a source reads, by how its last run ended',
    ['source', 'state'],
    async function () {
      this.reset();
      for (const { source, targets, failing } of await freshness()) {
        this.set({ source, state: 'ok' }, targets - failing);
        this.set({ source, state: 'failing' }, failing);
      }
    },
  );
}
