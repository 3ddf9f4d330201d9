import type { Instant } from '@bellwether/core';
import type { TeamMemberRow, TeamRow } from '@bellwether/warehouse';

/** A team as it is now. */
export interface CurrentTeam {
  readonly id: string;
  /** `<organisation>/<slug>` */
  readonly team: string;
  readonly name: string;
  readonly parent: string;
  /** Person keys. */
  readonly members: ReadonlySet<string>;
}

export interface StoredTeams {
  readonly teams: readonly TeamRow[];
  readonly members: readonly TeamMemberRow[];
}

export interface TeamChanges {
  /** New or changed; to be stored before anything is removed. */
  readonly teams: readonly TeamRow[];
  readonly members: readonly TeamMemberRow[];
  /** What stood under the former name of a renamed team. */
  readonly staleTeams: readonly Pick<TeamRow, 'team'>[];
  readonly staleMembers: readonly Pick<TeamMemberRow, 'team' | 'person_key' | 'valid_from'>[];
}

/** When a membership begins that stood before anybody looked. */
const BEGINNING = 0;

/**
 * What has to be written so that the warehouse knows the teams of an organisation as they are now and as they were.
 *
 * A membership that ended is closed, one that began opens; a team that is gone is closed with all its memberships. A
 * team that was renamed (same id, other slug) takes its whole history along.
 *
 * @param now null at the first reading: what is there then has always been there
 */
export function compareTeams(
  current: readonly CurrentTeam[],
  stored: StoredTeams,
  { isFirst, now }: { readonly isFirst: boolean; readonly now: Instant },
): TeamChanges {
  const nameById = new Map(current.map(({ id, team }) => [id, team]));
  const newNames = new Map(
    stored.teams.flatMap(({ team, team_id: id }) => {
      const name = nameById.get(id);
      return name === undefined || name === team ? [] : [[team, name] as const];
    }),
  );
  const renamed = stored.members.map((row) => ({ ...row, team: newNames.get(row.team) ?? row.team }));
  const members = new Map([...renamed, ...closings(renamed, current, now)].map((row) => [keyOf(row), row]));
  const open = new Set([...members.values()].filter(isOpen).map(personOf));
  for (const { team, members: persons } of current) {
    for (const key of persons) {
      if (open.has(personOf({ team, person_key: key }))) continue;
      const row = { team, person_key: key, valid_from: isFirst ? BEGINNING : now, valid_to: null };
      members.set(keyOf(row), row);
    }
  }
  const teams = new Map(current.map((team) => [team.team, toRow(team)]));
  for (const row of stored.teams) {
    if (teams.has(row.team) || newNames.has(row.team)) continue;
    teams.set(row.team, { ...row, valid_to: row.valid_to ?? now });
  }
  return {
    teams: unlike([...teams.values()], stored.teams, ({ team }) => team),
    members: unlike([...members.values()], stored.members, keyOf),
    staleTeams: stored.teams.filter(({ team }) => !teams.has(team)).map(({ team }) => ({ team })),
    staleMembers: stored.members
      .filter((row) => !members.has(keyOf(row)))
      .map(({ team, person_key, valid_from }) => ({ team, person_key, valid_from })),
  };
}

/** The memberships that stand open and are no more. */
function closings(
  stored: readonly TeamMemberRow[],
  current: readonly CurrentTeam[],
  now: Instant,
): TeamMemberRow[] {
  const members = new Map(current.map((team) => [team.team, team.members]));
  return stored
    .filter((row) => isOpen(row) && members.get(row.team)?.has(row.person_key) !== true)
    .map((row) => ({ ...row, valid_to: now }));
}

function toRow({ id, team, name, parent }: CurrentTeam): TeamRow {
  return { team, team_id: id, name, parent_team: parent, valid_to: null };
}

function isOpen({ valid_to: end }: TeamMemberRow): boolean {
  return end === null;
}

function personOf({ team, person_key: key }: Pick<TeamMemberRow, 'team' | 'person_key'>): string {
  return `${team} ${key}`;
}

function keyOf({ team, person_key: key, valid_from: from }: TeamMemberRow): string {
  return `${team} ${key} ${from}`;
}

/** The rows that are not stored like this. */
function unlike<Row extends object>(
  rows: readonly Row[],
  stored: readonly Row[],
  keyOfRow: (row: Row) => string,
): Row[] {
  const texts = new Map(stored.map((row) => [keyOfRow(row), textOf(row)]));
  return rows.filter((row) => texts.get(keyOfRow(row)) !== textOf(row));
}

function textOf(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
