import { type Clock, Config } from '@bellwether/core';
import {
  allPermissions,
  expectedRows,
  type FineGrainedToken,
  type GitHubOptions,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type World,
} from '@bellwether/simulator';
import type { Warehouse } from '@bellwether/warehouse';
import { collect, type CollectOptions, type CollectResult } from '../../../engine/collect.ts';
import { defineSource } from '../../../source.ts';
import type { TestWarehouse } from '../../../testing/test-warehouse.ts';
import type { GitHubApi } from '../../api.ts';
import { connect } from '../../connection/connect.ts';
import { requireCredentials } from '../../connection/credentials.ts';
import { openSession, type ProbedSession, type ProbedTarget } from '../../open-session.ts';
import { pullRequestStream } from '../../streams/pull-requests.ts';
import { type Difference, differences } from '../../testing/compare-rows.ts';

export const SECRET = 'a secret of the tests';
const config = Config.parse({});
const TOKEN = 'simulated-token-of-the-tests';

const token: FineGrainedToken = {
  kind: 'fine-grained',
  value: TOKEN,
  login: 'ada',
  permissions: allPermissions,
};

/** Longer than the overlap: what was read so long after the last change needs no second look. */
const LATER = 10 * 60_000;

export interface RunOptions {
  readonly warehouse?: Warehouse;
  readonly since?: number;
  /** What discovery found by reading lightly. */
  readonly changedPullRequests?: readonly string[];
  readonly collect?: Partial<CollectOptions<ProbedTarget>>;
}

/** A simulated GitHub and the pull-request stream in front of it, over HTTP. */
export interface Stage extends AsyncDisposable {
  readonly world: World;
  readonly github: SimulatedGitHub;
  /** When it is: `ahead` of the last thing that happened in the world. */
  readonly clock: Clock & { ahead: number };
  run(options?: RunOptions): Promise<CollectResult>;
  /** Requests and points since the last call, without the one that opens a repository. */
  takeUsage(): { requests: number; points: number };
  /** How the warehouse differs from the world. */
  differences(): Promise<readonly Difference[]>;
}

export interface StageOptions extends Partial<Omit<GitHubOptions, 'tokens'>> {
  /** What differs from a token that may read everything. */
  readonly token?: Partial<FineGrainedToken>;
  /** Something in front of the connection. */
  readonly wrap?: (api: GitHubApi) => GitHubApi;
}

export async function setStage(
  test: TestWarehouse,
  world: World,
  options: StageOptions = {},
): Promise<Stage> {
  const clock = { ahead: LATER, now: () => world.now + clock.ahead };
  const { token: changes, wrap = (api) => api, ...rest } = options;
  const github = await startGitHub({
    world,
    tokens: [{ ...token, ...changes }],
    seed: world.seed,
    clock,
    limits: noLimits,
    ...rest,
  });
  const api = connect({
    url: github.url,
    credentials: requireCredentials({ GITHUB_TOKEN: TOKEN }),
    clock,
    // Who waits lets time pass: a budget of so much a minute would wait for ever otherwise.
    tools: { sleep: async (ms) => void (clock.ahead += ms), random: () => 0 },
  });
  let opened = 0;
  let spent = { requests: 0, points: 0 };
  return {
    world,
    github,
    clock,
    async run({ warehouse = test.warehouse, since, changedPullRequests = [], collect: more = {} } = {}) {
      const targets = [...world.repositories.values()]
        .filter(({ isDeleted }) => !isDeleted)
        .map(({ name }) => targetOf(wrap(api), world, name, since ?? null));
      opened += targets.length;
      return collect({
        source: sourceOf(changedPullRequests),
        warehouse,
        targets,
        config,
        secret: SECRET,
        clock,
        retry: { sleep: async () => {}, random: () => 0 },
        ...more,
      });
    },
    takeUsage() {
      const { requests, points } = api.usage();
      const since = { requests: requests - spent.requests - opened, points: points - spent.points - opened };
      spent = { requests, points };
      opened = 0;
      return since;
    },
    async differences() {
      const expected = expectedRows({ world, host: api.host, secret: SECRET, config });
      const compared = Object.entries(expected).filter(([table]) => own.has(table));
      return differences(await test.dump(), Object.fromEntries(compared), () => true);
    },
    async [Symbol.asyncDispose]() {
      await api.close();
      await github.close();
    },
  };
}

const own = new Set([
  'domain.pull_requests',
  'domain.reviews',
  'domain.review_requests',
  'domain.pull_request_events',
]);

function targetOf(api: GitHubApi, world: World, name: string, since: number | null): ProbedTarget {
  const owner = world.organisation.login;
  return { api, owner, name, since, hint: null, known: null, mirrorFolder: null };
}

function sourceOf(changedPullRequests: readonly string[]) {
  return defineSource<ProbedTarget, ProbedSession>({
    name: 'github',
    streams: [pullRequestStream],
    describe: ({ owner, name }) => `${owner}/${name}`,
    async open(target, context) {
      const session = await openSession(target, context);
      return { ...session, hint: { ...session.hint, changedPullRequests } };
    },
  });
}
