import type { Team, User, World } from '../model.ts';
import { addTeam, addUser, deleteUser, joinTeam, leaveTeam, renameTeam } from '../mutations/users.ts';
import { personName, slug, teamName } from '../names.ts';
import type { WorldParameters } from '../parameters.ts';
import type { Random } from '../random.ts';
import { type Generation, isPerson, year } from './context.ts';

export interface Organisation {
  /** Those that own repositories. */
  readonly teams: readonly Team[];
  readonly bots: Generation['bots'];
}

/** People, bots and teams as they are at the start; teams belong to departments. */
export function foundOrganisation(
  world: World,
  parameters: WorldParameters,
  random: Random,
  { engineers, at }: { engineers: number; at: number },
): Organisation {
  const bots = {
    updates: addBot(world, 'dependency-updates', at),
    reviews: addBot(world, 'review-robot', at),
    deploys: addBot(world, 'deploy-robot', at),
  };
  const teamCount = Math.max(1, Math.round(engineers / parameters.people.teamSize));
  const teams: Team[] = [];
  let department: Team | null = null;
  for (let index = 0; index < teamCount; index++) {
    if (teamCount > 2 && index % 4 === 0) {
      const name = `Department ${index / 4 + 1}`;
      department = addTeam(world, { slug: slug(name), name }, at);
    }
    const name = teamName(index);
    teams.push(addTeam(world, { slug: slug(name), name, parentId: department?.id ?? null }, at));
  }
  for (let index = 0; index < engineers; index++) {
    const person = addPerson(world, parameters, random, at);
    joinTeam(world, teams[index % teams.length]!, person, at);
  }
  return { teams, bots };
}

/** Joiners, leavers and reorganisations, over the whole time. */
export function planStaff(generation: Generation, teams: readonly Team[], random: Random): void {
  const { world, parameters, schedule, start, end } = generation;
  const { joinersPerYear, leaversPerYear, reorganisations } = parameters.people;
  const people = [...world.users.values()].filter(isPerson).length;

  planEvery(year / Math.max(joinersPerYear * people, 1e-9), (at) => {
    joinTeam(world, random.pick(teams), addPerson(world, parameters, random, at), at);
  });
  planEvery(year / Math.max(leaversPerYear * people, 1e-9), (at) => {
    const staff = [...world.users.values()].filter(isPerson);
    // Somebody has to be left to write and to review.
    if (staff.length > 4) deleteUser(world, random.pick(staff), at);
  });
  for (let index = 1; index <= reorganisations; index++) {
    const at = start + ((end - start) * index) / (reorganisations + 1);
    schedule.at(at, (when) => reorganise(world, parameters, teams, random, when));
  }

  function planEvery(mean: number, action: (at: number) => void): void {
    for (let at = start + random.exponential(mean); at < end; at += random.exponential(mean)) {
      schedule.at(at, action);
    }
  }
}

/** Part of the people change teams, and one team gets another name. */
function reorganise(
  world: World,
  parameters: WorldParameters,
  teams: readonly Team[],
  random: Random,
  at: number,
): void {
  if (teams.length < 2) return;
  for (const team of teams) {
    for (const id of [...team.memberIds]) {
      if (!random.chance(parameters.people.moversShare)) continue;
      const user = world.users.get(id)!;
      leaveTeam(world, team, user, at);
      joinTeam(world, random.pick(teams.filter((other) => other !== team)), user, at);
    }
  }
  const renamed = random.pick(teams);
  renameTeam(world, renamed, `New ${renamed.name}`, at);
}

function addPerson(world: World, parameters: WorldParameters, random: Random, at: number): User {
  const { name, login } = personName(random, world.users.size + 1);
  const timeZone = random.weighted(parameters.people.timeZones);
  return addUser(world, { name, login, email: `${login}@example.test`, timeZone }, at);
}

function addBot(world: World, login: string, at: number): User {
  const email = `${login}[bot]@bots.example.test`;
  return addUser(world, { login, name: login, email, timeZone: 'UTC', type: 'Bot' }, at);
}
