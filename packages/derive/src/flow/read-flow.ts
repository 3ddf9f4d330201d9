import {
  type PullRequestEventRow,
  pullRequestEvents,
  type PullRequestRow,
  pullRequests,
  type ReviewRequestRow,
  reviewRequests,
  type ReviewRow,
  reviews,
  type Warehouse,
} from '@bellwether/warehouse';
import { rowsBy } from './rows-by.ts';

const pullRequestColumns = [
  'repo',
  'number',
  'title',
  'state',
  'is_draft',
  'author_key',
  'author_is_bot',
  'base_branch',
  'head_branch',
  'is_from_fork',
  'created_at',
  'ready_at',
  'merged_at',
  'closed_at',
  'merge_commit_sha',
  'additions',
  'deletions',
  'changed_file_count',
  'commit_count',
  'review_count',
  'commit_shas',
  'commit_authored_at',
  'file_paths',
  'file_additions',
  'file_deletions',
  'labels',
  'reverts_number',
] as const;

const reviewColumns = [
  'repo',
  'number',
  'review_id',
  'author_key',
  'author_is_bot',
  'state',
  'submitted_at',
  'comment_count',
  'has_body',
] as const;

const requestColumns = [
  'repo',
  'number',
  'reviewer',
  'first_requested_at',
  'last_requested_at',
  'removed_at',
] as const;

const eventColumns = ['repo', 'number', 'kind', 'at', 'subject'] as const;

/** The kinds of events that flow looks at; labels and the like are most of the others. */
const eventKinds: readonly PullRequestEventRow['kind'][] = [
  'ready',
  'draft',
  'review_requested',
  'review_request_removed',
  'queued',
  'dequeued',
  'force_pushed',
];

export type FlowPullRequest = Pick<PullRequestRow, (typeof pullRequestColumns)[number]>;
export type FlowReview = Pick<ReviewRow, (typeof reviewColumns)[number]>;
export type FlowRequest = Pick<ReviewRequestRow, (typeof requestColumns)[number]>;
export type FlowEvent = Pick<PullRequestEventRow, (typeof eventColumns)[number]>;

/** What is stored of the pull requests of one repository; every list in no particular order. */
export interface FlowRows {
  /** In every state, whatever branch they go into. */
  pullRequests: readonly FlowPullRequest[];
  reviews: readonly FlowReview[];
  requests: readonly FlowRequest[];
  events: readonly FlowEvent[];
}

/** Reads several repositories with one query per table. Each that was asked for is in the answer. */
export async function readFlow(
  warehouse: Warehouse,
  repos: readonly string[],
): Promise<Map<string, FlowRows>> {
  const ofRepos = { sql: 'repo IN {repos:Array(String)}', params: { repos } };
  const [pullRequestRows, reviewRows, requestRows, eventRows] = await Promise.all([
    warehouse.readRows(pullRequests, pullRequestColumns, ofRepos),
    warehouse.readRows(reviews, reviewColumns, ofRepos),
    warehouse.readRows(reviewRequests, requestColumns, ofRepos),
    warehouse.readRows(pullRequestEvents, eventColumns, {
      sql: `${ofRepos.sql} AND kind IN {kinds:Array(String)}`,
      params: { repos, kinds: eventKinds },
    }),
  ]);
  const byRepo = {
    pullRequests: rowsBy(pullRequestRows, ({ repo }) => repo),
    reviews: rowsBy(reviewRows, ({ repo }) => repo),
    requests: rowsBy(requestRows, ({ repo }) => repo),
    events: rowsBy(eventRows, ({ repo }) => repo),
  };
  return new Map(
    repos.map((repo) => [
      repo,
      {
        pullRequests: byRepo.pullRequests.get(repo) ?? [],
        reviews: byRepo.reviews.get(repo) ?? [],
        requests: byRepo.requests.get(repo) ?? [],
        events: byRepo.events.get(repo) ?? [],
      },
    ]),
  );
}
