import { type DeriveRules, staleRepositories } from '@bellwether/derive';
import type { Report } from '@bellwether/metrics';
import {
  collectorRuns,
  damagedTables,
  type FindingRow,
  findings,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import { formatCount } from '../terminal/format.ts';
import { unknownsOf } from './unknowns.ts';

/** What the reader should know before believing a figure, each with the way to mend it. */
export interface DataNotes {
  /** When GitHub last said what is new; null where only a clone is known, and nobody knows when it was fetched. */
  askedAt: number | null;
  unknowns: string[];
  findings: string[];
}

/** Enough to see the kind of trouble; the table has all of them. */
const GAPS_SHOWN = 10;

const findingTexts: Record<FindingRow['kind'], string> = {
  'unrealistic-commit-date': 'Commits dated before 1970 or in the future; such dates are left out',
  'unrealistic-deployment-date': 'Releases dated before 1970 or in the future; they are not counted',
  'negative-lead-time':
    'Changes dated after their own release (clocks, rewritten dates); they have no lead time',
  'unknown-deployment-commit': 'Releases of a commit that is not in this history',
  'missing-parent': 'Commits that are named as parents and are not here: the history was cut',
  'unresolved-revert': 'Reverts of something that is not on the default branch',
  'unlanded-pull-request': 'Merged pull requests of which no commit is on the default branch',
  'negative-recovery-time': 'Incidents that were over before the deployment that failed was done',
  'unresolved-incident-cause': 'Incidents that name a cause which is no known deployment',
  'incident-without-service': 'Incidents of which nobody knows which deployed service they hit',
  'environment-without-facts':
    'Deployments to environments of which nobody knows what they are for, or to too many',
  'silenced-signal': 'Releases that give way to another signal, which is silent since (deployments.signals)',
  'unresolved-ruling': 'Rulings on something that is no deployment that counts (bellwether override list)',
};

/** Collects them from the figures of a report and from what derivation and collection left behind. */
export async function readDataNotes(
  warehouse: Warehouse,
  report: Report,
  rules: DeriveRules,
): Promise<DataNotes> {
  const ofRepo = { sql: 'repo = {repo:String}', params: { repo: report.repo } };
  const found = await warehouse.readRows(findings, ['kind', 'entity'], ofRepo);
  const cut = await warehouse.readRows(truncations, ['entity', 'detail'], ofRepo);
  const byKind = groupByKind(found);
  return {
    askedAt: await readAskedAt(warehouse, report.repo),
    unknowns: unknownsOf(report),
    findings: [
      ...(await staleNotes(warehouse, report, rules)),
      ...[...byKind].map(
        ([kind, rows]) =>
          `${findingTexts[kind]}: ${formatCount(rows.length)} (such as ${rows[0]?.entity ?? ''})`,
      ),
      ...cut.slice(0, GAPS_SHOWN).map(({ entity, detail }) => `${entity}: ${detail}`),
      ...(cut.length > GAPS_SHOWN
        ? [`and ${formatCount(cut.length - GAPS_SHOWN)} more in ops.truncations`]
        : []),
    ],
  };
}

async function readAskedAt(warehouse: Warehouse, repo: string): Promise<number | null> {
  const runs = await warehouse.readRows(collectorRuns, ['finished_at'], {
    sql: "source = 'github' AND target = {repo:String} AND status = 'ok'",
    params: { repo },
  });
  return runs.reduce<number | null>(
    (last, { finished_at: at }) => (at !== null && at > (last ?? 0) ? at : last),
    null,
  );
}

/** What makes every figure doubtful, before anything else. */
async function staleNotes(warehouse: Warehouse, { repo }: Report, rules: DeriveRules): Promise<string[]> {
  const stale = await staleRepositories(warehouse, rules);
  const damaged = await damagedTables(warehouse);
  return [
    ...(stale.includes(repo)
      ? [
          'These figures are older than what was collected, or were computed by other settings. Next: bellwether collect',
        ]
      : []),
    ...(damaged.length > 0
      ? [
          `Damaged files of ${damaged.join(', ')} were set aside, so figures may be too low. ` +
            'If the disk never ran full, move the data folder away and collect again.',
        ]
      : []),
  ];
}

function groupByKind<Row extends { kind: FindingRow['kind'] }>(
  rows: readonly Row[],
): Map<Row['kind'], Row[]> {
  const groups = new Map<Row['kind'], Row[]>();
  for (const row of rows) groups.set(row.kind, [...(groups.get(row.kind) ?? []), row]);
  return groups;
}
