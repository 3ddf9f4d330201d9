import type { Config } from '@bellwether/core';
import type {
  ChangeDeploymentRow,
  ChangeRow,
  CommitDeploymentRow,
  DeploymentOutcomeRow,
  FindingRow,
} from '@bellwether/warehouse';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { teamDirectory } from '../team-directory.ts';
import { type Attribution, attributor } from './attribution.ts';
import { authorTeam } from './author-team.ts';
import { computeChangeDeployments } from './change-deployments.ts';
import { type Change, computeChanges } from './change.ts';
import { findCherryPicks } from './cherry-picks.ts';
import { computeCommitDeployments } from './commit-deployments.ts';
import { deploymentFinder } from './deployment-names.ts';
import { chooseEnvironments } from './environments.ts';
import { computeFindings } from './findings.ts';
import { buildHistory } from './history.ts';
import { computeOutcomes } from './outcomes.ts';
import { buildReleaseLines } from './release-line.ts';
import { resolveReverts } from './reverts.ts';
import { countedDeployments } from './signals.ts';
import { findSilencedSignals } from './silenced-signals.ts';
import { hearTestimony } from './testimony.ts';

/** All facts of one repository. */
export interface Facts {
  changes: ChangeRow[];
  commitDeployments: CommitDeploymentRow[];
  changeDeployments: ChangeDeploymentRow[];
  outcomes: DeploymentOutcomeRow[];
  findings: FindingRow[];
  /** Person keys of those who made the changes: whose teams the facts depend on. */
  authors: string[];
}

/** The settings that decide facts; a change of them makes every repository's facts stale. */
export interface DeriveRules {
  hotfixBranches: readonly string[];
  integrationBranches: readonly string[];
  /** What announces a release, the most trusted first. */
  signals: Config['deployments']['signals'];
  incidentWindowHours: number;
}

export function deriveRules({
  failures,
  git,
  deployments,
  incidents,
}: Pick<Config, 'failures' | 'git' | 'deployments' | 'incidents'>): DeriveRules {
  return {
    hotfixBranches: failures.hotfixBranches,
    integrationBranches: git.integrationBranches,
    signals: deployments.signals,
    incidentWindowHours: incidents.windowHours,
  };
}

/** Pure: the same snapshot and rules give the same facts, in whatever order its rows come. */
export function computeFacts(snapshot: DomainSnapshot, rules: DeriveRules): Facts {
  const { repo } = snapshot;
  const history = buildHistory(snapshot, rules.integrationBranches);
  const counted = countedDeployments(snapshot.deployments, rules.signals);
  const { deployments, leftOut } = chooseEnvironments(counted);
  const lines = buildReleaseLines(deployments, history);
  const changes = computeChanges(repo, history);
  const picks = findCherryPicks(history);
  const reverts = resolveReverts(changes, history, picks);
  // A change that takes back several names the first; all of them count as evidence.
  for (const { revert, original } of reverts.reverts.toReversed()) {
    revert.row.reverts_change_id = original.row.change_id;
  }

  const attribute = attributor(new Set(lines.map(({ service }) => service)), snapshot.services);
  const ownerOf = assignTeams(changes, snapshot, attribute);
  const changeDeployments = computeChangeDeployments(changes, lines, attribute, picks);
  const testimony = hearTestimony({
    repo,
    lines,
    incidents: snapshot.incidents,
    overrides: snapshot.overrides,
    find: deploymentFinder(repo, snapshot.deployments, lines),
    windowHours: rules.incidentWindowHours,
  });
  const outcomes = computeOutcomes({
    repo,
    history,
    lines,
    changeDeployments,
    reverts,
    hotfixBranches: rules.hotfixBranches,
    ownerOf,
    testimony,
    hasIncidentSource: snapshot.hasIncidentSource,
  });
  return {
    changes: changes.map(({ row }) => row),
    commitDeployments: computeCommitDeployments(repo, history, lines),
    changeDeployments: changeDeployments.map(({ row }) => row),
    outcomes,
    findings: computeFindings({
      repo,
      history,
      lines,
      deployments,
      changeDeployments,
      unresolvedReverts: reverts.unresolved,
      testimony,
      silenced: findSilencedSignals(snapshot.deployments, counted, rules.signals),
      environmentsLeftOut: leftOut,
      outcomes,
      pullRequests: snapshot.pullRequests.filter(({ base_branch }) => base_branch === snapshot.defaultBranch),
    }),
    authors: [...new Set(changes.map(({ authorKey }) => authorKey))].filter((key) => key !== ''),
  };
}

/** Gives every change the team of its author. Returns who owns a service; '' for nobody. */
function assignTeams(
  changes: readonly Change[],
  snapshot: DomainSnapshot,
  attribute: (change: Change) => Attribution,
): (service: string) => string {
  const directory = teamDirectory(snapshot);
  const owners = new Map(
    snapshot.services.map(({ service, owner_team }) => [service, directory.ownerName(owner_team)]),
  );
  const ownerOf = (service: string): string => owners.get(service) ?? '';
  if (snapshot.memberships.length > 0) {
    for (const change of changes) {
      const touched = [...attribute(change).services].map(ownerOf);
      change.row.team = authorTeam(change, directory, new Set(touched));
    }
  }
  return ownerOf;
}
