import { type Config, startOfDay, teamFinder } from '@bellwether/core';
import { type TeamSettingRow, teams, teamSettings, type Warehouse } from '@bellwether/warehouse';

/** What the configuration says of teams that the sources do not confirm. */
export interface TeamSettingsProblems {
  /** Names that no collected team has, or several have; they are stored as written. */
  readonly unknown: readonly string[];
  /** Names of a team that stands there already for the same time, under another name. */
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

/**
 * The history of each team: an entry holds until the next one of the same team begins. Entries of one team at one time
 * stay under the names that they were given, so that derivation finds the contradiction and says so.
 */
function teamSettingRows(
  { teams: entries, timeZone }: Pick<Config, 'teams' | 'timeZone'>,
  find: (name: string) => string | null,
): { rows: TeamSettingRow[]; problems: TeamSettingsProblems } {
  const unknown = new Set<string>();
  const doubled = new Set<string>();
  const histories = new Map<string, Map<number, TeamSettingRow[]>>();
  for (const { name, from, group = '', timeZone: zone = '' } of entries) {
    const found = find(name);
    if (found === null) unknown.add(name);
    const history = histories.get(found ?? name) ?? new Map<number, TeamSettingRow[]>();
    histories.set(found ?? name, history);
    const valid_from = from === undefined ? 0 : startOfDay(from, timeZone);
    const row = { team: name, valid_from, valid_to: null, team_group: group, time_zone: zone };
    const others = history.get(valid_from) ?? [];
    if (others.length > 0) doubled.add(name);
    history.set(valid_from, [...others, row]);
  }
  const rows = [...histories].flatMap(([team, history]) => {
    const starts = [...history.keys()].sort((a, b) => a - b);
    return starts.flatMap((start, index) => {
      const same = history.get(start) ?? [];
      const valid_to = starts[index + 1] ?? null;
      return same.map((row) => ({ ...row, valid_to, team: same.length > 1 ? row.team : team }));
    });
  });
  return { rows, problems: { unknown: [...unknown], doubled: [...doubled] } };
}
