import { emptyWorld, wholeSeconds } from './empty-world.ts';
import { type Generation, year } from './generation/context.ts';
import { foundOrganisation, planStaff } from './generation/organisation.ts';
import { planRepository } from './generation/repository-life.ts';
import { createScheduler } from './generation/scheduler.ts';
import type { World } from './model.ts';
import { type PartialParameters, withDefaults } from './parameters.ts';
import { seededRandom } from './random.ts';
import { workingTime } from './working-time.ts';

export interface WorldOptions {
  readonly seed: number;
  /** How many repositories. */
  readonly repositories: number;
  /** How long the organisation has been watched, up to `now`. */
  readonly years: number;
  /** Milliseconds since 1970: the instant at which the state holds. */
  readonly now: number;
  /** People at the start, at least two. Default: by `people.engineersPerRepository`, at least four. */
  readonly engineers?: number;
  /** Login. Default: `simulated-<seed>`. */
  readonly organisation?: string;
  readonly parameters?: PartialParameters;
}

/**
 * An invented engineering organisation as GitHub would show it at `now`, and the truth about its deployments. The
 * same options give the same world, down to every sha.
 *
 * It is lived through in order of time: everything that happens is planned ahead, and happens by the very mutations
 * that tests may call. So ids grow with time, and whatever is under way at `now` has not ended.
 *
 * @throws RangeError when the options make no world: fewer than two people, no time
 */
export function generateWorld(options: WorldOptions): World {
  const parameters = withDefaults(options.parameters);
  const random = seededRandom(options.seed);
  const end = wholeSeconds(options.now);
  const start = wholeSeconds(end - options.years * year);
  const { seed, organisation } = options;
  const world = emptyWorld({ seed, now: start, ...(organisation !== undefined && { organisation }) });
  const engineers =
    options.engineers ??
    Math.max(4, Math.round(options.repositories * parameters.people.engineersPerRepository));

  if (!(options.years > 0)) throw new RangeError('a world needs some time');
  if (engineers < 2) throw new RangeError('a world needs two people: nobody reviews their own changes');

  const { teams, bots } = foundOrganisation(world, parameters, random.fork('people'), {
    engineers,
    at: start,
  });
  const schedule = createScheduler();
  const working = workingTime(parameters.workingHours);
  const generation: Generation = { world, parameters, schedule, working, start, end, bots };
  planStaff(generation, teams, random.fork('staff'));
  for (let index = 0; index < options.repositories; index++) {
    planRepository(generation, random.fork(`repository ${index}`), {
      index,
      count: options.repositories,
      teams,
    });
  }
  schedule.runUntil(end);
  world.now = end;
  return world;
}
