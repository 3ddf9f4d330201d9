import { describe, expect, it } from 'vitest';
import { describePlan } from './plan.ts';

const plan = { repositories: 1_512, currentRepositories: 0, points: 0, restRequests: 0, hours: 0 };

describe('describePlan', () => {
  it.each([
    [{ repositories: 0 }, 'no repository'],
    [{ currentRepositories: 1_512 }, '1,512 repositories, nothing new'],
    [{ repositories: 1, currentRepositories: 1 }, '1 repository, nothing new'],
    // Every repository is asked for its builds, so none counts as current.
    [
      { restRequests: 1_512 },
      '1,512 repositories, nothing new but perhaps builds, about 1,500 REST requests',
    ],
    [
      { repositories: 1, restRequests: 1 },
      '1 repository, nothing new but perhaps builds, about 1 REST request',
    ],
    [{ points: 31_234, hours: 20 / 3 }, '1,512 repositories, about 31,000 points, about 6 h 40 min'],
    [
      { currentRepositories: 1_400, points: 2_500, restRequests: 112, hours: 0.5 },
      '1,512 repositories, nothing new in 1,400 of them, about 2,500 points, about 30 min',
    ],
  ])('of %j is one true sentence', (more, text) => {
    expect(describePlan({ ...plan, ...more })).toBe(text);
  });
});
