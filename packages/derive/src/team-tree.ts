import { type Instant, isTimeZone } from '@bellwether/core';
import type { DomainTeam, DomainTeamSetting } from './shared-domain.ts';
import { sampled, type Timeline } from './timeline.ts';

/** What stands above a team, and what the configuration says of it. */
export interface TeamTree {
  /** The team and all above it, nearest first; every one once, even where parents run in a circle. */
  lineOf: (team: string) => readonly string[];
  /** The group of a team over time; '' where it has none. */
  groupOf: (team: string) => Timeline<string>;
  timeZoneOf: (team: string) => Timeline<string>;
}

/**
 * The group of a team is the one that the configuration gives it or the nearest team above it that has one; else the
 * topmost team above it, which may be itself where it has teams below. The time zone goes the same way and ends at the
 * organisation's.
 */
export function teamTree(
  teams: readonly DomainTeam[],
  settings: readonly DomainTeamSetting[],
  timeZone: string,
): TeamTree {
  const parents = new Map(teams.map(({ team, parent_team }) => [team, parent_team]));
  const hasChildren = new Set(parents.values());
  const settingsOf = new Map<string, DomainTeamSetting[]>();
  for (const row of settings) settingsOf.set(row.team, [...(settingsOf.get(row.team) ?? []), row]);

  const lineOf = (team: string): string[] => {
    const line = new Set([team]);
    for (let parent = parents.get(team) ?? ''; parent !== '' && !line.has(parent);) {
      line.add(parent);
      parent = parents.get(parent) ?? '';
    }
    return [...line];
  };
  const topmost = (line: readonly string[]): string => {
    const top = line.at(-1) ?? '';
    return line.length > 1 || hasChildren.has(top) ? top : '';
  };
  const setting = (
    line: readonly string[],
    column: 'team_group' | 'time_zone',
    fallback: string,
  ): Timeline<string> => {
    const rows = line.flatMap((team) => settingsOf.get(team) ?? []);
    const boundaries = rows.flatMap(({ valid_from, valid_to }) => [valid_from, valid_to ?? valid_from]);
    return sampled(boundaries, (at) => {
      for (const team of line) {
        const value = standing(settingsOf.get(team) ?? [], at)?.[column] ?? '';
        // A zone that nobody knows is a finding, and must not stop the rest.
        if (value !== '' && (column !== 'time_zone' || isTimeZone(value))) return value;
      }
      return fallback;
    });
  };
  return {
    lineOf,
    groupOf: (team) => {
      const line = lineOf(team);
      return setting(line, 'team_group', topmost(line));
    },
    timeZoneOf: (team) => setting(lineOf(team), 'time_zone', timeZone),
  };
}

/** Of several that overlap the one that began last. */
function standing(rows: readonly DomainTeamSetting[], at: Instant): DomainTeamSetting | undefined {
  return rows
    .filter(({ valid_from, valid_to }) => valid_from <= at && (valid_to === null || at < valid_to))
    .reduce<DomainTeamSetting | undefined>(
      (last, row) => (last === undefined || row.valid_from >= last.valid_from ? row : last),
      undefined,
    );
}
