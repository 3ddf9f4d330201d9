import type { PullRequest, Repository, TimelineItem } from '../world/model.ts';
import { personOf, repoOf, reviewerOf, teamOf, type View } from './view.ts';

type Row = Record<string, unknown>;

/** GitHub lists no more commits of a pull request than this. */
const MOST_COMMITS = 250;

const eventKinds: Readonly<Record<TimelineItem['typename'], string>> = {
  ReadyForReviewEvent: 'ready',
  ConvertToDraftEvent: 'draft',
  ReviewRequestedEvent: 'review_requested',
  ReviewRequestRemovedEvent: 'review_request_removed',
  ReviewDismissedEvent: 'review_dismissed',
  AddedToMergeQueueEvent: 'queued',
  RemovedFromMergeQueueEvent: 'dequeued',
  AutoMergeEnabledEvent: 'auto_merge_enabled',
  HeadRefForcePushedEvent: 'force_pushed',
  MergedEvent: 'merged',
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
  LabeledEvent: 'labeled',
};

export function expectedPullRequests(view: View, repository: Repository): Row[] {
  return [...repository.pullRequests.values()].map((pull) => {
    const author = personOf(view, pull.authorId);
    const listed = pull.commitShas.slice(0, MOST_COMMITS);
    const commits = listed.map((sha) => repository.commits.get(sha)!);
    return {
      repo: repoOf(view, repository),
      number: pull.number,
      node_id: pull.id,
      title: pull.title,
      state: pull.state.toLowerCase(),
      is_draft: pull.isDraft,
      author_key: author.key,
      author_is_bot: author.isBot,
      base_branch: pull.baseBranch,
      head_branch: pull.headBranch,
      head_sha: pull.headSha,
      is_from_fork: pull.isCrossRepository,
      created_at: pull.createdAt,
      ready_at: readyAt(pull),
      merged_at: pull.mergedAt,
      closed_at: pull.closedAt,
      updated_at: pull.updatedAt,
      merge_commit_sha: pull.mergeCommitSha,
      merged_by_key: personOf(view, pull.mergedById).key,
      is_in_merge_queue: pull.isInMergeQueue,
      additions: sum(pull.files.map(({ additions }) => additions)),
      deletions: sum(pull.files.map(({ deletions }) => deletions)),
      changed_file_count: pull.files.length,
      commit_count: pull.commitShas.length,
      review_count: pull.reviews.length,
      event_count: pull.timeline.length,
      commit_shas: listed,
      commit_authored_at: commits.map(({ authoredAt }) => authoredAt),
      commit_author_keys: commits.map(({ authorId }) => commitAuthorKey(view, authorId)),
      file_paths: pull.files.map(({ path }) => path),
      file_additions: pull.files.map(({ additions }) => additions),
      file_deletions: pull.files.map(({ deletions }) => deletions),
      labels: pull.labels,
      reverts_number: revertedNumber(pull.headBranch),
    };
  });
}

export function expectedReviews(view: View, repository: Repository): Row[] {
  return eachPull(view, repository, (pull, place) =>
    pull.reviews.flatMap((review) => {
      if (review.state === 'PENDING' || review.submittedAt === null) return [];
      const author = personOf(view, review.authorId);
      return [
        {
          ...place,
          review_id: review.id,
          author_key: author.key,
          author_is_bot: author.isBot,
          state: review.state.toLowerCase(),
          submitted_at: review.submittedAt,
          commit_sha: review.commitSha,
          comment_count: review.commentCount,
          has_body: review.body !== '',
        },
      ];
    }),
  );
}

export function expectedEvents(view: View, repository: Repository): Row[] {
  return eachPull(view, repository, (pull, place) =>
    pull.timeline.map((item) => {
      const actor = personOf(view, item.actorId);
      return {
        ...place,
        event_id: item.id,
        kind: eventKinds[item.typename],
        at: item.createdAt,
        actor_key: actor.key,
        actor_is_bot: actor.isBot,
        subject: subjectOf(view, item),
        before_sha: item.beforeSha ?? null,
        after_sha: item.afterSha ?? null,
      };
    }),
  );
}

/** A reviewer whose account is gone has no key, and so no row. */
export function expectedReviewRequests(view: View, repository: Repository): Row[] {
  return eachPull(view, repository, (pull, place) => {
    const requests = new Map<
      string,
      Row & { first: number | null; last: number | null; removed: number | null }
    >();
    const of = (reviewer: { kind: 'user' | 'team'; id: string }) => {
      const key = reviewerOf(view, reviewer);
      const found = requests.get(key) ?? {
        reviewer: key,
        is_team: reviewer.kind === 'team',
        first: null,
        last: null,
        removed: null,
        is_open: false,
      };
      if (key !== '') requests.set(key, found);
      return found;
    };
    for (const item of [...pull.timeline].sort((a, b) => a.createdAt - b.createdAt)) {
      if (item.reviewer === undefined) continue;
      const request = of(item.reviewer);
      if (item.typename === 'ReviewRequestedEvent') {
        request.first ??= item.createdAt;
        request.last = item.createdAt;
      }
      if (item.typename === 'ReviewRequestRemovedEvent') request.removed = item.createdAt;
    }
    for (const { reviewer } of pull.reviewRequests) of(reviewer)['is_open'] = true;
    return [...requests.values()].map(({ first, last, removed, ...request }) => ({
      ...place,
      ...request,
      first_requested_at: first,
      last_requested_at: last,
      removed_at: removed,
    }));
  });
}

function eachPull(
  view: View,
  repository: Repository,
  rows: (pull: PullRequest, place: { repo: string; number: number }) => Row[],
): Row[] {
  const repo = repoOf(view, repository);
  return [...repository.pullRequests.values()].flatMap((pull) => rows(pull, { repo, number: pull.number }));
}

/** GitHub's `GitActor.user` is a user: of a bot's commits it says nothing. */
function commitAuthorKey(view: View, authorId: string | null): string {
  const type = authorId === null ? undefined : view.world.users.get(authorId)?.type;
  return type === 'Bot' ? '' : personOf(view, authorId).key;
}

/** Whether it began as a draft is told by the first thing that happened to its being one. */
function readyAt(pull: PullRequest): number | null {
  const turns = pull.timeline
    .filter(({ typename }) => typename === 'ReadyForReviewEvent' || typename === 'ConvertToDraftEvent')
    .sort((a, b) => a.createdAt - b.createdAt);
  const first = turns[0];
  if (first === undefined) return pull.isDraft ? null : pull.createdAt;
  return first.typename === 'ReadyForReviewEvent' ? first.createdAt : pull.createdAt;
}

function subjectOf(view: View, item: TimelineItem): string {
  if (item.reviewer !== undefined) {
    return item.reviewer.kind === 'team'
      ? `team:${teamOf(view, item.reviewer.id)}`
      : personOf(view, item.reviewer.id).key;
  }
  return item.label ?? item.reason ?? '';
}

function revertedNumber(branch: string): number | null {
  if (!branch.startsWith('revert-')) return null;
  const digits = branch.split('-')[1] ?? '';
  return /^[0-9]+$/.test(digits) ? Number(digits) : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
