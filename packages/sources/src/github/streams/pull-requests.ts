import {
  identities,
  people,
  pullRequestEvents,
  pullRequests,
  records,
  reviewRequests,
  reviews,
  truncations,
} from '@bellwether/warehouse';
import { defineStream } from '../../source.ts';
import { isCurrent, PullRequestCursor } from '../pull-requests/cursor.ts';
import { readPullRequests } from '../pull-requests/read-pull-requests.ts';
import { STREAM } from '../pull-requests/reading.ts';
import { replayPullRequests } from '../pull-requests/replay.ts';
import type { GitHubSession } from '../session.ts';

/**
 * Pull requests with their reviews, review requests, commits, files and timeline.
 *
 * GitHub cannot be asked for what changed since, only for pull requests in the order of their last change. The first
 * reading follows it upwards, where nothing can be missed and any page is a place to go on from; later ones follow it
 * downwards to what they know. What changes without its time of change, discovery finds (`hint.changedPullRequests`);
 * what is gone shows in the count.
 */
export const pullRequestStream = defineStream<GitHubSession, PullRequestCursor>({
  name: STREAM,
  tables: [
    identities,
    people,
    pullRequests,
    reviews,
    reviewRequests,
    pullRequestEvents,
    records,
    truncations,
  ],
  replaces: [],
  unit: 'pull requests',
  cursor: PullRequestCursor,
  isCurrent: ({ cursor, session, clock }) =>
    isCurrent(cursor, session.hint, { since: session.target.since, now: clock.now() }),
  read: readPullRequests,
  replay: replayPullRequests,
});
