import type { PersonRow, TeamMemberRow, TeamRow, TeamSettingRow } from '@bellwether/warehouse';
import type { Random } from '../world/random.ts';
import { beginning, firstLook, type ScaleSize } from './size.ts';

/** A team with the people who ever belonged to it, by their number. */
export interface PlannedTeam {
  readonly team: string;
  readonly timeZone: string;
  /** Hours ahead of UTC; summer time does not matter for when people are seen to work. */
  readonly offsetHours: number;
  readonly members: readonly number[];
}

export interface PlannedOrganisation {
  readonly teams: readonly PlannedTeam[];
  readonly rows: {
    readonly teams: readonly TeamRow[];
    readonly members: readonly TeamMemberRow[];
    readonly settings: readonly TeamSettingRow[];
    readonly people: readonly PersonRow[];
  };
}

const OWNER = 'bellwether-sim';
const zones = [
  { timeZone: 'Europe/Berlin', offsetHours: 1 },
  { timeZone: 'America/New_York', offsetHours: -5 },
  { timeZone: 'Asia/Kolkata', offsetHours: 5.5 },
] as const;

/** Every twelfth team is too small to be shown. */
const SMALL_TEAM = { every: 12, people: 3 } as const;

/**
 * Groups, their teams, and who belonged to which from when to when: a third of the people move once in the ten years,
 * a tenth of the teams changes its group.
 *
 * @param keyOf the person key of an engineer's number; bots follow after the engineers
 */
export function planOrganisation(
  size: ScaleSize,
  random: Random,
  keyOf: (person: number) => string,
): PlannedOrganisation {
  const groups = names('group', size.groups);
  const teams = names('team', size.teams).map((team, index) => ({
    team,
    group: groups[index % groups.length] ?? '',
    // A group works in one place.
    ...(zones[(index % groups.length) % zones.length] ?? zones[0]),
    members: new Set<number>(),
  }));
  const memberships = planMemberships(size, random, teams, keyOf);
  return {
    teams: teams.map(({ team, timeZone, offsetHours, members }) => ({
      team,
      timeZone,
      offsetHours,
      members: [...members],
    })),
    rows: {
      teams: [
        ...groups.map((group) => teamRow(group, '')),
        ...teams.map(({ team, group }) => teamRow(team, group)),
      ],
      members: memberships,
      settings: teams.flatMap(({ team, group, timeZone }, index) =>
        settingsOf(team, [group, groups[(index + 1) % groups.length] ?? group], timeZone, random),
      ),
      people: Array.from({ length: size.engineers + size.bots }, (_, person) => ({
        person_key: keyOf(person),
        is_bot: person >= size.engineers,
        time_zone: '',
      })),
    },
  };
}

function planMemberships(
  { engineers }: ScaleSize,
  random: Random,
  teams: readonly { team: string; members: Set<number> }[],
  keyOf: (person: number) => string,
): TeamMemberRow[] {
  const homes = homesOf(engineers, teams.length);
  const large = teams.map((_, index) => index).filter((index) => !isSmall(index));
  return homes.flatMap((home, person) => {
    const first = teams[home];
    if (first === undefined) return [];
    first.members.add(person);
    const from = random.chance(0.5)
      ? 0
      : beginning + Math.floor(random.next() * 0.5 * (firstLook - beginning));
    const row = { team: first.team, person_key: keyOf(person), valid_from: from, valid_to: null };
    // Nobody leaves a small team, or it would be empty.
    if (isSmall(home) || !random.chance(1 / 3)) return [row];
    const next = teams[random.pick(large)];
    if (next === undefined || next === first) return [row];
    next.members.add(person);
    const moved = beginning + Math.floor((0.55 + 0.4 * random.next()) * (firstLook - beginning));
    return [
      { ...row, valid_to: moved },
      { ...row, team: next.team, valid_from: moved },
    ];
  });
}

/** The team that each person begins in: small ones take three, the others share the rest evenly. */
function homesOf(engineers: number, teamCount: number): number[] {
  const all = Array.from({ length: teamCount }, (_, index) => index);
  const small = all.filter(isSmall).flatMap((index) => Array<number>(SMALL_TEAM.people).fill(index));
  const large = all.filter((index) => !isSmall(index));
  const rest = Array.from({ length: engineers - small.length }, (_, nth) => large[nth % large.length] ?? 0);
  return [...small, ...rest];
}

function isSmall(team: number): boolean {
  return team % SMALL_TEAM.every === SMALL_TEAM.every / 3;
}

function settingsOf(
  team: string,
  [group, later]: readonly [string, string],
  timeZone: string,
  random: Random,
): TeamSettingRow[] {
  const row = { team, valid_from: 0, valid_to: null, team_group: group, time_zone: timeZone };
  if (!random.chance(0.1)) return [row];
  const moved = beginning + Math.floor((0.3 + 0.5 * random.next()) * (firstLook - beginning));
  return [
    { ...row, valid_to: moved },
    { ...row, valid_from: moved, team_group: later },
  ];
}

function teamRow(team: string, parent: string): TeamRow {
  const slug = team.slice(team.indexOf('/') + 1);
  return { team, team_id: `T_${slug}`, name: slug, parent_team: parent, valid_to: null };
}

function names(kind: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${OWNER}/${kind}-${String(index + 1).padStart(2, '0')}`,
  );
}
