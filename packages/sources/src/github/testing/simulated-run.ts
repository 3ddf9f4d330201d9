import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, parseConfig } from '@bellwether/core';
import {
  emptyWorld,
  noLimits,
  type Permissions,
  type SimulatedGitHub,
  startGitHub,
  type Token,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import type { Warehouse } from '@bellwether/warehouse';
import { collectGitHub, type CollectGitHubResult } from '../collect-github.ts';
import type { GitHubRunOptions } from '../github-run.ts';
import { planGitHub, type PlanGitHubResult } from '../plan-github.ts';

const TOKEN = 'simulated-token';

/** A GitHub of one organisation, `acme`, whom a test builds and collects, and whose time it lets pass. */
export interface SimulatedRun extends AsyncDisposable {
  readonly world: World;
  readonly github: SimulatedGitHub;
  now(): number;
  /** A configuration that points to this GitHub. */
  config(text: string): Config;
  passTime(ms: number): void;
  /** Lets git fetch what the repositories hold now. */
  publish(): Promise<void>;
  /** Where mirrors may stand; unless a test says so, there are none. */
  readonly mirrorRoot: string;
  collect(warehouse: Warehouse, options?: Partial<GitHubRunOptions>): Promise<CollectGitHubResult>;
  plan(warehouse: Warehouse, options?: Partial<GitHubRunOptions>): Promise<PlanGitHubResult>;
}

export interface SimulatedRunOptions {
  readonly configText?: string;
  /** Those of a fine-grained token; left out: a classic one that may read everything. */
  readonly permissions?: Permissions;
}

export async function startRun({
  configText = '',
  permissions,
}: SimulatedRunOptions = {}): Promise<SimulatedRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-github-'));
  const gitFolder = path.join(folder, 'git');
  const clock = { at: Date.parse('2026-03-02T09:00:00Z'), now: () => clock.at };
  const world = emptyWorld({ seed: 1, now: clock.at, organisation: 'acme' });
  const token: Token =
    permissions === undefined
      ? { kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }
      : { kind: 'fine-grained', value: TOKEN, login: 'reader', permissions };
  const github = await startGitHub({
    world,
    seed: 1,
    clock,
    tokens: [token],
    limits: noLimits,
    gitFolder,
  });
  const configOf = (text: string): Config => {
    const config = parseConfig(text, 'bellwether.yaml');
    return { ...config, github: { ...config.github, url: github.url } };
  };
  const settled = configOf(configText);
  const complete = (warehouse: Warehouse, options: Partial<GitHubRunOptions>): GitHubRunOptions => ({
    warehouse,
    config: settled,
    secret: 'a secret of the tests',
    env: { GITHUB_TOKEN: TOKEN },
    organisations: [world.organisation.login],
    repositories: [],
    since: null,
    reserve: null,
    mirrorRoot: null,
    clock,
    wait: async () => {},
    ...options,
  });
  return {
    world,
    github,
    now: () => clock.at,
    config: configOf,
    passTime(ms) {
      clock.at += ms;
      world.now = Math.max(world.now, clock.at);
    },
    publish: () => writeRepositories(world, gitFolder),
    mirrorRoot: path.join(folder, 'mirrors'),
    collect: (warehouse, options = {}) => collectGitHub(complete(warehouse, options)),
    plan: (warehouse, options = {}) => planGitHub(complete(warehouse, options)),
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
