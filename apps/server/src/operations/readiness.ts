import { BellwetherError } from '@bellwether/core';
import type { EngineStatus } from '@bellwether/warehouse';

export interface Readiness {
  isReady: boolean;
  /** One short sentence; says nothing about the data, because anybody may ask. */
  reason: string;
}

const ANSWER_MS = 5_000;

/** Whether queries would be answered now: not while stopping, and only where the engine answers in time. */
export async function readReadiness(
  status: () => Promise<EngineStatus>,
  isStopping: () => boolean,
): Promise<Readiness> {
  if (isStopping()) return { isReady: false, reason: 'The server is stopping.' };
  const now = await inTime(status());
  if (now === 'silent') return { isReady: false, reason: 'The engine does not answer.' };
  if (now === 'newer') {
    return {
      isReady: false,
      reason: 'The tables are of a newer Bellwether: update this one, and start it again.',
    };
  }
  if (now.pendingMigrations > 0) {
    return { isReady: false, reason: `${now.pendingMigrations} changes of tables and views are missing.` };
  }
  return { isReady: true, reason: 'Ready.' };
}

/** `silent` where it fails or takes too long: a load balancer does not care which. */
function inTime<Value>(work: Promise<Value>): Promise<Value | 'silent' | 'newer'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silent'), ANSWER_MS);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        resolve(isNewer(error) ? 'newer' : 'silent');
      },
    );
  });
}

/** A command of a newer version has changed the tables since this server started. */
function isNewer(error: unknown): boolean {
  return error instanceof BellwetherError && error.code === 'warehouse-newer';
}
