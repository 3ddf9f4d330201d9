import type { ChangeDeploymentRow, ChangeRow } from '@bellwether/warehouse';
import { formatAmount, formatDuration } from '../terminal/format.ts';
import { instantText } from './instant-text.ts';
import { shownEnvironment, shownService } from './shown-service.ts';

const attributionTexts: Record<ChangeDeploymentRow['attribution'], string> = {
  'only-service': 'the repository has only this service',
  paths: 'its files match the path globs of the service',
  'first-deployment':
    'which services it touched is not known, so the first release that carried it stands for all of them',
};

const gapTexts: Record<Exclude<ChangeDeploymentRow['lead_time_gap'], ''>, string> = {
  baseline: 'it was carried by the first release that is known, so when it really got there is unknown',
  'unknown-start': 'none of its dates can be believed',
  negative: 'by the recorded dates it was released before the work began',
};

/** One change in words: what belongs to it, where its clock starts, and which release stopped it. */
export function describeChange(change: ChangeRow, deployments: readonly ChangeDeploymentRow[]): string[] {
  const kind = change.kind === 'pull_request' ? 'A merged pull request' : 'A commit on the default branch';
  return [
    `${change.change_id}: ${change.title}`,
    '',
    `${kind}${change.is_bot ? ', by a bot: left out of the figures unless bots are asked for' : ''}.`,
    `It has ${formatAmount(change.commit_shas.length, 'commit', 'commits')}, and reached the default branch with ${change.merge_sha.slice(0, 12)}.`,
    `First commit authored: ${instantText(change.first_authored_at)}.`,
    `Merged: ${instantText(change.merged_at)}.`,
    startText(change),
    ...(change.reverts_change_id === null ? [] : [`It takes back ${change.reverts_change_id}.`]),
    '',
    ...(deployments.length === 0
      ? ['No release carries it yet: it has no lead time, and counts in changes_awaiting_deployment.']
      : deployments.flatMap((row) => describeDeployment(change, row))),
  ];
}

function startText({ starts_at }: ChangeRow): string {
  return starts_at === 'merge'
    ? 'Its clock starts at the merge: a squash hides when the work began.'
    : 'Its clock starts with its first commit.';
}

function describeDeployment(change: ChangeRow, row: ChangeDeploymentRow): string[] {
  const start = change.starts_at === 'merge' ? change.merged_at : change.first_authored_at;
  const leadTime =
    row.lead_time_gap === '' && row.lead_time_seconds !== null
      ? `Lead time: ${instantText(start)} → ${instantText(row.deployed_at)} = ${String(row.lead_time_seconds)} s (${formatDuration(row.lead_time_seconds)}).`
      : `Lead time: none, because ${row.lead_time_gap === '' ? 'it was not computed' : gapTexts[row.lead_time_gap]}.`;
  return [
    `${shownService(row)} in ${shownEnvironment(row)}: first carried by ${row.deployment_id}, ${instantText(row.deployed_at)}.`,
    `  Attributed because ${attributionTexts[row.attribution]}.`,
    `  ${leadTime}`,
    ...(row.is_deployed_before_merge ? ['  It was released before it was merged.'] : []),
    ...(row.is_primary ? ['  This row stands for the change in figures of the whole repository.'] : []),
  ];
}
