import { type Config, type Role, ROLES } from '@bellwether/core';
import type { RoleAllowance } from '../http/collaborators.ts';

/** What one role may use, and how many of its queries run and wait. */
export interface RoleShare extends RoleAllowance {
  concurrent: number;
  waiting: number;
}

const MEGABYTE = 1024 ** 2;
const MILLION = 1_000_000;

interface Defaults {
  seconds: number;
  memoryMegabytes: number;
  rowsRead: number;
  rowsReturned: number;
  resultMegabytes: number;
  concurrent: number;
  waiting: number;
  requestMegabytes: number;
}

/**
 * A dashboard asks many small questions at once; a person asks a few large ones and waits for them; collectors, who are
 * operators, send large bodies.
 */
const DEFAULTS: Readonly<Record<Role, Defaults>> = {
  dashboards: {
    seconds: 30,
    memoryMegabytes: 1024,
    rowsRead: 500 * MILLION,
    rowsReturned: MILLION,
    resultMegabytes: 64,
    concurrent: 8,
    waiting: 256,
    requestMegabytes: 4,
  },
  analyst: {
    seconds: 300,
    memoryMegabytes: 2048,
    rowsRead: 5000 * MILLION,
    rowsReturned: 50 * MILLION,
    resultMegabytes: 256,
    concurrent: 4,
    waiting: 64,
    requestMegabytes: 16,
  },
  bot: {
    seconds: 60,
    memoryMegabytes: 1024,
    rowsRead: 500 * MILLION,
    rowsReturned: MILLION,
    resultMegabytes: 64,
    concurrent: 4,
    waiting: 256,
    requestMegabytes: 32,
  },
  operator: {
    seconds: 3600,
    memoryMegabytes: 2048,
    rowsRead: 50_000 * MILLION,
    rowsReturned: 500 * MILLION,
    resultMegabytes: 256,
    concurrent: 8,
    waiting: 256,
    requestMegabytes: 1024,
  },
};

/**
 * The configured limits of every role, defaults where nothing is said.
 *
 * @param machineBytes memory of this machine: no default lets one query have more than a quarter of it
 */
export function roleShares(
  limits: Config['serve']['limits'],
  machineBytes: number,
): Readonly<Record<Role, RoleShare>> {
  const quarter = Math.max(128, Math.floor(machineBytes / 4 / MEGABYTE));
  const share = (role: Role): RoleShare => {
    const byDefault = DEFAULTS[role];
    const chosen = limits[role] ?? {};
    const of = (key: keyof Defaults): number => chosen[key] ?? byDefault[key];
    return {
      query: {
        seconds: of('seconds'),
        memoryBytes: (chosen.memoryMegabytes ?? Math.min(byDefault.memoryMegabytes, quarter)) * MEGABYTE,
        rowsRead: of('rowsRead'),
        rowsReturned: of('rowsReturned'),
        resultBytes: of('resultMegabytes') * MEGABYTE,
      },
      requestBytes: of('requestMegabytes') * MEGABYTE,
      concurrent: of('concurrent'),
      waiting: of('waiting'),
    };
  };
  return Object.fromEntries(ROLES.map((role) => [role, share(role)])) as Record<Role, RoleShare>;
}
