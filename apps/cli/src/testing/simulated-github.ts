import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@bellwether/core';
import {
  allPermissions,
  type ClassicToken,
  type FineGrainedToken,
  generateWorld,
  type GitHubOptions,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import { type InProcessOutcome, runInProcess } from './test-terminal.ts';

/** A small simulated organisation, and folders to collect it into. */
export interface SimulatedCase extends AsyncDisposable {
  readonly github: SimulatedGitHub;
  readonly world: World;
  readonly organisation: string;
  /** `127.0.0.1/<organisation>` */
  readonly owner: string;
  readonly token: ClassicToken;
  /** Another folder with a configuration that names the organisation. */
  newFolder(): Promise<string>;
  /** Runs a command there with the case's own token, or with another environment. */
  run(folder: string, args: string[], env?: Record<string, string>): Promise<InProcessOutcome>;
}

export async function simulatedCase(
  options: Partial<GitHubOptions> & {
    repositories?: number;
    /** When the organisation's history ends. What happened in it depends on that instant, not on the seed alone. */
    now?: number;
    otherTokens?: (login: string) => readonly FineGrainedToken[];
  } = {},
): Promise<SimulatedCase> {
  const { repositories = 3, now = Date.now(), otherTokens = () => [], ...rest } = options;
  const world = generateWorld({ seed: 3, repositories, years: 0.15, now });
  const root = await mkdtemp(join(tmpdir(), 'bellwether-github-'));
  const gitFolder = join(root, 'git');
  await writeRepositories(world, gitFolder);
  const login = [...world.users.values()].find(({ type }) => type === 'User')?.login ?? '';
  const token: ClassicToken = {
    kind: 'classic',
    value: 'ghp_thisTokenMustNeverBeSeen0000',
    login,
    scopes: ['repo', 'read:org'],
  };
  const github = await startGitHub({
    world,
    seed: 3,
    clock: systemClock,
    gitFolder,
    limits: noLimits,
    tokens: [token, ...otherTokens(login)],
    ...rest,
  });
  let folders = 0;
  return {
    github,
    world,
    organisation: world.organisation.login,
    owner: `127.0.0.1/${world.organisation.login}`,
    token,
    async newFolder() {
      folders += 1;
      const folder = await mkdtemp(join(root, `work-${String(folders)}-`));
      const config = { github: { url: github.url, organisations: [world.organisation.login] } };
      await writeFile(join(folder, 'bellwether.yaml'), JSON.stringify(config));
      return folder;
    },
    run: (folder, args, env = { GITHUB_TOKEN: token.value }) => runInProcess(args, { cwd: folder, env }),
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A fine-grained token without some permissions. */
export function tokenWithout(
  login: string,
  value: string,
  ...missing: (keyof typeof allPermissions)[]
): FineGrainedToken {
  const permissions = Object.fromEntries(
    Object.entries(allPermissions).filter(([name]) => !missing.includes(name as keyof typeof allPermissions)),
  );
  return { kind: 'fine-grained', value, login, permissions };
}
