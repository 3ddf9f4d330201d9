import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@bellwether/core';
import type { Faults, Limits, SimulatedGitHub, World } from '@bellwether/simulator';

export interface SimulationOptions {
  readonly seed: number;
  readonly repositories: number;
  readonly years: number;
  readonly port: number;
  readonly faults: Faults;
  /** Null: as GitHub documents them. */
  readonly limits: 'none' | null;
  readonly clock: Clock;
}

/** A simulated GitHub that listens on this machine alone. */
export interface Simulation extends AsyncDisposable {
  readonly github: SimulatedGitHub;
  readonly world: World;
  readonly organisation: string;
  /** Made for this run; it may read everything. */
  readonly token: string;
}

/** Makes the world, writes its git repositories to a temporary folder, and starts the server. */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  // Loaded here: no other command needs it, and it carries GitHub's whole schema.
  const simulator = await import('@bellwether/simulator');
  const { seed, repositories, years, clock } = options;
  const world = simulator.generateWorld({ seed, repositories, years, now: clock.now() });
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-simulated-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await simulator.writeRepositories(world, folder);
    const token = `ghp_simulated${randomBytes(12).toString('hex')}`;
    const login = [...world.users.values()].find(
      ({ type, isDeleted }) => type === 'User' && !isDeleted,
    )?.login;
    const limits: Partial<Limits> | undefined = options.limits === null ? undefined : simulator.noLimits;
    const github = await simulator.startGitHub({
      world,
      seed,
      clock,
      port: options.port,
      gitFolder: folder,
      faults: options.faults,
      tokens: [
        {
          kind: 'classic',
          value: token,
          login: login ?? 'nobody',
          scopes: ['repo', 'read:org', 'read:user', 'workflow'],
        },
      ],
      ...(limits === undefined ? {} : { limits }),
    });
    return {
      github,
      world,
      organisation: world.organisation.login,
      token,
      async [Symbol.asyncDispose]() {
        await github.close();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}
