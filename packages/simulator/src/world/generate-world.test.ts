import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInconsistencies } from './consistency/inconsistencies.ts';
import { generateWorld } from './generate-world.ts';
import type { World } from './model.ts';

const now = Date.UTC(2026, 4, 4, 12);
const small = (seed: number) => generateWorld({ seed, repositories: 3, years: 0.3, now });

describe('a seed', () => {
  it('gives the same world again, down to every sha and id', () => {
    expect(small(7)).toEqual(small(7));
  });

  it('gives another world than another seed', () => {
    const shasOf = (world: World) => {
      return [...world.repositories.values()].flatMap(({ commits }) => [...commits.keys()]);
    };
    const others = new Set(shasOf(small(8)));
    expect(shasOf(small(7)).filter((sha) => others.has(sha))).toEqual([]);
  });
});

describe('a world', () => {
  it.each([1, 2, 3, 4, 5, 6])('could be so at GitHub (seed %i)', (seed) => {
    expect(findInconsistencies(small(seed))).toEqual([]);
  });

  it('could be so whatever its size', () => {
    const options = fc.record({
      seed: fc.nat(),
      repositories: fc.integer({ min: 0, max: 8 }),
      years: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      engineers: fc.integer({ min: 2, max: 20 }),
    });
    const isConsistent = fc.property(options, (drawn) => {
      expect(findInconsistencies(generateWorld({ ...drawn, now }))).toEqual([]);
    });
    fc.assert(isConsistent, { numRuns: 25, seed: 1 });
  });

  it('needs time and two people', () => {
    const options = { seed: 1, repositories: 1, years: 1, now };
    expect(() => generateWorld({ ...options, years: 0 })).toThrow(RangeError);
    expect(() => generateWorld({ ...options, engineers: 1 })).toThrow(RangeError);
  });

  it('could be so with everything that only bigger ones have', () => {
    const world = generateWorld({ seed: 11, repositories: 16, years: 1.2, now });
    expect(findInconsistencies(world)).toEqual([]);
  });

  it('says that it is simulated, and names nobody', () => {
    const world = small(7);
    expect(world.organisation.name).toBe('Simulated Org (seed 7)');
    for (const { email } of world.users.values()) expect(email).toMatch(/@(bots\.)?example\.test$/);
    for (const { commits } of world.repositories.values()) {
      for (const { authorEmail, committerEmail } of commits.values()) {
        expect(authorEmail).toMatch(/\.(test|invalid)$/);
        expect(committerEmail).toMatch(/\.(test|invalid)$/);
      }
    }
  });

  it('ends at its now: what is under way has not ended', () => {
    const world = generateWorld({ seed: 3, repositories: 8, years: 0.5, now });
    expect(world.now).toBe(now);
    const pullRequests = [...world.repositories.values()].flatMap((each) => [...each.pullRequests.values()]);
    expect(pullRequests.some(({ state }) => state === 'OPEN')).toBe(true);
  });
});

it('makes exactly as many pull requests, with exactly as much in each, as it is told', () => {
  const exact = { count: 40, reviews: 3, commits: 5, timelineItems: 10, files: 10 };
  const world = generateWorld({
    seed: 1,
    repositories: 1,
    years: 0.5,
    now,
    parameters: { pullRequests: { exact } },
  });
  const pullRequests = [...[...world.repositories.values()][0]!.pullRequests.values()];

  expect(pullRequests).toHaveLength(40);
  for (const { state, reviews, commitShas, timeline, files } of pullRequests) {
    expect(state).toBe('MERGED');
    expect([reviews.length, commitShas.length, timeline.length, files.length]).toEqual([3, 5, 10, 10]);
  }
  expect(findInconsistencies(world)).toEqual([]);
});
