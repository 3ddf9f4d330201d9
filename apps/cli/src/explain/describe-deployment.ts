import type {
  ChangeDeploymentRow,
  DeploymentOutcomeRow,
  IncidentFactRow,
  OverrideRow,
} from '@bellwether/warehouse';
import { formatAmount, formatDuration } from '../terminal/format.ts';
import { instantText } from './instant-text.ts';
import { shownEnvironment, shownService } from './shown-service.ts';

const CHANGES_SHOWN = 20;

const evidenceTexts: Record<Exclude<DeploymentOutcomeRow['evidence'], ''>, string> = {
  override: 'a person ruled so',
  incident: 'an incident names it, or a person ruled that it caused one',
  rollback: 'an older revision was deployed again after it',
  revert: 'a later release carried the revert of a change that it had been the first to carry',
  hotfix: 'a later release that was built on it came from a hotfix branch',
  'incident-window': 'an incident that names no deployment was opened soon after it',
};

/** One deployment in words: what it brought, whether it failed and why we think so. */
export function describeDeployment(
  outcome: DeploymentOutcomeRow,
  brought: readonly ChangeDeploymentRow[],
  rulings: readonly OverrideRow[] = [],
  incidents: readonly Pick<IncidentFactRow, 'incident_id' | 'severity' | 'opened_at'>[] = [],
): string[] {
  const dateNote = outcome.finished_at_is_exact
    ? ''
    : ' (the date of its commit: the tag carries none of its own)';
  return [
    `${outcome.deployment_id}: ${shownService(outcome)} to ${shownEnvironment(outcome)}, ${instantText(outcome.finished_at)}${dateNote}.`,
    '',
    knownBy(outcome),
    ...(outcome.is_baseline
      ? ['It is a baseline: nothing before it is known, so what it carried has no lead time.']
      : [`It was the first to carry ${formatAmount(outcome.change_count, 'change', 'changes')}.`]),
    ...failureText(outcome),
    ...rulings.map(rulingText),
    ...(outcome.team === '' ? [] : [`Owned by ${outcome.team}.`]),
    ...(incidents.length === 0 ? [] : ['Incidents that are held against it:']),
    ...incidents.map(
      ({ incident_id, severity, opened_at }) =>
        `  ${incident_id}  ${instantText(opened_at)}${severity === '' ? '' : `  ${severity}`}`,
    ),
    ...(outcome.is_undone ? ['A rollback took it out of production again.'] : []),
    ...(outcome.is_rework
      ? ['It is rework: it repaired an earlier release, or was unplanned and followed a failure.']
      : []),
    ...(brought.length === 0 || outcome.is_baseline ? [] : ['', 'Changes that it brought:']),
    ...(outcome.is_baseline ? [] : brought.slice(0, CHANGES_SHOWN).map(changeLine)),
    ...(brought.length > CHANGES_SHOWN && !outcome.is_baseline
      ? [`  and ${String(brought.length - CHANGES_SHOWN)} more`]
      : []),
  ];
}

/** Some signals have no ref, and what was imported need not name a revision. */
function knownBy({ signal, ref, sha }: DeploymentOutcomeRow): string {
  const revision = sha === '' ? 'its revision is not known' : `at revision ${sha.slice(0, 12)}`;
  return `It is known by its ${signal.replaceAll('_', ' ')}${ref === '' ? '' : ` ${ref}`}, ${revision}.`;
}

function failureText(outcome: DeploymentOutcomeRow): string[] {
  if (!outcome.is_failure || outcome.evidence === '') {
    return [
      outcome.evidence === 'override' ? 'A person ruled that it did not fail.' : noFailureText(outcome),
    ];
  }
  const incident = outcome.incident_id === null ? '' : `, ${outcome.incident_id}`;
  return [
    `It failed: ${evidenceTexts[outcome.evidence]}${incident} (confidence: ${outcome.confidence}).`,
    recoveryText(outcome),
  ];
}

function noFailureText({ failure_basis }: DeploymentOutcomeRow): string {
  switch (failure_basis) {
    case 'none':
      return 'Whether it failed is unknown: no incident is known, and nothing of this repository was ever rolled back or reverted there.';
    case 'incidents':
      return 'Nothing says that it failed: no incident, no rollback, no revert and no hotfix.';
    case 'reverts-and-rollbacks':
      return 'Nothing says that it failed. Without incidents, only rollbacks, reverts and hotfixes could.';
  }
}

function recoveryText({ failed_at, recovered_at, recovered_by }: DeploymentOutcomeRow): string {
  if (failed_at === null || recovered_at === null) {
    return 'It has not recovered yet, as far as anybody knows.';
  }
  const by = recovered_by === null ? 'when the incident was resolved' : `with ${recovered_by}`;
  const duration =
    recovered_at < failed_at
      ? 'dated before the failure, so it has no time'
      : `after ${formatDuration((recovered_at - failed_at) / 1000)}`;
  return `It failed from ${instantText(failed_at)} on. It recovered ${by}, ${instantText(recovered_at)}: ${duration}.`;
}

export function rulingText({ kind, ruling, reason, entity, ruled_at }: OverrideRow): string {
  const cause = ruling === '' ? 'no deployment caused it' : `${ruling} caused it`;
  const what =
    kind === 'failure' ? (ruling === 'yes' ? 'a failure' : 'no failure') : `of ${entity}: ${cause}`;
  return `Ruled on ${instantText(ruled_at)}: ${what}. Reason: ${reason === '' ? 'none was given' : reason}`;
}

function changeLine(row: ChangeDeploymentRow): string {
  const leadTime = row.lead_time_seconds === null ? 'no lead time' : formatDuration(row.lead_time_seconds);
  return `  ${row.change_id}  ${leadTime}${row.is_bot ? '  (bot)' : ''}`;
}
