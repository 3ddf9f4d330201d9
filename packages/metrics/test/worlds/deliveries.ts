import {
  type ChangeDeploymentRow,
  changeDeployments,
  changes,
  deploymentOutcomes,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import { environments, services, teams } from '../requests.ts';
import { change, changeDeployment, outcome } from '../rows.ts';
import {
  isProduction,
  shownEnvironment,
  shownService,
  teamGroupOf,
  type World,
  type WorldKind,
} from '../world.ts';

export const deliveries: WorldKind<World> = {
  of: worldOf,
  async insert(warehouse, worlds) {
    await warehouse.insert(
      changes,
      worlds.flatMap((world) => world.changes),
    );
    await warehouse.insert(
      changeDeployments,
      worlds.flatMap((world) => world.changeDeployments),
    );
    await warehouse.insert(
      deploymentOutcomes,
      worlds.flatMap((world) => world.outcomes),
    );
  },
};

const place = {
  service: fc.constantFrom(...services),
  environment: fc.constantFrom(...environments, 'staging'),
  // At its time: a team can grow, and its service be shown later.
  is_service_withheld: fc.constantFrom(false, false, false, true),
};

const reach = fc.record({
  ...place,
  deployed_at: instant,
  is_baseline: fc.boolean(),
});

/** The services of a change: some, none, or nobody knows which of several. */
const belonging = fc.oneof(
  fc.subarray([...services, '(withheld)']),
  fc.constant(['(unattributed)']),
  fc.constant<string[]>([]),
);

const aChange = fc.record({
  services: belonging,
  team: fc.constantFrom(...teams),
  is_bot: fc.boolean(),
  kind: fc.constantFrom('pull_request', 'commit'),
  starts_at: fc.constantFrom('first_commit', 'merge'),
  attribution: fc.constantFrom('only-service', 'paths', 'first-deployment'),
  merged_at: fc.option(instant, { freq: 8 }),
  startedBefore: fc.integer({ min: 0, max: 10_000_000 }),
  isStartKnown: fc.boolean(),
  reaches: fc.uniqueArray(reach, {
    maxLength: 3,
    selector: ({ service, environment }) => `${service} ${environment}`,
  }),
});
type RandomChange = typeof aChange extends fc.Arbitrary<infer Each> ? Each : never;

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
  is_baseline: fc.boolean(),
  change_count: fc.integer({ min: 0, max: 40 }),
  is_rework: fc.boolean(),
  recovered_at: fc.option(instant),
  verdict,
  failure_basis: fc.constantFrom('none', 'reverts-and-rollbacks', 'incidents'),
});

/** A repository of this name. */
function worldOf(repo: string): fc.Arbitrary<World> {
  return fc
    .record({
      changes: fc.array(aChange, { maxLength: 25 }),
      deployments: fc.array(aDeployment, { maxLength: 30 }),
    })
    .map(({ changes: merged, deployments }) => {
      const arrivals = merged.map((each, index) => arrivalsOf(each, changeId(repo, index), repo));
      const outcomes = deployments.map(({ verdict: given, ...each }, index) =>
        outcome({
          ...each,
          ...given,
          repo,
          team_group: teamGroupOf(each.team),
          deployment_id: `${repo} ${String(index)}`,
          environment_kind: kindOf(each.environment),
        }),
      );
      const isDeployed = [...outcomes, ...arrivals.flat()].some(isProduction);
      return {
        repo,
        changes: merged.map(({ services: of, team, is_bot, kind, starts_at, merged_at }, index) => {
          const arrival = arrivals[index]?.find((row) => row.is_primary);
          return change({
            ...{ repo, change_id: changeId(repo, index), team, team_group: teamGroupOf(team) },
            ...{ services: of, is_bot, kind, starts_at, merged_at },
            ...(arrival && {
              service: shownService(arrival),
              environment: shownEnvironment(arrival),
              deployment_id: arrival.deployment_id,
              deployed_at: arrival.deployed_at,
            }),
            awaiting_gap: arrival?.is_baseline ? 'baseline' : isDeployed ? '' : 'never-deployed',
          });
        }),
        changeDeployments: arrivals.flat(),
        outcomes,
      };
    });
}

/** Where a change arrived, with the marks of the row that stands for it in each question. */
function arrivalsOf(each: RandomChange, change_id: string, repo: string): ChangeDeploymentRow[] {
  const { team, is_bot, kind, starts_at, attribution, merged_at } = each;
  const shown = each.reaches.map((one) => {
    const environment_kind = kindOf(one.environment);
    const shownAs = shownEnvironment({ ...one, environment_kind });
    return { ...one, environment_kind, shown: shownService({ ...one, attribution }), shownAs };
  });
  const inProduction = shown.filter(isProduction).sort(byPrecedence);
  return shown.map((one) => {
    const isKnown = each.isStartKnown && !one.is_baseline;
    return changeDeployment({
      ...{ repo, change_id, team, team_group: teamGroupOf(team), is_bot, kind, starts_at, attribution },
      service: one.service,
      is_service_withheld: one.is_service_withheld,
      environment: one.environment,
      environment_kind: one.environment_kind,
      deployed_at: one.deployed_at,
      is_baseline: one.is_baseline,
      merged_at,
      deployment_id: `${one.service}@${String(one.deployed_at)}`,
      is_primary: one === inProduction[0],
      is_service_primary: one === inProduction.find((other) => other.shown === one.shown),
      is_environment_primary: one === inProduction.find((other) => other.shownAs === one.shownAs),
      lead_time_seconds: isKnown ? each.startedBefore + Math.floor(one.deployed_at / 1e6) : null,
      lead_time_gap: isKnown ? '' : one.is_baseline ? 'baseline' : 'unknown-start',
    });
  });
}

interface Arrival {
  is_baseline: boolean;
  deployed_at: number;
  shown: string;
  environment: string;
}

/** As derivation chooses: the first in production, a baseline only when there is nothing else. */
function byPrecedence(a: Arrival, b: Arrival): number {
  return (
    Number(a.is_baseline) - Number(b.is_baseline) ||
    a.deployed_at - b.deployed_at ||
    byText(a.shown, b.shown) ||
    byText(a.environment, b.environment)
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function changeId(repo: string, index: number): string {
  return `${repo}#${String(index)}`;
}

function kindOf(environment: string): string {
  return environment === 'staging' ? 'staging' : 'production';
}
