import type { Report } from '@bellwether/metrics';
import { collectorRuns, type Warehouse } from '@bellwether/warehouse';
import { formatCount } from '../terminal/format.ts';
import { dayName } from './period-name.ts';

/**
 * From when on it is known who was in which team. Sources tell today's members and no dates: those that stood in a team
 * when it was first read are taken to have been there for ever.
 */
export async function membershipNote(
  warehouse: Warehouse,
  { window, timeZone }: Pick<Report, 'window' | 'timeZone'>,
): Promise<string[]> {
  if (window === null) return [];
  const [row] = await warehouse.query<{ undated: number; memberships: number }>(
    `SELECT toUInt32(countIf(valid_from = toDateTime64(0, 3, 'UTC'))) AS undated, toUInt32(count()) AS memberships
     FROM domain.team_members FINAL`,
  );
  if (row === undefined || row.undated === 0) return [];
  const knownFrom = await firstRead(warehouse);
  if (knownFrom !== null && knownFrom <= window.since) return [];
  const [before, after] =
    knownFrom === null
      ? ['', '']
      : [
          ` before ${dayName(knownFrom, timeZone)}`,
          ` Who joined and who left is known from ${dayName(knownFrom, timeZone)} on.`,
        ];
  return [
    `Who was in which team${before}: of ${formatCount(row.undated)} of ${formatCount(row.memberships)} memberships no ` +
      `start is known, so the teams of today stand over the past as well.${after}`,
  ];
}

async function firstRead(warehouse: Warehouse): Promise<number | null> {
  const runs = await warehouse.readRows(collectorRuns, ['finished_at'], {
    sql: "source = 'github' AND status IN ('ok', 'partial')",
    params: {},
  });
  return runs.reduce<number | null>(
    (first, { finished_at: at }) => (at !== null && at < (first ?? Infinity) ? at : first),
    null,
  );
}
