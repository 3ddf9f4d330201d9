import { resolve } from 'node:path';
import { type Clock, systemClock } from '@bellwether/core';
import { ClickHouseWarehouse } from './clickhouse-warehouse.ts';
import { explainOpenFailure, prepareFolder } from './data-folder.ts';
import { openServed } from './endpoint/open-served.ts';
import type { LeaseOptions } from './endpoint/take-lease.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import type { Engine, Limits } from './engine.ts';
import { removeOwner, writeOwner } from './folder-owner.ts';
import { ServerEngine } from './server-engine.ts';
import { versionClock } from './version-clock.ts';
import type { Warehouse } from './warehouse.ts';

/** A folder of this disk, or a ClickHouse server whose tables may be replicated over a cluster. */
export type WarehouseTarget =
  | { path: string }
  | { url: string; cluster?: string | undefined; user?: string | undefined; password?: string | undefined };

export interface OpenOptions {
  /** Nothing can be written, and every query is held to a time and a memory limit. The folder has to exist. */
  readOnly?: boolean;
  clock?: Clock;
  /** What one query may use; 2 GB when reading only, else no limit. */
  memoryLimitBytes?: number;
  /**
   * For a folder that `bellwether serve` has open: takes the right to write until the warehouse is closed. Left out by
   * those that only read or tolerate other writers.
   */
  lease?: LeaseOptions | undefined;
  /** Opens the folder here or fails: for the server itself. */
  mustOwn?: boolean;
}

/**
 * Opens the warehouse. Close what you open. A folder that `bellwether serve` has open is reached through that server.
 *
 * @throws BellwetherError `warehouse-locked`, `server-silent`, `server-ended`, `warehouse-missing`, `warehouse-not-writable`, `warehouse-unusable`,
 *   `disk-full`, `server-unreachable`, `server-auth`, `url-credentials`
 */
export async function openWarehouse(target: WarehouseTarget, options: OpenOptions = {}): Promise<Warehouse> {
  const clock = options.clock ?? systemClock;
  const engine = await openEngine(target, options, clock);
  return new ClickHouseWarehouse(
    engine,
    versionClock(clock),
    'cluster' in target ? target.cluster : undefined,
  );
}

/** For this package: what needs the engine itself and not the warehouse on it. */
export async function openEngine(
  target: WarehouseTarget,
  options: OpenOptions,
  clock: Clock,
): Promise<Engine> {
  const { memoryLimitBytes } = options;
  const limits: Limits = {
    ...READ_LIMITS,
    ...(memoryLimitBytes === undefined ? {} : { memoryBytes: memoryLimitBytes }),
  };
  const readOnly = options.readOnly === true ? limits : undefined;
  if ('url' in target) return ServerEngine.open({ ...target, readOnly, memoryLimitBytes });

  const path = resolve(target.path);
  const served =
    options.mustOwn === true ? undefined : await openServed(path, { readOnly, lease: options.lease });
  if (served) return served;
  await prepareFolder(path, options.readOnly === true);
  try {
    const beforeRelease = (): Promise<void> => {
      release(path);
      return Promise.resolve();
    };
    const writers = options.mustOwn === true ? 1 : WRITERS;
    const engine = await EmbeddedEngine.open({ path, readOnly, memoryLimitBytes, writers, beforeRelease });
    hold(path, clock.now());
    return engine;
  } catch (error) {
    throw await explainOpenFailure(path, error);
  }
}

/**
 * Of one command, which awaits what has to come in turn. A server has one: strangers write there, and a backup is to be
 * of one moment.
 */
const WRITERS = 2;

/** The result counts as memory of its query: over 4 GB it would end the whole process in the binding, uncaught. */
const READ_LIMITS: Limits = { seconds: 300, memoryBytes: 2 * 1024 ** 3 };

/** This process may open a folder more than once; it is the folder's owner until it closes the last. */
const holders = new Map<string, number>();

function hold(path: string, now: number): void {
  const count = holders.get(path) ?? 0;
  if (count === 0) writeOwner(path, now);
  holders.set(path, count + 1);
}

function release(path: string): void {
  const count = (holders.get(path) ?? 1) - 1;
  if (count === 0) removeOwner(path);
  holders.set(path, count);
}
