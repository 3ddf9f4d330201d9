import type { DomainDeployment, DomainSnapshot } from '../domain-snapshot.ts';
import { attributor } from './attribution.ts';
import { recordFirstDeployments } from './awaiting.ts';
import { type ChangeDeployment, computeChangeDeployments } from './change-deployments.ts';
import { recordServices } from './change-services.ts';
import { type AuthorCounts, assignTeams } from './change-teams.ts';
import { type Change, computeChanges } from './change.ts';
import { findCherryPicks } from './cherry-picks.ts';
import type { DeriveRules } from './derive-rules.ts';
import { type ChosenDeployments, chooseEnvironments } from './environments.ts';
import { buildHistory, type History } from './history.ts';
import { buildReleaseLines, type ReleaseLine } from './release-line.ts';
import { type ResolvedReverts, resolveReverts } from './reverts.ts';
import { type ServiceOwners, serviceOwners } from './service-owners.ts';
import { countedDeployments } from './signals.ts';

/** What was changed, what was released, and which release brought which change. */
export interface Delivery {
  history: History;
  /** Of all signals those that count, in any environment. */
  counted: readonly DomainDeployment[];
  chosen: ChosenDeployments;
  lines: readonly ReleaseLine[];
  /** Services that have releases. */
  released: ReadonlySet<string>;
  owners: ServiceOwners;
  changes: readonly Change[];
  reverts: ResolvedReverts;
  changeDeployments: readonly ChangeDeployment[];
  authors: AuthorCounts;
}

export function computeDelivery(snapshot: DomainSnapshot, rules: DeriveRules): Delivery {
  const { repo, directory, services } = snapshot;
  const history = buildHistory(snapshot, rules.integrationBranches);
  const counted = countedDeployments(snapshot.deployments, rules.signals);
  const chosen = chooseEnvironments(counted);
  const lines = buildReleaseLines(chosen.deployments, history);
  const changes = computeChanges(repo, history);
  const picks = findCherryPicks(history);
  const reverts = resolveReverts(changes, history, picks);
  // A change that takes back several names the first; all of them count as evidence.
  for (const { revert, original } of reverts.reverts.toReversed()) {
    revert.row.reverts_change_id = original.row.change_id;
  }
  const released = new Set(lines.map(({ service }) => service));
  const owners = serviceOwners(services, directory);
  const attribute = attributor(released, services);
  const authors = assignTeams(changes, directory, (change) => attribute(change).services, owners);
  recordServices(changes, attribute, owners);
  const changeDeployments = computeChangeDeployments(changes, lines, attribute, picks, owners);
  recordFirstDeployments(changes, changeDeployments, lines, owners);
  return { history, counted, chosen, lines, released, owners, changes, reverts, changeDeployments, authors };
}
