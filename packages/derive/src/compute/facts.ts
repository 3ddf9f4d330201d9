import type {
  ChangeDeploymentRow,
  ChangeRow,
  CommitDeploymentRow,
  DeploymentAttemptRow,
  DeploymentOutcomeRow,
  FindingRow,
  IncidentFactRow,
  PathKnowledgeRow,
  PullRequestFactRow,
  RepositoryFactRow,
  ReviewFactRow,
} from '@bellwether/warehouse';
import { type OwnershipStep, ownershipSteps } from '../builds/ownership.ts';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { computePullRequestFacts, type FlowFacts } from '../flow/index.ts';
import { type WorkingCalendar, workingCalendars } from '../working-time/index.ts';
import { catalogueOf } from './catalogue.ts';
import type { Change } from './change.ts';
import { computeCommitDeployments } from './commit-deployments.ts';
import { computeDelivery, type Delivery } from './delivery.ts';
import { computeAttempts } from './deployment-attempts.ts';
import { deploymentFinder } from './deployment-names.ts';
import type { DeriveRules } from './derive-rules.ts';
import { computeFindings } from './findings.ts';
import { computeIncidents } from './incident-facts.ts';
import { computeOutcomes } from './outcomes.ts';
import { computePathKnowledge } from './path-knowledge.ts';
import { isRelease } from './release-line.ts';
import { computeRepository } from './repository-facts.ts';
import { countedFailures } from './signals.ts';
import { findSilencedSignals } from './silenced-signals.ts';
import { hearTestimony } from './testimony.ts';

export { deriveRules, type DeriveRules } from './derive-rules.ts';

/** All facts of one repository. */
export interface Facts {
  changes: ChangeRow[];
  commitDeployments: CommitDeploymentRow[];
  changeDeployments: ChangeDeploymentRow[];
  outcomes: DeploymentOutcomeRow[];
  attempts: DeploymentAttemptRow[];
  incidents: IncidentFactRow[];
  repositories: RepositoryFactRow[];
  pathKnowledge: PathKnowledgeRow[];
  pullRequests: PullRequestFactRow[];
  reviews: ReviewFactRow[];
  findings: FindingRow[];
  /** What may be shown of who owns the repository, for what is computed in the engine. */
  ownership: OwnershipStep[];
  /** Person keys of those who made, proposed and reviewed changes: whose teams the facts depend on. */
  people: string[];
}

/**
 * Pure: the same snapshot and rules give the same facts, in whatever order its rows come.
 *
 * @param calendarOf working calendars by time zone; costly to make, so a caller with many repositories keeps them
 */
export function computeFacts(
  snapshot: DomainSnapshot,
  rules: DeriveRules,
  calendarOf: (timeZone: string) => WorkingCalendar = workingCalendars(rules.businessHours),
): Facts {
  const { repo, directory } = snapshot;
  const delivery = computeDelivery(snapshot, rules);
  const { history, chosen, lines, owners, changes, changeDeployments } = delivery;
  const find = deploymentFinder(repo, snapshot.deployments, lines);
  const causes = { repo, lines, find, windowHours: rules.incidentWindowHours, incidents: snapshot.incidents };
  const testimony = hearTestimony({ ...causes, overrides: snapshot.overrides });
  const outcomes = computeOutcomes({
    ...delivery,
    repo,
    hotfixBranches: rules.hotfixBranches,
    hotfixLabels: rules.hotfixLabels,
    testimony,
    hasIncidentSource: snapshot.hasIncidentSource,
  });
  const incidents = computeIncidents({ ...causes, owners, directory, calendarOf });
  const failures = countedFailures(snapshot.deployments, snapshot.failedDeployments, rules.signals);
  const attempts = [...chosen.deployments.filter(isRelease), ...failures.filter(chosen.hasFacts)];
  const flow = flowOf(snapshot, delivery, rules, calendarOf);
  const catalogue = catalogueOf(snapshot, delivery.released, owners, rules.timeZone);
  const found = computeFindings({
    ...delivery,
    repo,
    deployments: chosen.deployments,
    unresolvedReverts: delivery.reverts.unresolved,
    testimony,
    silenced: findSilencedSignals(snapshot.deployments, delivery.counted, rules.signals),
    environmentsLeftOut: chosen.leftOut,
    outcomes,
    incidents,
    backwardBuilds: snapshot.backwardBuilds,
    services: snapshot.services,
    directory,
    pullRequests: snapshot.pullRequests.filter(({ base_branch }) => base_branch === snapshot.defaultBranch),
  });
  return {
    changes: changes.map(({ row }) => row),
    commitDeployments: computeCommitDeployments(repo, history, lines),
    changeDeployments: changeDeployments.map(({ row }) => row),
    outcomes,
    attempts: computeAttempts(repo, attempts, owners),
    incidents,
    repositories: [computeRepository(catalogue)],
    pathKnowledge: computePathKnowledge({ ...catalogue, changes }),
    pullRequests: flow.pullRequests,
    reviews: flow.reviews,
    findings: [...found, ...flow.findings],
    ownership: ownershipSteps(repo, catalogue.services, owners, catalogue.owningTeam, directory),
    people: peopleOf(changes, snapshot),
  };
}

function flowOf(
  { repo, defaultBranch, flow, services, directory }: DomainSnapshot,
  { changes, changeDeployments, reverts, released, lines, owners }: Delivery,
  rules: DeriveRules,
  calendarOf: (timeZone: string) => WorkingCalendar,
): FlowFacts {
  return computePullRequestFacts({
    ...flow,
    repo,
    defaultBranch,
    changes,
    changeDeployments: changeDeployments.map(({ row }) => row),
    reverts: reverts.reverts,
    services,
    released,
    hasProduction: lines.some(({ environmentKind }) => environmentKind === 'production'),
    ownerOf: owners.ownerOf,
    directory,
    calendarOf,
    rules,
  });
}

/** Whose teams the facts depend on. */
function peopleOf(changes: readonly Change[], { flow }: DomainSnapshot): string[] {
  const people = new Set(changes.map(({ authorKey }) => authorKey));
  for (const { author_key } of flow.pullRequests) people.add(author_key);
  for (const { author_key } of flow.reviews) people.add(author_key);
  people.delete('');
  return [...people];
}
