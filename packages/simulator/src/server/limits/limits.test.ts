import { describe, expect, it } from 'vitest';
import { fixedClock } from '@bellwether/core';
import { allPermissions, documentedLimits, reportedSeconds } from '../../index.ts';
import { ask, classicToken, get, startTestGitHub } from '../testing/client.ts';
import { smallWorld, START } from '../testing/small-world.ts';
import { pointsOfInstallation } from './limits.ts';

const viewer = '{ viewer { login } }';
const HOUR = 3_600_000;

describe('the budget of an hour', () => {
  it('ends GraphQL with 200 and RATE_LIMIT, and comes back with the hour', async () => {
    const clock = fixedClock(START + 500);
    const github = await startTestGitHub(smallWorld().world, { limits: { graphqlPointsPerHour: 2 }, clock });
    await ask(github, viewer);
    const second = await ask(github, viewer);
    expect(second.headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await ask(github, viewer);
    expect(refused).toMatchObject({ status: 200, errors: [{ type: 'RATE_LIMIT' }] });
    expect(refused.data).toBeUndefined();
    expect(github.usage).toMatchObject({ points: 2, primaryLimitHits: 1 });
    // An hour from the whole second of the first request.
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String((START + HOUR) / 1000));
    clock.set(START + HOUR);
    expect((await ask(github, viewer)).data).toEqual({ viewer: { login: 'ada' } });
  });

  it('ends REST with 403', async () => {
    const github = await startTestGitHub(smallWorld().world, { limits: { restRequestsPerHour: 1 } });
    expect((await get(github, '/user')).status).toBe(200);
    const refused = await get(github, '/user');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.body.message).toContain('API rate limit exceeded');
    // GraphQL has a budget of its own.
    expect((await ask(github, viewer)).status).toBe(200);
  });

  it('is shared by all tokens of a user, and by no others', async () => {
    const tokens = [
      classicToken(),
      classicToken({ value: 'second' }),
      classicToken({ value: 'bob', login: 'bob' }),
    ];
    const github = await startTestGitHub(smallWorld().world, { tokens, limits: {} });
    await ask(github, viewer);
    expect((await ask(github, viewer, {}, 'second')).headers.get('x-ratelimit-used')).toBe('2');
    expect((await ask(github, viewer, {}, 'bob')).headers.get('x-ratelimit-used')).toBe('1');
  });

  it('of an installation grows with repositories and users, up to 12,500', async () => {
    expect(pointsOfInstallation(5000, 20, 20)).toBe(5000);
    expect(pointsOfInstallation(5000, 30, 25)).toBe(5750); // 5,000 + 50 · 10 + 50 · 5
    expect(pointsOfInstallation(5000, 1500, 900)).toBe(12_500);
    const tokens = [
      { kind: 'installation', value: 'ghp_test', installationId: 1, permissions: allPermissions } as const,
    ];
    const github = await startTestGitHub(smallWorld().world, { tokens, limits: {} });
    expect((await get(github, '/rate_limit')).body.resources.graphql.limit).toBe(5000);
  });
});

describe('secondary limits', () => {
  it('are the documented ones', () => {
    expect(documentedLimits).toEqual({
      graphqlPointsPerHour: 5000,
      restRequestsPerHour: 5000,
      concurrentRequests: 100,
      graphqlPointsPerMinute: 2000,
      restPointsPerMinute: 900,
      cpuSecondsPerMinute: 90,
      graphqlCpuSecondsPerMinute: 60,
      secondaryPauseSeconds: 60,
    });
  });

  it('stop the 901st REST request of a minute, and every request until the pause is over', async () => {
    const clock = fixedClock(START);
    const github = await startTestGitHub(smallWorld().world, {
      limits: { restRequestsPerHour: Infinity },
      clock,
    });
    for (let index = 0; index < 900; index++) {
      if (index === 450) clock.set(START + 30_000);
      const { status } = await get(github, '/user');
      if (status !== 200) throw new Error(`refused at request ${index + 1}`);
    }
    const refused = await get(github, '/user');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.body.message).toContain('secondary rate limit');
    // 450 of them are forgotten by now, but the pause counts from when the limit was hit.
    clock.set(START + 89_000);
    expect((await get(github, '/user')).headers.get('retry-after')).toBe('1');
    expect(github.usage.secondaryLimitHits).toBe(2);
    clock.set(START + 90_000);
    expect((await get(github, '/user')).status).toBe(200);
  });

  it('stop more than so many requests at once, of REST and GraphQL together', async () => {
    const github = await startTestGitHub(smallWorld().world, {
      limits: { concurrentRequests: 2 },
      latency: { secondsOf: () => 1, scale: 0.5 },
    });
    const answers = await Promise.all([ask(github, viewer), get(github, '/user'), get(github, '/user')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403]);
    expect(github.usage).toMatchObject({ maxConcurrency: 3, secondaryLimitHits: 1 });
  });

  it('stop GraphQL after 60 seconds of work in a minute, and REST after 90 of both', async () => {
    const github = await startTestGitHub(smallWorld().world, {
      limits: { secondaryPauseSeconds: 0 },
      latency: { secondsOf: () => 10, scale: 0 },
    });
    const graphql: number[] = [];
    for (let index = 0; index < 7; index++) graphql.push((await ask(github, viewer)).status);
    expect(graphql).toEqual([200, 200, 200, 200, 200, 200, 403]);
    const rest: number[] = [];
    for (let index = 0; index < 4; index++) rest.push((await get(github, '/user')).status);
    expect(rest).toEqual([200, 200, 200, 403]);
  });
});

describe('the reported seconds of a page of pull requests with five nested lists', () => {
  it.each([
    [25, 2.5, 3.4],
    [50, 4.8, 5.3],
    [100, 10, 11],
  ])('of %i are between %d and %d', (page, least, most) => {
    const seconds = reportedSeconds(1 + page * 5);
    expect(seconds).toBeGreaterThan(least);
    expect(seconds).toBeLessThan(most);
  });

  it('are waited, scaled', async () => {
    const github = await startTestGitHub(smallWorld().world, {
      latency: { secondsOf: reportedSeconds, scale: 0.5 },
    });
    const began = performance.now();
    await get(github, '/user');
    // 0.2 s · 0.5; a timer may be a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(98);
  });
});
