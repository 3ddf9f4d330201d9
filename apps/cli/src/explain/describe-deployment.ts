import type { ChangeDeploymentRow, DeploymentOutcomeRow } from '@bellwether/warehouse';
import { formatAmount, formatDuration } from '../terminal/format.ts';
import { instantText } from './instant-text.ts';

const CHANGES_SHOWN = 20;

const evidenceTexts: Record<Exclude<DeploymentOutcomeRow['evidence'], ''>, string> = {
  rollback: 'an older revision was deployed again after it',
  revert: 'a later release carried the revert of a change that it had been the first to carry',
  hotfix: 'a later release that was built on it came from a hotfix branch',
};

/** One deployment in words: what it brought, whether it failed and why we think so. */
export function describeDeployment(
  outcome: DeploymentOutcomeRow,
  brought: readonly ChangeDeploymentRow[],
): string[] {
  const dateNote = outcome.finished_at_is_exact
    ? ''
    : ' (the date of its commit: the tag carries none of its own)';
  return [
    `${outcome.deployment_id}: ${outcome.service} to ${outcome.environment}, ${instantText(outcome.finished_at)}${dateNote}.`,
    '',
    `It is known by its ${outcome.signal} ${outcome.ref}, at revision ${outcome.sha.slice(0, 12)}.`,
    ...(outcome.is_baseline
      ? ['It is a baseline: nothing before it is known, so what it carried has no lead time.']
      : [`It was the first to carry ${formatAmount(outcome.change_count, 'change', 'changes')}.`]),
    ...failureText(outcome),
    ...(outcome.is_undone ? ['A rollback took it out of production again.'] : []),
    ...(outcome.is_rework ? ['It is rework: it repaired an earlier release.'] : []),
    ...(brought.length === 0 || outcome.is_baseline ? [] : ['', 'Changes that it brought:']),
    ...(outcome.is_baseline ? [] : brought.slice(0, CHANGES_SHOWN).map(changeLine)),
    ...(brought.length > CHANGES_SHOWN && !outcome.is_baseline
      ? [`  and ${String(brought.length - CHANGES_SHOWN)} more`]
      : []),
  ];
}

function failureText(outcome: DeploymentOutcomeRow): string[] {
  if (!outcome.is_failure || outcome.evidence === '') {
    return [
      outcome.failure_basis === 'none'
        ? 'Whether it failed is unknown: there are no incidents, and nothing of this service was ever rolled back or reverted.'
        : 'Nothing says that it failed. Without incidents, only rollbacks, reverts and hotfixes could.',
    ];
  }
  const recovery =
    outcome.recovered_at === null || outcome.failed_at === null
      ? 'It has not recovered yet.'
      : `It recovered with ${outcome.recovered_by ?? 'an intervention'}, ${instantText(outcome.recovered_at)}: after ${formatDuration((outcome.recovered_at - outcome.failed_at) / 1000)}.`;
  return [`It failed: ${evidenceTexts[outcome.evidence]} (confidence: ${outcome.confidence}).`, recovery];
}

function changeLine(row: ChangeDeploymentRow): string {
  const leadTime = row.lead_time_seconds === null ? 'no lead time' : formatDuration(row.lead_time_seconds);
  return `  ${row.change_id}  ${leadTime}${row.is_bot ? '  (bot)' : ''}`;
}
