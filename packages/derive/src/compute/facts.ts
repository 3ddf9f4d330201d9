import type { Config } from '@bellwether/core';
import type {
  ChangeDeploymentRow,
  ChangeRow,
  CommitDeploymentRow,
  DeploymentOutcomeRow,
  FindingRow,
} from '@bellwether/warehouse';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { attributor } from './attribution.ts';
import { computeChangeDeployments } from './change-deployments.ts';
import { computeChanges } from './change.ts';
import { findCherryPicks } from './cherry-picks.ts';
import { computeCommitDeployments } from './commit-deployments.ts';
import { computeFindings } from './findings.ts';
import { buildHistory } from './history.ts';
import { computeOutcomes } from './outcomes.ts';
import { buildReleaseLines } from './release-line.ts';
import { resolveReverts } from './reverts.ts';

/** All facts of one repository. */
export interface Facts {
  changes: ChangeRow[];
  commitDeployments: CommitDeploymentRow[];
  changeDeployments: ChangeDeploymentRow[];
  outcomes: DeploymentOutcomeRow[];
  findings: FindingRow[];
}

/** The settings that decide facts; a change of them makes every repository's facts stale. */
export interface DeriveRules {
  hotfixBranches: readonly string[];
  integrationBranches: readonly string[];
}

export function deriveRules({ failures, git }: Pick<Config, 'failures' | 'git'>): DeriveRules {
  return { hotfixBranches: failures.hotfixBranches, integrationBranches: git.integrationBranches };
}

/** Pure: the same snapshot and rules give the same facts, in whatever order its rows come. */
export function computeFacts(snapshot: DomainSnapshot, rules: DeriveRules): Facts {
  const { repo, services } = snapshot;
  const history = buildHistory(snapshot, rules.integrationBranches);
  const lines = buildReleaseLines(snapshot.deployments, history);
  const changes = computeChanges(repo, history);
  const picks = findCherryPicks(history);
  const reverts = resolveReverts(changes, history, picks);
  // A change that takes back several names the first; all of them count as evidence.
  for (const { revert, original } of reverts.reverts.toReversed()) {
    revert.row.reverts_change_id = original.row.change_id;
  }

  const attribute = attributor(new Set(lines.map(({ service }) => service)), services);
  const changeDeployments = computeChangeDeployments(changes, lines, attribute, picks);
  const owners = new Map(services.map(({ service, owner_team }) => [service, owner_team]));
  return {
    changes: changes.map(({ row }) => row),
    commitDeployments: computeCommitDeployments(repo, history, lines),
    changeDeployments: changeDeployments.map(({ row }) => row),
    outcomes: computeOutcomes({
      repo,
      history,
      lines,
      changeDeployments,
      reverts,
      hotfixBranches: rules.hotfixBranches,
      ownerOf: (service) => owners.get(service) ?? '',
    }),
    findings: computeFindings({
      repo,
      history,
      lines,
      deployments: snapshot.deployments,
      changeDeployments,
      unresolvedReverts: reverts.unresolved,
    }),
  };
}
