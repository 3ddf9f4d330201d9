import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, parseConfig } from '@bellwether/core';
import { emptyWorld, noLimits, type SimulatedGitHub, startGitHub, type World } from '@bellwether/simulator';
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
  collect(warehouse: Warehouse, options?: Partial<GitHubRunOptions>): Promise<CollectGitHubResult>;
  plan(warehouse: Warehouse, options?: Partial<GitHubRunOptions>): Promise<PlanGitHubResult>;
}

export interface SimulatedRunOptions {
  readonly configText?: string;
}

export async function startRun({ configText = '' }: SimulatedRunOptions = {}): Promise<SimulatedRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-github-'));
  const clock = { at: Date.parse('2026-03-02T09:00:00Z'), now: () => clock.at };
  const world = emptyWorld({ seed: 1, now: clock.at, organisation: 'acme' });
  const github = await startGitHub({
    world,
    seed: 1,
    clock,
    tokens: [{ kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }],
    limits: noLimits,
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
    collect: (warehouse, options = {}) => collectGitHub(complete(warehouse, options)),
    plan: (warehouse, options = {}) => planGitHub(complete(warehouse, options)),
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
