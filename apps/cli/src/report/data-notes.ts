import { type DeriveRules, staleRepositories } from '@bellwether/derive';
import type { Report } from '@bellwether/metrics';
import {
  collectorRuns,
  damagedTables,
  type FindingRow,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import { formatCount } from '../terminal/format.ts';
import { membershipNote } from './membership-note.ts';
import { repositoriesBehind } from './repositories-behind.ts';
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
  'negative-stage': 'Pull requests whose dates run backwards; such stages are not known',
  'negative-build-time': 'Pipelines with builds whose times run backwards; such times are not known',
  'incident-resolved-before-opened': 'Incidents that were over before they began; how long is not known',
  'incident-before-any-deployment': 'Incidents from before the first deployment that is known',
  'unmapped-environment': 'Environments of which nobody knows what they are for (deployments.environments)',
  'service-without-owner': 'Services without a team that owns them',
  'globs-match-nothing': 'Paths of the catalogue that match no file of any change',
  'authors-without-team': 'People who made changes while they were in no team',
  'team-in-two-groups': 'Teams that the configuration puts into two groups at one time',
  'overlapping-membership': 'Memberships of the same person in the same team that overlap',
  'unknown-time-zone': 'Time zones that nobody knows',
  'unresolved-ruling': 'Rulings on something that is no deployment that counts (bellwether override list)',
};

/**
 * Collects them from the figures of a report and from what derivation and collection left behind.
 *
 * @param options isNameless: without examples, which can name services
 */
export async function readDataNotes(
  warehouse: Warehouse,
  report: Report,
  rules: DeriveRules,
  { isNameless = false }: { isNameless?: boolean } = {},
): Promise<DataNotes> {
  const repos = await repositoriesBehind(warehouse, report.scope);
  const ofRepos = repos === null ? undefined : { sql: 'repo IN {repos:Array(String)}', params: { repos } };
  const found = await readFindings(warehouse, repos);
  const cut = await warehouse.readRows(truncations, ['entity', 'detail'], ofRepos);
  return {
    askedAt: await readAskedAt(warehouse, repos),
    unknowns: [...unknownsOf(report), ...(await membershipNote(warehouse, report))],
    findings: [
      ...(await staleNotes(warehouse, repos, rules)),
      ...[...groupByKind(found)].map(([kind, rows]) => findingNote(kind, rows, isNameless)),
      ...cut.slice(0, GAPS_SHOWN).map(({ entity, detail }) => `${entity}: ${detail}`),
      ...(cut.length > GAPS_SHOWN
        ? [`and ${formatCount(cut.length - GAPS_SHOWN)} more in ops.truncations`]
        : []),
    ],
  };
}

/** Of the view and not of the facts: it names no team and no service that may not be shown. */
function readFindings(
  warehouse: Warehouse,
  repos: readonly string[] | null,
): Promise<Pick<FindingRow, 'kind' | 'entity' | 'fix'>[]> {
  return warehouse.query(
    `SELECT finding AS kind, entity, fix FROM metrics.data_findings
     ${repos === null ? '' : 'WHERE repo IN {repos:Array(String)}'} ORDER BY kind, repo, entity`,
    repos === null ? {} : { repos },
  );
}

function findingNote(
  kind: FindingRow['kind'],
  rows: readonly Pick<FindingRow, 'entity' | 'fix'>[],
  isNameless: boolean,
): string {
  const first = rows.find(({ entity }) => entity !== '') ?? rows[0];
  const isNumber = isNameless || kind === 'authors-without-team';
  // People without a team are a number, not a thing with a name.
  const example =
    isNumber || !first?.entity ? '' : ` (${rows.length === 1 ? '' : 'such as '}${first.entity})`;
  const fix = first?.fix ? `. ${first.fix}` : '';
  return `${findingTexts[kind]}: ${formatCount(rows.length)}${example}${fix}`;
}

async function readAskedAt(warehouse: Warehouse, repos: readonly string[] | null): Promise<number | null> {
  const runs = await warehouse.readRows(collectorRuns, ['finished_at'], {
    sql: `source = 'github' AND status = 'ok' ${repos === null ? '' : 'AND target IN {repos:Array(String)}'}`,
    params: repos === null ? {} : { repos },
  });
  return runs.reduce<number | null>(
    (last, { finished_at: at }) => (at !== null && at > (last ?? 0) ? at : last),
    null,
  );
}

/** What makes every figure doubtful, before anything else. */
async function staleNotes(
  warehouse: Warehouse,
  repos: readonly string[] | null,
  rules: DeriveRules,
): Promise<string[]> {
  const among = new Set(repos);
  const stale = (await staleRepositories(warehouse, rules)).some((repo) => repos === null || among.has(repo));
  const damaged = await damagedTables(warehouse);
  return [
    ...(stale
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
