import type { DeploymentSignal, Repository, Team, User, Workflow, World } from '../model.ts';
import type { MergeMethod } from '../mutations/merges.ts';
import type { ReleaseRhythm, WorldParameters } from '../parameters.ts';
import type { Random } from '../random.ts';
import type { WorkingTime } from '../working-time.ts';
import type { Scheduler } from './scheduler.ts';
import type { MainEntry } from './truth-recorder.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;
export const year = 365.25 * day;

/** What everything that happens in a world has at hand. */
export interface Generation {
  readonly world: World;
  readonly parameters: WorldParameters;
  readonly schedule: Scheduler;
  readonly working: WorkingTime;
  readonly start: number;
  readonly end: number;
  readonly bots: { readonly updates: User; readonly reviews: User; readonly deploys: User };
}

/** How a repository is run. */
export interface Style {
  readonly mergeMethod: MergeMethod;
  readonly hasMergeQueue: boolean;
  readonly hasAutoMerge: boolean;
  readonly signal: DeploymentSignal;
  readonly rhythm: ReleaseRhythm;
  readonly productions: readonly string[];
  /** What the first production gets is released under a version, too. */
  readonly alsoReleases: boolean;
  readonly hasNightlyTag: boolean;
  /** Environments before production. */
  readonly stages: readonly string[];
  /** In a monorepo: whether the environment names the service, or the payload. */
  readonly serviceIsIn: 'environment' | 'payload';
  readonly pullRequestsPerWeek: number;
}

/** A repository and how it lives. */
export interface Life extends Generation {
  readonly repository: Repository;
  readonly random: Random;
  readonly style: Style;
  readonly team: Team;
  readonly ciWorkflow: Workflow;
  readonly main: MainEntry[];
  /** Called after each arrival on the default branch. */
  readonly onMain: ((at: number) => void)[];
}

export function isMonorepo(repository: Repository): boolean {
  return repository.services.length > 1;
}

/** People who work now, of the team where it has any. */
export function members({ world, team }: Pick<Life, 'world' | 'team'>): User[] {
  const own = [...team.memberIds].map((id) => world.users.get(id)!).filter(({ isDeleted }) => !isDeleted);
  return own.length >= 2 ? own : [...world.users.values()].filter(isPerson);
}

export function isPerson(user: User): boolean {
  return user.type === 'User' && !user.isDeleted;
}

/** A waiting time in milliseconds around a median of hours. */
export function wait(random: Random, medianHours: number, spread: number): number {
  return random.logNormal(medianHours, spread) * hour;
}
