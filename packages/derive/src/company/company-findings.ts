import { isTimeZone } from '@bellwether/core';
import { findings, type FindingRow, people, type Warehouse } from '@bellwether/warehouse';
import { finding } from '../compute/finding-fixes.ts';
import { rowsBy } from '../flow/rows-by.ts';
import type { DomainMembership, DomainTeamSetting, SharedDomain } from '../shared-domain.ts';
import type { Written } from '../write-facts.ts';

/**
 * What is wrong with teams and people of the whole company; it stands under no repository.
 *
 * @param others that stand there as well
 */
export async function writeCompanyFindings(
  warehouse: Warehouse,
  shared: SharedDomain,
  others: readonly FindingRow[],
): Promise<Written> {
  const zones = await warehouse.query<{ zone: string; count: number }>(
    `SELECT time_zone AS zone, count() AS count FROM ${people.qualified} FINAL GROUP BY zone ORDER BY zone`,
  );
  const rows = [...companyFindings({ ...shared, zones }), ...others];
  return warehouse.replaceByDifference(findings, { repo: '' }, rows);
}

export interface CompanyInput {
  memberships: readonly DomainMembership[];
  settings: readonly DomainTeamSetting[];
  directory: SharedDomain['directory'];
  /** Of people, each with how many say that they are in it. */
  zones: readonly { zone: string; count: number }[];
}

export function companyFindings(input: CompanyInput): FindingRow[] {
  return [...inTwoGroups(input), ...overlapping(input), ...unknownZones(input)].map((each) => ({
    repo: '',
    ...each,
  }));
}

type Finding = Omit<FindingRow, 'repo'>;
type Stretch = Pick<DomainTeamSetting, 'valid_from' | 'valid_to'>;

function overlap(a: Stretch, b: Stretch): boolean {
  return a.valid_from < (b.valid_to ?? Infinity) && b.valid_from < (a.valid_to ?? Infinity);
}

/** A team can stand in the settings under two names, or its entries overlap. */
function inTwoGroups({ settings, directory }: CompanyInput): Finding[] {
  const byTeam = rowsBy(settings, ({ team }) => directory.ownerName(team));
  return [...byTeam].flatMap(([team, rows]) => {
    const clash = rows.flatMap((row, at) =>
      rows
        .slice(at + 1)
        .filter((other) => other.team_group !== row.team_group && overlap(row, other))
        .map((other) => [row.team_group, other.team_group].sort().join('" and "')),
    );
    const [groups] = clash.sort();
    return groups === undefined
      ? []
      : [finding('team-in-two-groups', team, `at one time in "${groups}"; the entry that began last counts`)];
  });
}

/** By team and in numbers: whose memberships they are stays at the source. */
function overlapping({ memberships }: CompanyInput): Finding[] {
  const byPerson = rowsBy(memberships, ({ team, person_key }) => JSON.stringify([team, person_key]));
  const counts = new Map<string, number>();
  for (const rows of byPerson.values()) {
    const [first] = rows;
    if (first === undefined || rows.length < 2) continue;
    const isTwice = rows.some((row, at) => rows.slice(at + 1).some((other) => overlap(row, other)));
    if (isTwice) counts.set(first.team, (counts.get(first.team) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([team, count]) =>
      finding(
        'overlapping-membership',
        team,
        `${String(count)} people are in it twice at one time; each counts once`,
      ),
    );
}

function unknownZones({ zones, settings }: CompanyInput): Finding[] {
  const ofTeams = settings
    .filter(({ time_zone }) => time_zone !== '' && !isTimeZone(time_zone))
    .map(({ team, time_zone }) =>
      finding('unknown-time-zone', `team ${team}`, `"${time_zone}" is no time zone; the one above it counts`),
    );
  const ofPeople = zones
    .filter(({ zone }) => zone !== '' && !isTimeZone(zone))
    .map(({ zone, count }) =>
      finding(
        'unknown-time-zone',
        zone,
        `${String(count)} people are said to be in it, and it is no time zone`,
      ),
    );
  return [...new Map([...ofTeams, ...ofPeople].map((each) => [each.entity, each])).values()];
}
