import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { BellwetherError, type Clock, type Config } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import {
  harmlessSettings,
  migrate,
  newEndpointKey,
  openServedWarehouse,
  pendingMigrations,
  publishEndpoint,
  type ServedWarehouse,
  type Warehouse,
  type WarehouseTarget,
} from '@bellwether/warehouse';
import type { Route } from './http/collaborators.ts';
import { createHttpService } from './http/http-service.ts';
import type { WireLimits } from './http/wire-limits.ts';
import { countLeased, leaseScreen } from './lease/lease-guard.ts';
import { leaseRoutes } from './lease/lease-routes.ts';
import { Leases } from './lease/leases.ts';
import { createLimiter } from './limits/limiter.ts';
import { roleShares } from './limits/role-limits.ts';
import { badAddress, type Listening, listenOn } from './operations/listen.ts';
import { createObserver } from './operations/observer.ts';
import { operationRoutes } from './operations/operation-routes.ts';
import { createReadings } from './operations/readings.ts';
import { createLogger, type LogSink } from './operations/request-log.ts';
import {
  countConnections,
  createRegistry,
  registerGauges,
  requestCounters,
} from './operations/server-metrics.ts';
import { watchWork, type WorkInProgress } from './operations/work-in-progress.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { checkSchedules } from './schedules/check-schedules.ts';
import type { CollectCommand } from './schedules/collect-process.ts';
import type { Scheduler } from './schedules/scheduler.ts';
import { startSchedules } from './schedules/start-schedules.ts';
import { type Ending, stopServing } from './stop-serving.ts';
import { parseListen } from './users/client-address.ts';
import { createDoorkeeper, type Doorkeeper, usersMissing } from './users/who-may-ask.ts';

export interface StartOptions {
  target: WarehouseTarget;
  config: Pick<Config, 'serve' | 'schedules' | 'timeZone' | 'github' | 'repositories'>;
  /** Instead of the configured address. */
  listen?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  log: LogSink;
  collectCommand: CollectCommand;
  wire?: Partial<WireLimits>;
  /** How long running queries may go on when the server stops; 15 s by default. */
  graceMs?: number;
}

export interface RunningServer {
  /** `http://127.0.0.1:8123` */
  url: string;
  /** Whether only programs of this machine reach it. */
  isLocal: boolean;
  /** Whether programs of this machine read metrics without a password. */
  isOpen: boolean;
  /** Lets nobody new in, lets what runs end or ends it, and lets go of the folder if it can. Safe to call twice. */
  stop(): Promise<Ending>;
}

/**
 * Serves a warehouse until it is stopped. An embedded one is brought up to date on the way and belongs to this process.
 *
 * @throws BellwetherError `users-missing`, `password-missing`, `password-hash-invalid`, `listen-invalid`, `port-taken`,
 *   `schedule-invalid`, `no-organisation`, `no-repositories`, and what opening and migrating a warehouse throws
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { target, config, clock, env } = options;
  const folder = 'path' in target ? resolve(target.path) : null;
  const localKey = folder === null ? null : newEndpointKey();
  const listen = options.listen ?? config.serve.listen;
  if (!parseListen(listen)) throw badAddress(listen);
  const door = await createDoorkeeper({ users: config.serve.users, listen, env, localKey, clock });
  checkSchedules(config, clock.now());
  const opened = await openServedWarehouse(target, { clock, views: metricViews() });
  const { served, work } = watchWork(opened, clock);
  try {
    await bringUpToDate(served.warehouse, clock);
    return await serve({ ...options, served, work, folder, localKey, listen, door });
  } catch (error) {
    await served.close(0);
    throw error;
  }
}

/** Tables of a folder are this process' own; those of a ClickHouse server are shared, and to change them is a decision. */
async function bringUpToDate(warehouse: Warehouse, clock: Clock): Promise<void> {
  const views = metricViews();
  if (warehouse.kind === 'embedded') {
    await migrate(warehouse, { views, clock });
    return;
  }
  const pending = await pendingMigrations(warehouse, { views });
  if (pending.length === 0) return;
  throw new BellwetherError({
    code: 'migrations-pending',
    message: `The warehouse lacks ${pending.length} changes of its tables and views.`,
    retry: 'no',
    next: 'bellwether migrate',
  });
}

interface ServeOptions extends StartOptions {
  served: ServedWarehouse;
  work: WorkInProgress;
  folder: string | null;
  localKey: string | null;
  listen: string;
  door: Doorkeeper;
}

async function serve(options: ServeOptions): Promise<RunningServer> {
  const { served, config, clock, log, door } = options;
  const logger = createLogger(log);
  const registry = createRegistry();
  const counters = requestCounters(registry);
  const shares = roleShares(config.serve.limits, totalmem());
  const limiter = createLimiter(shares, (_, why) => counters.reject(why));
  const stopping = new AbortController();
  const readings = createReadings(served, clock, () => stopping.signal.aborted);
  registerGauges(registry, { readings, limiter, clock });
  const leases = new Leases(() => clock.now());
  const lease = leaseScreen(leases);
  const schedules: { scheduler: Scheduler | null } = { scheduler: null };
  const service = createHttpService({
    warehouse: served,
    authenticate: door.authenticate,
    screen: (request) => door.screen(request) ?? lease(request),
    enter: countLeased(leases),
    limiter,
    observer: createObserver(logger, counters, clock),
    routes: [
      ...operationRoutes({ registry, readiness: readings.readiness }),
      ...pageRoutes({
        ...{ ...readings, isOpen: door.isOpen, metricCount: metricViews().length, clock },
        schedules: () => schedules.scheduler?.sources() ?? [],
      }),
      ...endpointRoutes(options, leases),
    ],
    harmlessSettings,
    ...{ version: (await readings.status()).version, displayName: 'bellwether', timeZone: 'UTC' },
    ...(options.wire ? { wire: options.wire } : {}),
  });
  countConnections(registry, service.server);
  const listening = await listenOn(service.server, options.listen);
  const parts = { ...options, ...schedules, service, listening, limiter, leases, stopping, logger };
  try {
    refuseStrangers(door, listening);
    publish(options, listening);
    const { warehouse } = served;
    const onCollected = readings.forgetFreshness;
    parts.scheduler = await startSchedules({ ...options, warehouse, logger, registry, onCollected });
    schedules.scheduler = parts.scheduler;
  } catch (error) {
    await stopServing({ ...parts, graceMs: 0 });
    throw error;
  }
  logger.info({ url: listening.url, schedules: config.schedules.length }, 'serving');
  let ending: Promise<Ending> | null = null;
  const stop = (): Promise<Ending> => (ending ??= stopServing(parts));
  const { url, isLocal } = listening;
  return { url, isLocal, isOpen: door.isOpen, stop };
}

/** A name that passes for this machine's, such as `localhost`, can lead elsewhere. */
function refuseStrangers({ isOpen }: Doorkeeper, { isLocal, url }: Listening): void {
  if (isOpen && !isLocal) throw usersMissing(url);
}

function publish({ folder, localKey, clock }: ServeOptions, { localUrl }: Listening): void {
  if (folder === null || localKey === null) return;
  publishEndpoint(folder, { url: localUrl, key: localKey }, clock.now());
}

/** What the other commands of this account need; in front of a ClickHouse server they go there themselves. */
function endpointRoutes({ served: { warehouse }, folder, localKey }: ServeOptions, leases: Leases): Route[] {
  if (folder === null || localKey === null) return [];
  return leaseRoutes({ leases, key: localKey, backup: { folder, warehouse } });
}
