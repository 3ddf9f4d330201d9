import { type DeriveRules, staleRepositories } from '@bellwether/derive';
import type { MetricReport, Report } from '@bellwether/metrics';
import { damagedTables, type FindingRow, findings, truncations, type Warehouse } from '@bellwether/warehouse';
import { formatCount, formatShare } from '../terminal/format.ts';

/** What the reader should know before believing a figure, each with the way to mend it. */
export interface DataNotes {
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
    unknowns: unknowns(report),
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

function unknowns({ scopes, window }: Report): string[] {
  const metrics = scopes[0]?.metrics ?? [];
  const whole = (id: string): MetricReport['whole'] | undefined =>
    metrics.find((metric) => metric.id === id)?.whole;
  const releases = whole('deployment_frequency');
  const leadTime = whole('change_lead_time');
  const failures = whole('change_fail_rate');
  const notes: string[] = [];
  if (window === null) {
    return ['Nothing was collected. Is this the right repository, and does it have commits?'];
  }
  if (releases?.value === null && releases.gap === 'no-data') {
    notes.push(
      'When anything was deployed: no tag looks like a release. Say which do under git.tags in bellwether.yaml ' +
        "(for example 'release-{version}'), or connect a source of deployments.",
    );
  } else if ((releases?.basis['tag'] ?? 0) > 0) {
    notes.push(
      'Deployments: tags stand in for them. A release that was tagged but never rolled out counts here.',
    );
  }
  const share = (...words: string[]): number =>
    leadTime === undefined || leadTime.n === 0
      ? 0
      : words.reduce((sum, word) => sum + (leadTime.basis[word] ?? 0), 0) / leadTime.n;
  const fromMerge = share('merge', 'merge-undated');
  const undated = share('merge-undated', 'first_commit-undated');
  if (undated > 0) {
    notes.push(
      `When releases happened: those of ${formatShare(undated)} of the changes are tags without a date of their own. ` +
        'The date of the tagged commit stands in, so lead times may be too short, down to zero. Annotated tags ' +
        '(git tag -a) carry a date.',
    );
  }
  if (isUnattributed(scopes)) {
    notes.push(
      'Which service a change belongs to: the services of this repository cannot be told apart, so their own lead ' +
        'times and failures are left out. Give them `paths` under `services` in bellwether.yaml.',
    );
  }
  if (fromMerge > 0) {
    notes.push(
      `When work began: ${formatShare(fromMerge)} of the changes were squashed, so their clock starts at the merge. ` +
        'Connecting GitHub, where the pull requests are, makes the lead time whole; this version cannot do that yet.',
    );
  }
  if (failures !== undefined && (failures.basis['incidents'] ?? 0) === 0) {
    notes.push(
      'Incidents: no source of them is connected. Failures are only seen where a release was rolled back, a change ' +
        'reverted or a hotfix branch merged, so fail rate, rework and recovery are a floor, not the whole.',
    );
  }
  return notes;
}

function isUnattributed(scopes: Report['scopes']): boolean {
  return scopes.some(({ metrics }) => metrics.some(({ whole }) => whole.gap === 'service-unknown'));
}
