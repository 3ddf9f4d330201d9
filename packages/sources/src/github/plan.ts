import type { Clock, Config } from '@bellwether/core';
import { cursors, type Warehouse } from '@bellwether/warehouse';
import { parseCursor } from '../engine/run-stream.ts';
import { type Estimate, estimateStream } from './estimate.ts';
import { source } from './github-source.ts';
import type { KnownPeople } from './known-people.ts';
import { openSession, type ProbedTarget } from './open-session.ts';
import { formatDuration } from './time-left.ts';

/** What one stream is expected to take, over all repositories. */
export interface StreamPlan extends Estimate {
  readonly stream: string;
  /** Of how many repositories it has to be read. */
  readonly repositories: number;
}

/** What a run is expected to take. A forecast: how many builds and commits there are, no probe tells. */
export interface GitHubPlan extends Estimate {
  readonly repositories: number;
  /** Those in which nothing is new. */
  readonly currentRepositories: number;
  readonly streams: readonly StreamPlan[];
  readonly hours: number;
}

export interface PlanTargetsOptions {
  readonly targets: readonly ProbedTarget[];
  readonly warehouse: Pick<Warehouse, 'readRows'>;
  readonly config: Config;
  readonly secret: string;
  readonly clock: Clock;
  readonly pointsPerHour: number;
  /** The name that a renamed repository still stands under. */
  readonly storedName?: (target: ProbedTarget) => string | undefined;
}

/** Asks every stream of every target whether it is current, and sums up what the others take. No request. */
export async function planTargets(options: PlanTargetsOptions): Promise<GitHubPlan> {
  const { targets, warehouse, config, pointsPerHour } = options;
  const stored = await readCursors(warehouse);
  const sums = new Map(source.streams.map(({ name }) => [name, emptySum()]));
  let currentRepositories = 0;
  for (const target of targets) {
    const context = await contextOf(target, options);
    const own = stored.get(options.storedName?.(target) ?? context.session.repo);
    let isCurrent = true;
    for (const stream of source.streams) {
      const cursor = parseCursor(stream, own?.get(stream.name));
      if (cursor !== null && (await stream.isCurrent({ ...context, cursor }))) continue;
      isCurrent = false;
      const estimate = estimateStream(stream.name, {
        hint: context.session.hint,
        config,
        isFirst: cursor === null,
        hasMirror:
          target.mirrorFolder !== null && target.api.git !== undefined && config.github.commits !== 'api',
      });
      add(sums.get(stream.name)!, estimate);
    }
    if (isCurrent) currentRepositories += 1;
  }
  const streams = [...sums].map(([stream, sum]) => ({ stream, ...sum }));
  const total = (name: keyof Estimate): number => streams.reduce((sum, each) => sum + each[name], 0);
  const points = total('points');
  return {
    repositories: targets.length,
    currentRepositories,
    streams,
    requests: total('requests'),
    restRequests: total('restRequests'),
    points,
    hours: points / pointsPerHour,
  };
}

/**
 * `1,512 repositories, nothing new in 1,400 of them, about 3,100 points, about 40 min`. Whether there are new builds,
 * only REST tells, and it takes no points.
 */
export function describePlan(plan: Omit<GitHubPlan, 'streams' | 'requests'>): string {
  const { repositories, currentRepositories, points, restRequests, hours } = plan;
  const count = amount(repositories, 'repository', 'repositories');
  if (repositories === 0) return 'no repository';
  if (points + restRequests === 0) return `${count}, nothing new`;
  if (points === 0) {
    const rest = amount(roughly(restRequests), 'REST request', 'REST requests');
    return `${count}, nothing new but perhaps builds, about ${rest}`;
  }
  const current =
    currentRepositories === 0 ? '' : `, nothing new in ${currentRepositories.toLocaleString('en')} of them`;
  const time = formatDuration(hours * 3_600_000);
  return `${count}${current}, about ${amount(roughly(points), 'point', 'points')}, about ${time}`;
}

function amount(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Two digits that count: more would pretend to know more. */
function roughly(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

type Sum = { -readonly [Key in keyof Omit<StreamPlan, 'stream'>]: number };

function emptySum(): Sum {
  return { repositories: 0, requests: 0, points: 0, restRequests: 0 };
}

function add(sum: Sum, estimate: Estimate): void {
  sum.repositories += 1;
  sum.requests += estimate.requests;
  sum.points += estimate.points;
  sum.restRequests += estimate.restRequests;
}

async function contextOf(target: ProbedTarget, options: PlanTargetsOptions) {
  const { config, secret, clock, warehouse } = options;
  const context = { config, secret, clock, stored: warehouse, signal: new AbortController().signal };
  const session = await openSession(
    { ...target, known: Promise.resolve(nobodyKnown(target.api.host)) },
    context,
  );
  return { ...context, session };
}

/** Whether something is new does not depend on people. */
function nobodyKnown(host: string): KnownPeople {
  return { host, get: () => undefined, given: new Set(), forgotten: new Set(), confirm: async () => {} };
}

async function readCursors(
  warehouse: Pick<Warehouse, 'readRows'>,
): Promise<Map<string, Map<string, unknown>>> {
  const rows = await warehouse.readRows(cursors, ['key', 'stream', 'cursor'], {
    sql: 'source = {source:String}',
    params: { source: source.name },
  });
  const found = new Map<string, Map<string, unknown>>();
  for (const { key, stream, cursor } of rows) {
    const own = found.get(key) ?? new Map<string, unknown>();
    found.set(key, own.set(stream, parsed(cursor)));
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
