import type { ChangeDeploymentRow, ChangeRow, DeploymentOutcomeRow } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from './instants.ts';
import { environments, services, teams } from './requests.ts';
import type { ReferenceRow } from './reference.ts';
import { change, changeDeployment, outcome } from './rows.ts';

/** The facts of one repository, at random: rows that fit each other, but no history behind them. */
export interface World {
  repo: string;
  changes: ChangeRow[];
  changeDeployments: ChangeDeploymentRow[];
  outcomes: DeploymentOutcomeRow[];
}

const place = {
  service: fc.constantFrom(...services),
  environment: fc.constantFrom(...environments, 'staging'),
};

const reach = fc.record({
  ...place,
  deployed_at: instant,
  is_baseline: fc.boolean(),
});

const aChange = fc.record({
  team: fc.constantFrom(...teams),
  is_bot: fc.boolean(),
  kind: fc.constantFrom('pull_request', 'commit'),
  starts_at: fc.constantFrom('first_commit', 'merge'),
  merged_at: fc.option(instant, { freq: 8 }),
  startedBefore: fc.integer({ min: 0, max: 10_000_000 }),
  isStartKnown: fc.boolean(),
  reaches: fc.uniqueArray(reach, {
    maxLength: 3,
    selector: ({ service, environment }) => `${service} ${environment}`,
  }),
});

/** What derivation can say of a deployment, a ruling that it did not fail included. */
const verdict = fc.oneof(
  fc.record({
    is_failure: fc.constant(true),
    evidence: fc.constantFrom('override', 'incident', 'rollback', 'revert', 'hotfix', 'incident-window'),
    incident_id: fc.option(fc.constantFrom('INC-1', 'host/owner/ops#7')),
    failed_at: fc.option(instant),
  }),
  fc.record({
    is_failure: fc.constant(false),
    evidence: fc.constantFrom('', 'override'),
    incident_id: fc.constant(null),
    failed_at: fc.constant(null),
  }),
);

const aDeployment = fc.record({
  ...place,
  team: fc.constantFrom(...teams),
  signal: fc.constantFrom('tag', 'release', 'deployment', 'workflow_run', 'imported'),
  finished_at: instant,
  is_rework: fc.boolean(),
  recovered_at: fc.option(instant),
  verdict,
  failure_basis: fc.constantFrom('none', 'reverts-and-rollbacks', 'incidents'),
});

/** A repository of this name. */
export function worldOf(repo: string): fc.Arbitrary<World> {
  return fc
    .record({
      changes: fc.array(aChange, { maxLength: 25 }),
      deployments: fc.array(aDeployment, { maxLength: 30 }),
    })
    .map(({ changes, deployments }) => ({
      repo,
      changes: changes.map(({ team, is_bot, kind, starts_at, merged_at }, index) =>
        change({ repo, change_id: changeId(repo, index), team, is_bot, kind, starts_at, merged_at }),
      ),
      changeDeployments: changes.flatMap((each, index) => {
        const primary = firstReach(each.reaches);
        return each.reaches.map((one) => {
          const isKnown = each.isStartKnown && !one.is_baseline;
          return changeDeployment({
            repo,
            change_id: changeId(repo, index),
            service: one.service,
            environment: one.environment,
            environment_kind: kindOf(one.environment),
            deployed_at: one.deployed_at,
            deployment_id: `${one.service}@${String(one.deployed_at)}`,
            is_baseline: one.is_baseline,
            is_primary: one === primary,
            team: each.team,
            is_bot: each.is_bot,
            kind: each.kind,
            starts_at: each.starts_at,
            merged_at: each.merged_at,
            lead_time_seconds: isKnown ? each.startedBefore + Math.floor(one.deployed_at / 1e6) : null,
            lead_time_gap: isKnown ? '' : one.is_baseline ? 'baseline' : 'unknown-start',
          });
        });
      }),
      outcomes: deployments.map(({ verdict: given, ...each }, index) =>
        outcome({
          ...each,
          ...given,
          repo,
          deployment_id: `${repo} ${String(index)}`,
          environment_kind: kindOf(each.environment),
        }),
      ),
    }));
}

/** As derivation chooses: the first in production, a baseline only when there is nothing else. */
function firstReach<Reach extends { environment: string; is_baseline: boolean; deployed_at: number }>(
  reaches: readonly Reach[],
): Reach | undefined {
  return reaches
    .filter(({ environment }) => environment !== 'staging')
    .sort((a, b) => Number(a.is_baseline) - Number(b.is_baseline) || a.deployed_at - b.deployed_at)[0];
}

function changeId(repo: string, index: number): string {
  return `${repo}#${String(index)}`;
}

function kindOf(environment: string): string {
  return environment === 'staging' ? 'staging' : 'production';
}

export function isProduction(row: { environment: string }): boolean {
  return row.environment !== 'staging';
}

/** The columns of a row that figures can be grouped by. */
export function pick<Row>(
  row: Row,
  names: readonly (keyof Row & string)[],
): Record<string, string | boolean> {
  return Object.fromEntries(names.map((name) => [name, row[name] as string | boolean]));
}

/** A deployment as a row that still lacks its figure. */
export function deployed(row: DeploymentOutcomeRow): Pick<ReferenceRow, 'at' | 'dimensions'> {
  return { at: row.finished_at, dimensions: pick(row, ['repo', 'service', 'team', 'environment']) };
}

/** A verdict about a deployment, unknown where nothing could tell. */
export function judged(row: DeploymentOutcomeRow, verdict: boolean): ReferenceRow {
  const isBlind = row.failure_basis === 'none';
  return {
    ...deployed(row),
    value: isBlind ? null : Number(verdict),
    gap: isBlind ? 'no-failure-evidence' : '',
    basis: row.failure_basis,
  };
}
