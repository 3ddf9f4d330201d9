import { type Config, startOfDay, teamFinder } from '@bellwether/core';
import { type TeamSettingRow, teams, teamSettings, type Warehouse } from '@bellwether/warehouse';

/** What the configuration says of teams that the sources do not confirm. */
export interface TeamSettingsProblems {
  /** Names that no collected team has, or several have; they are stored as written. */
  readonly unknown: readonly string[];
  /** Names that turned out to be one team at one time; the first entry counts. */
  readonly doubled: readonly string[];
}

/**
 * Makes `domain.team_settings` equal `teams` of the configuration. To be called when the sources have been read: only
 * then it can be told that `payments` is `acme/payments`. Writes nothing when nothing differs.
 */
export async function storeTeamSettings({
  warehouse,
  config,
}: {
  warehouse: Warehouse;
  config: Pick<Config, 'teams' | 'timeZone'>;
}): Promise<TeamSettingsProblems> {
  const known = await warehouse.readRows(teams, ['team', 'name']);
  const { rows, problems } = teamSettingRows(config, teamFinder(known));
  await warehouse.replaceByDifference(teamSettings, {}, rows);
  // Before the first team was read, every name is unknown, and nothing is wrong.
  return known.length === 0 ? { ...problems, unknown: [] } : problems;
}

/** The history of each team: an entry holds until the next one of the same team begins. */
export function teamSettingRows(
  { teams: entries, timeZone }: Pick<Config, 'teams' | 'timeZone'>,
  find: (name: string) => string | null,
): { rows: TeamSettingRow[]; problems: TeamSettingsProblems } {
  const byTeam = new Map<string, Map<number, TeamSettingRow>>();
  const unknown = new Set<string>();
  const doubled = new Set<string>();
  for (const entry of entries) {
    const found = find(entry.name);
    if (found === null) unknown.add(entry.name);
    const team = found ?? entry.name;
    const history = byTeam.get(team) ?? new Map<number, TeamSettingRow>();
    byTeam.set(team, history);
    const valid_from = entry.from === undefined ? 0 : startOfDay(entry.from, timeZone);
    if (history.has(valid_from)) {
      doubled.add(entry.name);
      continue;
    }
    const { group = '', timeZone: zone = '' } = entry;
    history.set(valid_from, { team, valid_from, valid_to: null, team_group: group, time_zone: zone });
  }
  const rows = [...byTeam.values()].flatMap((history) => {
    const sorted = [...history.values()].sort((a, b) => a.valid_from - b.valid_from);
    return sorted.map((row, index) => ({ ...row, valid_to: sorted[index + 1]?.valid_from ?? null }));
  });
  return { rows, problems: { unknown: [...unknown], doubled: [...doubled] } };
}
