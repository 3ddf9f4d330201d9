import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, parseConfig } from '@bellwether/core';
import {
  type GitHubOptions,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import { collectGitHub, type CollectGitHubResult, type RetryTools } from '@bellwether/sources';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';

/** When simulated worlds end. */
export const NOW = Date.parse('2026-03-02T09:00:00Z');

const TOKEN = 'token-of-the-benchmark';

/** A simulated GitHub with its git, beside a fresh warehouse on the disk. */
export interface SimulatedRun extends AsyncDisposable {
  readonly github: SimulatedGitHub;
  readonly warehouse: Warehouse;
  /** Collects the whole organisation as `bellwether collect --source github --org …` does. */
  collect(warehouse?: Warehouse): Promise<CollectGitHubResult>;
}

export interface SimulatedRunOptions extends Pick<GitHubOptions, 'limits' | 'latency' | 'hooks'> {
  readonly world: World;
  readonly clock: Clock;
  readonly wait?: RetryTools['sleep'];
  /** Whether git is served, so that commits come through the mirror. */
  readonly hasGit: boolean;
  /** YAML. */
  readonly configText?: string;
}

/** Starts it. One at a time in a process: the embedded engine allows one folder. */
export async function startSimulatedRun(options: SimulatedRunOptions): Promise<SimulatedRun> {
  const { world, clock, wait, hasGit, configText = '', limits = noLimits, ...rest } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-simulated-'));
  const gitFolder = path.join(folder, 'git');
  if (hasGit) await writeRepositories(world, gitFolder);
  const github = await startGitHub({
    world,
    seed: 1,
    clock,
    tokens: [{ kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }],
    limits,
    ...(hasGit ? { gitFolder } : {}),
    ...(rest.latency === undefined ? {} : { latency: rest.latency }),
    ...(rest.hooks === undefined ? {} : { hooks: rest.hooks }),
  });
  const warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  await migrate(warehouse);
  const config = parseConfig(configText, 'bellwether.yaml');
  return {
    github,
    warehouse,
    collect: async (into = warehouse) => {
      const result = await collectGitHub({
        warehouse: into,
        config: { ...config, github: { ...config.github, url: github.url } },
        secret: 'a secret of the benchmark',
        env: { GITHUB_TOKEN: TOKEN },
        organisations: [world.organisation.login],
        repositories: [],
        since: null,
        reserve: null,
        mirrorRoot: hasGit ? path.join(folder, 'mirrors') : null,
        clock,
        ...(wait === undefined ? {} : { wait }),
      });
      const failed = result.targets.find(({ error }) => error !== null);
      if (failed) throw new Error(`${failed.target}: ${failed.error?.message ?? failed.status}`);
      return result;
    },
    async [Symbol.asyncDispose]() {
      await github.close();
      await warehouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
