import type { Clock } from '@bellwether/core';
import { seededRandom } from '../world/random.ts';
import type { World } from '../world/model.ts';
import { FaultInjector } from './faults/injector.ts';
import { type Latency, noLatency } from './latency.ts';
import { HourlyBudgets, type Resource } from './limits/hourly-budgets.ts';
import { documentedLimits, type Limits, pointsOfInstallation } from './limits/limits.ts';
import { SecondaryLimits } from './limits/secondary-limits.ts';
import type { GitHubOptions } from './options.ts';
import type { App } from './tokens/app.ts';
import { TokenStore } from './tokens/token-store.ts';
import { newUsage, type Usage } from './usage.ts';
import { WorldIndex } from './world-index.ts';

/** Everything that a running server knows and keeps. */
export interface ServerState {
  readonly world: World;
  readonly index: WorldIndex;
  readonly tokens: TokenStore;
  readonly app: App | undefined;
  readonly budgets: HourlyBudgets;
  readonly secondary: SecondaryLimits;
  readonly latency: Latency;
  readonly usage: Usage;
  readonly clock: Clock;
  faults: FaultInjector;
  /** Known once the port is. */
  origin: string;
}

export function newState(options: GitHubOptions): ServerState {
  const { world, clock, seed, tokens, app } = options;
  const limits = { ...documentedLimits, ...options.limits };
  const usage = newUsage();
  return {
    world,
    index: new WorldIndex(world),
    tokens: new TokenStore(tokens, clock, seededRandom(`${seed}/tokens`)),
    app,
    budgets: new HourlyBudgets((owner, resource) => pointsPerHour(world, limits, owner, resource), clock),
    secondary: new SecondaryLimits(limits, clock),
    latency: options.latency ?? noLatency,
    usage,
    clock,
    faults: new FaultInjector(options.faults ?? {}, seed, usage),
    origin: '',
  };
}

function pointsPerHour(world: World, limits: Limits, owner: string, resource: Resource): number {
  const base = resource === 'graphql' ? limits.graphqlPointsPerHour : limits.restRequestsPerHour;
  return owner.startsWith('installation:')
    ? pointsOfInstallation(base, world.repositories.size, world.users.size)
    : base;
}
