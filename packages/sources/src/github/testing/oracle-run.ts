import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, type Config, parseConfig } from '@bellwether/core';
import {
  expectedRows,
  type Faults,
  generateWorld,
  keysOfDeleted,
  mutateWorld,
  seededRandom,
  type SimulatedGitHub,
  startGitHub,
  updateRepository,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import type { Warehouse } from '@bellwether/warehouse';
import type { TestWarehouse } from '../../testing/test-warehouse.ts';
import { mortalWarehouse } from '../../testing/watched-warehouse.ts';
import { collectGitHub, type CollectGitHubResult } from '../collect-github.ts';
import { type Difference, differences, withoutKeys } from './compare-rows.ts';

/** Where simulated time begins. */
const START = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const TOKEN = 'simulated-token-for-the-oracle';
const SECRET = 'a secret of the oracle tests';

export interface OracleOptions {
  readonly seed: number;
  readonly repositories: number;
  readonly years: number;
  readonly faults: Faults;
  /** Mutations per request, on the average. */
  readonly changeRate: number;
  /** How many runs are killed before the last ones, which end in peace. */
  readonly kills: number;
}

/** A life with everything that can go wrong and be got over; what exactly is up to the seed. */
export function restlessLife(seed: number): OracleOptions {
  const random = seededRandom(seed).fork('restless');
  const share = random.pick([0, 0.005, 0.01, 0.02]);
  const faults: Faults = {
    gatewayTimeout: share,
    resourceLimits: share,
    rateLimit: share / 2,
    secondaryLimit200: share / 2,
    secondaryLimit403: share / 2,
    cutJson: share,
    malformedJson: share,
    dropped: share,
    internalError: share,
    flappingNotFound: share / 2,
    waitSeconds: 5,
  };
  return {
    seed,
    repositories: random.integer(1, 3),
    years: random.pick([0.05, 0.1, 0.2]),
    faults,
    changeRate: random.pick([0.2, 0.5, 1]),
    kills: random.integer(0, 3),
  };
}

export interface OracleResult {
  readonly differences: readonly Difference[];
  /** What happened, for a failure's message. */
  readonly story: string;
}

/**
 * Lets a simulated organisation live while it is collected: requests fail, rows change between two pages, runs are
 * killed. Then nothing changes any more, a last collection runs to its end, and the warehouse is held against the world.
 */
export async function runOracle(test: TestWarehouse, options: OracleOptions): Promise<OracleResult> {
  const stage = await setStage(options);
  try {
    const random = seededRandom(options.seed).fork('oracle');
    for (let kill = 0; kill < options.kills; kill++) {
      stage.isChanging = true;
      await stage.collect(mortalWarehouse(test.warehouse, 1 + random.integer(0, 60))).catch(() => null);
      stage.passTime(HOUR);
    }
    await stage.collect(test.warehouse);
    stage.isChanging = false;
    await settle(stage, test.warehouse);
    const { world, config, host } = stage;
    const expected = expectedRows({ world, host, secret: SECRET, config });
    const living = new Set((expected['domain.repositories'] ?? []).map((row) => row['repo']));
    const isCompared = (table: string, row: Readonly<Record<string, unknown>>): boolean => {
      if (table === 'domain.teams' || table === 'domain.team_members') return row['valid_to'] === null;
      if (table === 'domain.deployments' && row['signal'] !== 'deployment' && row['signal'] !== 'release') {
        return false;
      }
      return living.has(row['repo']);
    };
    const seen = withoutKeys(await test.dump(), keysOfDeleted({ world, host, secret: SECRET }));
    return { differences: differences(seen, expected, isCompared), story: stage.story() };
  } finally {
    await stage.dispose();
  }
}

/**
 * Quiet runs until nothing new is found. Weeks pass between them, so that what is read again daily is read, and then
 * the monthly sweep, which finds what nobody else sees: a review that came to an old pull request without a trace.
 */
async function settle(stage: Stage, warehouse: Warehouse): Promise<void> {
  let status = '';
  for (let run = 0; run < 8; run++) {
    stage.passTime((run === 0 ? 1.2 : 16) * 24 * HOUR);
    const result = await stage.collect(warehouse);
    status = result.status;
    if (status === 'ok' && run >= 3) return;
  }
  throw new Error(`no quiet run ended well: ${status}\n${stage.story()}`);
}

interface Stage {
  readonly world: World;
  readonly config: Config;
  readonly host: string;
  isChanging: boolean;
  passTime(ms: number): void;
  collect(warehouse: Warehouse): Promise<CollectGitHubResult>;
  story(): string;
  dispose(): Promise<void>;
}

async function setStage(options: OracleOptions): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-oracle-'));
  const world = generateWorld({ ...options, now: START });
  await writeRepositories(world, path.join(folder, 'git'));
  const random = seededRandom(options.seed).fork('life');
  const clock: Clock & { at: number } = { at: START, now: () => clock.at };
  const events: string[] = [];
  let github: SimulatedGitHub | null = null;
  const stage: Stage = {
    world,
    config: parseConfig('', 'bellwether.yaml'),
    host: '127.0.0.1',
    isChanging: false,
    passTime: (ms) => {
      clock.at += ms;
      world.now = Math.max(world.now, clock.at);
    },
    async collect(warehouse) {
      if (github === null) throw new Error('no stage');
      const result = await collectGitHub({
        warehouse,
        config: { ...stage.config, github: { ...stage.config.github, url: github.url } },
        secret: SECRET,
        env: { GITHUB_TOKEN: TOKEN },
        organisations: [world.organisation.login],
        repositories: [],
        since: null,
        reserve: null,
        mirrorRoot: path.join(folder, 'mirrors'),
        clock,
        signal: new AbortController().signal,
        // Waiting is simulated: the clock moves, nobody sleeps.
        retry: {
          random: () => random.next(),
          sleep: async (ms) => {
            clock.at += ms;
          },
        },
      });
      const errors = result.targets.flatMap(({ target, error }) =>
        error ? [`${target}: ${error.code} ${error.message}`] : [],
      );
      events.push(`collected: ${result.status}${errors.map((error) => `\n    ${error}`).join('')}`);
      return result;
    },
    story: () => [`seed ${options.seed}`, ...events].join('\n  '),
    async dispose() {
      await github?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  github = await startGitHub({
    world,
    seed: options.seed,
    clock,
    tokens: [{ kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }],
    limits: {
      graphqlPointsPerHour: Infinity,
      restRequestsPerHour: Infinity,
      graphqlPointsPerMinute: Infinity,
      restPointsPerMinute: Infinity,
    },
    faults: options.faults,
    gitFolder: path.join(folder, 'git'),
    hooks: {
      async onRequest() {
        clock.at += 1_000;
        if (!stage.isChanging || !random.chance(options.changeRate)) return;
        const change = mutateWorld(world, random, clock.at);
        events.push(`${change.kind} ${change.repository} ${change.entity}`);
        for (const repository of world.repositories.values()) {
          if (repository.name === change.repository && !repository.isDeleted) {
            await updateRepository(world, repository, path.join(folder, 'git'));
          }
        }
      },
    },
  });
  return stage;
}
