import type { PullRequestFactRow } from '@bellwether/warehouse';
import { at } from '../rows.ts';

/**
 * A person's pull request to the default branch of the service `shop`, ready from the beginning. Its state follows
 * from `merged_at` and `ended_at`, and what nobody says did not happen: no review, no queue, no deployment.
 */
export function pullRequest(
  row: Partial<PullRequestFactRow> & Pick<PullRequestFactRow, 'number'>,
): PullRequestFactRow {
  const { repo = 'host/owner/shop', service = 'shop', created_at = at('2024-03-04') } = row;
  const merged_at = row.merged_at ?? null;
  const ended_at = row.ended_at ?? merged_at;
  const state = row.state ?? (merged_at !== null ? 'merged' : ended_at !== null ? 'closed' : 'open');
  return {
    ...untouched,
    repo,
    change_id: `${repo}#${String(row.number)}`,
    state,
    service,
    services: service === '' || service === '(unattributed)' ? [] : [service],
    created_at,
    first_commit_at: created_at,
    ready_at: created_at,
    cycle_gap: state !== 'merged' ? 'not-merged' : row.deployed_at == null ? 'not-deployed' : '',
    first_review_gap:
      row.first_review_seconds != null ? '' : state === 'open' ? 'not-yet-reviewed' : 'no-review',
    queue_gap: row.queue_seconds == null ? 'not-queued' : '',
    size_gap: row.effective_lines == null ? 'files-unknown' : '',
    review_gap: state === 'merged' ? '' : 'not-merged',
    ...row,
    merged_at,
    ended_at,
  };
}

const untouched = {
  is_to_default_branch: true,
  is_bot: false,
  team: '',
  team_group: '',
  is_draft: false,
  first_review_at: null,
  approved_at: null,
  deployed_at: null,
  deployment_id: '',
  is_deployed_before_merge: false,
  starts_at: 'first_commit',
  coding_seconds: null,
  coding_business_seconds: null,
  pickup_seconds: null,
  pickup_business_seconds: null,
  review_seconds: null,
  review_business_seconds: null,
  merge_wait_seconds: null,
  merge_wait_business_seconds: null,
  deploy_seconds: null,
  deploy_business_seconds: null,
  cycle_seconds: null,
  cycle_business_seconds: null,
  first_review_seconds: null,
  first_review_business_seconds: null,
  draft_seconds: 0,
  queue_seconds: null,
  review_rounds: 0,
  review_count: 0,
  reviewer_count: 0,
  approval_count: 0,
  review_comment_count: 0,
  additions: 0,
  deletions: 0,
  effective_lines: null,
  is_revert: false,
  reverted_at: null,
  is_self_merged: null,
  is_silently_approved: null,
  is_cross_team_reviewed: null,
} as const satisfies Partial<PullRequestFactRow>;
