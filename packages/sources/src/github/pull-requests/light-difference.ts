import type { PullRequestRow } from '@bellwether/warehouse';
import type { LightPullRequest } from '../discovery/api-schema.ts';

/** What a light reading of a pull request is held against. */
export const lightColumns = [
  'repo',
  'number',
  'node_id',
  'state',
  'is_draft',
  'updated_at',
  'head_sha',
  'commit_count',
  'review_count',
  'event_count',
  'comment_count',
  'labels',
] as const;

export type StoredPullRequest = Pick<PullRequestRow, (typeof lightColumns)[number]>;

/** Whether a pull request is no longer what is stored of it, as far as its counts tell. */
export function hasChanged(stored: StoredPullRequest, light: LightPullRequest): boolean {
  return (
    stored.state !== light.state.toLowerCase() ||
    stored.is_draft !== light.isDraft ||
    stored.updated_at !== Date.parse(light.updatedAt) ||
    stored.head_sha !== light.headRefOid ||
    stored.commit_count !== light.commits.totalCount ||
    stored.review_count !== (light.reviews?.totalCount ?? 0) ||
    stored.event_count !== light.timelineItems.totalCount ||
    stored.comment_count !== (light.totalCommentsCount ?? 0) ||
    stored.labels.length !== (light.labels?.totalCount ?? 0)
  );
}
