import { nodeId } from './ids.ts';
import type { World } from './model.ts';

export interface EmptyWorldOptions {
  readonly seed: number;
  /** Milliseconds since 1970; cut to whole seconds. */
  readonly now: number;
  /** Login of the organisation. */
  readonly organisation?: string;
}

/** An organisation with nobody and nothing in it, for the generator and for tests that build their own. */
export function emptyWorld({ seed, now, organisation = `simulated-${seed}` }: EmptyWorldOptions): World {
  const world: World = {
    seed,
    organisation: { id: '', login: organisation, name: `Simulated Org (seed ${seed})` },
    users: new Map(),
    teams: new Map(),
    repositories: new Map(),
    truth: { deployments: [], deliveries: [], directDeliveries: [], signals: new Map() },
    now: wholeSeconds(now),
    trees: new Map(),
    counters: { databaseId: 10_000, numbers: new Map() },
  };
  return { ...world, organisation: { ...world.organisation, id: nodeId(world, 'O') } };
}

/** GitHub knows no fractions of a second. */
export function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/** Something happens: the world is not younger than that. Returns the instant in whole seconds. */
export function advance(world: World, at: number): number {
  const instant = wholeSeconds(at);
  world.now = Math.max(world.now, instant);
  return instant;
}
