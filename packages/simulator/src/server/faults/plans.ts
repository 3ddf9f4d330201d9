import { usageError } from '@bellwether/core';

export const faultNames = [
  'gatewayTimeout',
  'resourceLimits',
  'rateLimit',
  'secondaryLimit200',
  'secondaryLimit403',
  'cutJson',
  'malformedJson',
  'slow',
  'dropped',
  'expiredToken',
  'revokedToken',
  'clockSkew',
  'internalError',
  'flappingNotFound',
] as const;

export type FaultName = (typeof faultNames)[number];

/** Those that last: a client cannot get over them by trying again. `all` leaves them out. */
const lastingFaults: readonly FaultName[] = ['expiredToken', 'revokedToken', 'clockSkew'];

/** When a fault strikes. */
export interface FaultPlan {
  /** Of each request that it can strike. */
  readonly probability?: number;
  /** Ordinals among those requests, from 1. */
  readonly requests?: readonly number[];
  /** Only requests whose query name or route contains this. */
  readonly only?: string;
  /** No more often than that. */
  readonly times?: number;
}

/** Plans by name; a number is a probability. */
export type Faults = Partial<Record<FaultName, number | FaultPlan>> & {
  /** What `rateLimit` and `secondaryLimit403` tell the client to wait, and how long `slow` takes. Default 60 and 1. */
  readonly waitSeconds?: number;
  readonly slowSeconds?: number;
  /** How far `clockSkew` sets the clock off; negative for a clock that is late. Default 900. */
  readonly skewSeconds?: number;
};

const settings = ['waitSeconds', 'slowSeconds', 'skewSeconds'] as const;

/**
 * Reads `gatewayTimeout=0.05,cutJson=0.02,all=0.01`. `all` is for every fault that is not named and that trying
 * again gets over.
 *
 * @throws BellwetherError (usage) for anything else
 */
export function parseFaults(text: string): Faults {
  const faults: Record<string, number> = {};
  let all: number | null = null;
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [name = '', value = ''] = part.split('=').map((each) => each.trim());
    if (isOneOf(settings, name)) faults[name] = readNumber(part, value, -Infinity, Infinity);
    else if (name === 'all') all = readNumber(part, value, 0, 1);
    else if (isOneOf(faultNames, name)) faults[name] = readNumber(part, value, 0, 1);
    else throw unknownFault(name);
  }
  if (all !== null) {
    for (const name of faultNames) if (!lastingFaults.includes(name)) faults[name] ??= all;
  }
  return faults;
}

function readNumber(part: string, value: string, least: number, most: number): number {
  const number = value === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number) && number >= least && number <= most) return number;
  throw usageError(
    'bad-fault',
    most === 1 ? `"${part}" gives no probability between 0 and 1.` : `"${part}" gives no number of seconds.`,
    'Write, for example: --faults gatewayTimeout=0.05,cutJson=0.02',
  );
}

function unknownFault(name: string): Error {
  return usageError(
    'unknown-fault',
    `There is no fault "${name}".`,
    `Choose from: all, ${[...faultNames, ...settings].join(', ')}.`,
  );
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}
