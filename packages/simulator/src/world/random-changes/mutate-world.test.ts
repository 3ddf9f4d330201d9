import { describe, expect, it } from 'vitest';
import { findInconsistencies } from '../consistency/inconsistencies.ts';
import { generateWorld } from '../generate-world.ts';
import type { World } from '../model.ts';
import { seededRandom } from '../random.ts';
import { defaultMutationWeights, mutateWorld, mutationKinds, tryMutation } from './mutate-world.ts';

const now = Date.UTC(2026, 4, 4, 12);
const minute = 60_000;
const someWorld = (seed = 9) => generateWorld({ seed, repositories: 5, years: 0.4, now });

describe('mutateWorld', () => {
  it.each([1, 2, 3])('leaves a world that could be so, change after change (seed %i)', (seed) => {
    const world = someWorld(seed);
    const random = seededRandom(seed);
    const seen = new Set<string>();
    for (let index = 1; index <= 600; index++) {
      seen.add(mutateWorld(world, random, now + index * minute).kind);
    }
    expect(world.now).toBe(now + 600 * minute);
    expect(findInconsistencies(world)).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });

  it('does the same for the same seed', () => {
    const runs = [1, 2].map(() => {
      const world = someWorld();
      const random = seededRandom('again');
      const done = Array.from({ length: 100 }, (_, index) =>
        mutateWorld(world, random, now + index * minute),
      );
      return { world, done };
    });
    expect(runs[0]).toEqual(runs[1]);
  });

  it('makes every kind of change, and each changes the world', () => {
    const world = someWorld();
    const random = seededRandom('each');
    // Until a draft waits, a run runs and an incident is open, not every kind is possible.
    for (let index = 0; index < 200; index++) mutateWorld(world, random, world.now + minute);
    const prepared: Partial<Record<string, () => void>> = {
      'pull-request.unqueued': () => tryMutation(world, random, world.now, 'pull-request.queued'),
      'incident.reopened': () => tryMutation(world, random, world.now, 'incident.closed'),
      'pull-request.reopened': () => tryMutation(world, random, world.now, 'pull-request.closed'),
      'review-request.removed': () => tryMutation(world, random, world.now, 'review-request.added'),
      'repository.archived': () => tryMutation(world, random, world.now, 'repository.created'),
      'repository.deleted': () => tryMutation(world, random, world.now, 'repository.created'),
      'pull-request.ready': () => tryMutation(world, random, world.now, 'pull-request.drafted'),
    };
    const last = ['repository.archived', 'repository.deleted'];
    const kinds = [...mutationKinds.filter((kind) => !last.includes(kind)), ...last] as typeof mutationKinds;
    for (const kind of kinds) {
      for (let index = 0; index < 3; index++) tryMutation(world, random, world.now, 'pull-request.opened');
      prepared[kind]?.();
      const before = structuredClone(world);
      const done = tryMutation(world, random, world.now + minute, kind);
      expect(done, kind).toMatchObject({ kind });
      expect(withoutClock(world), kind).not.toEqual(withoutClock(before));
    }
    expect(findInconsistencies(world)).toEqual([]);
  });

  it('runs nothing again that is older than GitHub allows', () => {
    const world = someWorld();
    const runs = [...world.repositories.values()].flatMap(({ workflowRuns }) => [...workflowRuns.values()]);
    const attempts = new Map(runs.map((run) => [run, run.attempts.length]));
    const random = seededRandom('rerun');
    for (let index = 0; index < 200; index++) tryMutation(world, random, now, 'run.rerun');
    const rerun = runs.filter((run) => run.attempts.length > attempts.get(run)!);
    const limit = now - 30 * 1440 * minute;
    expect(rerun.length).toBeGreaterThan(0);
    expect(Math.min(...rerun.map(({ createdAt }) => createdAt))).toBeGreaterThanOrEqual(limit);
    expect(Math.min(...runs.map(({ createdAt }) => createdAt))).toBeLessThan(limit);
  });

  it('never runs dry', () => {
    const world = generateWorld({ seed: 2, repositories: 2, years: 0.05, now });
    const random = seededRandom('dry');
    const weights = { 'repository.archived': 20, 'repository.deleted': 20, 'user.deleted': 20 };
    for (let index = 0; index < 150; index++) mutateWorld(world, random, now + index * minute, { weights });
    expect(findInconsistencies(world)).toEqual([]);
  });

  it('does only what has a weight', () => {
    const world = someWorld();
    const none = Object.fromEntries(Object.keys(defaultMutationWeights).map((kind) => [kind, 0]));
    const weights = { ...none, 'review.submitted-quietly': 1 };
    const before = updates(world);
    for (let index = 0; index < 20; index++) {
      const done = mutateWorld(world, seededRandom(index), now + minute, { weights });
      expect(done.kind).toBe('review.submitted-quietly');
    }
    expect(updates(world)).toEqual(before);
    expect(() => mutateWorld(world, seededRandom(1), now, { weights: none })).toThrow(RangeError);
  });
});

function withoutClock({ now: _, ...world }: World): object {
  return world;
}

function updates(world: World): number[] {
  return [...world.repositories.values()].flatMap(({ pullRequests }) => {
    return [...pullRequests.values()].map(({ updatedAt }) => updatedAt);
  });
}
