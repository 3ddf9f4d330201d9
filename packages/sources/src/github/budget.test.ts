import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseConfig } from '@bellwether/core';
import {
  generateWorld,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import { commits, pullRequests } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { collectGitHub, type CollectGitHubResult } from './collect-github.ts';

// The short form of `npm run bench -- github-budget`: the same limits per unit, in seconds.

const START = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const TOKEN = 'simulated-token';

let test: TestWarehouse;
let folder: string;
let github: SimulatedGitHub;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
  await test.clear();
});

const clock = { at: START, now: () => clock.at };

async function serve(
  world: World,
  hasGit: boolean,
): Promise<(configText?: string) => Promise<CollectGitHubResult>> {
  clock.at = START;
  folder = await mkdtemp(path.join(tmpdir(), 'bellwether-budget-'));
  const gitFolder = path.join(folder, 'git');
  if (hasGit) await writeRepositories(world, gitFolder);
  github = await startGitHub({
    world,
    seed: 1,
    clock,
    tokens: [{ kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }],
    limits: noLimits,
    ...(hasGit ? { gitFolder } : {}),
  });
  return (configText = '') => {
    const config = parseConfig(configText, 'bellwether.yaml');
    return collectGitHub({
      warehouse: test.warehouse,
      config: { ...config, github: { ...config.github, url: github.url } },
      secret: 'a secret of the tests',
      env: { GITHUB_TOKEN: TOKEN },
      organisations: [world.organisation.login],
      repositories: [],
      since: null,
      reserve: null,
      mirrorRoot: hasGit ? path.join(folder, 'mirrors') : null,
      clock,
      wait: async () => {},
    });
  };
}

/** What the server counted of queries whose names begin so. */
function asked(name: string): { requests: number; points: number } {
  const sum = { requests: 0, points: 0 };
  for (const [query, { requests, points }] of github.usage.queries) {
    if (!query.startsWith(name)) continue;
    sum.requests += requests;
    sum.points += points;
  }
  return sum;
}

describe('the budget of GitHub', () => {
  it('pays for 24 pull requests with a request and a point, and for commits with nothing', async () => {
    const exact = { count: 240, reviews: 3, commits: 5, timelineItems: 10, files: 10 };
    const world = generateWorld({
      seed: 1,
      repositories: 1,
      years: 0.5,
      now: START,
      parameters: { pullRequests: { exact } },
    });
    const collect = await serve(world, true);
    expect((await collect('github: { builds: false }')).status).toBe('ok');
    expect(await readAll(test.warehouse, pullRequests)).toHaveLength(240);
    // 240 / 24
    expect(asked('PullRequest')).toEqual({ requests: 10, points: 10 });
    expect(asked('CommitHistory')).toEqual({ requests: 0, points: 0 });
    expect((await readAll(test.warehouse, commits)).length).toBeGreaterThan(240);
    expect(github.usage.gitRequests).toBeGreaterThan(0);
  });

  it('finds that nothing is new with 60 requests for 1,500 repositories and one for 100 open items', async () => {
    const repositories = 60;
    const world = generateWorld({
      seed: 1,
      repositories,
      years: 0.02,
      now: START,
      parameters: { pullRequests: { perWeek: 0.5, botPerWeek: 0, giantsFrom: Infinity } },
    });
    const collect = await serve(world, false);
    // The second run learns the ETags that the third one shows.
    for (let run = 0; run < 2; run++) {
      expect((await collect('github: { commits: off }')).status).toBe('ok');
      clock.at += HOUR;
      world.now = clock.at;
    }
    github.usage.reset();
    const idle = await collect('github: { commits: off }');
    expect(idle.targets.map(({ rowCount }) => rowCount).filter((count) => count > 0)).toEqual([]);

    const open = [...world.repositories.values()].flatMap(({ pullRequests: all }) =>
      [...all.values()].filter(({ state }) => state === 'OPEN'),
    );
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThanOrEqual(100);
    const ofBuilds = [...github.usage.routes].filter(([route]) => route.includes('/actions/'));
    const buildRequests = ofBuilds.reduce((sum, [, count]) => sum + count, 0) + asked('SuiteJobs').requests;
    // Of the 60 for 1,500 repositories 50 are pages of 30; the other 10 are there whatever their number. 1 for the open.
    const allowed = repositories / 30 + 10 + 1;
    expect(github.usage.requests - buildRequests).toBeLessThanOrEqual(allowed);
    // Nearly all of CI is answered 304; the rest are runs that have not ended.
    expect(github.usage.notModified).toBeGreaterThan(repositories / 2);
  });
});
