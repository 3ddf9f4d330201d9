import type { Instant } from '@bellwether/core';
import type { PullRequestFactRow } from '@bellwether/warehouse';
import { shownServices, UNATTRIBUTED } from '../compute/service-owners.ts';
import type { FlowContext } from './flow-context.ts';
import type { FlowChange } from './flow-input.ts';
import type { FlowEvent, FlowPullRequest, FlowReview } from './read-flow.ts';
import { requestBook, type RequestBook } from './review-requests.ts';
import { reviewsByOthers } from './review-turns.ts';

/** A pull request with what belongs to it. */
export interface Subject {
  pullRequest: FlowPullRequest;
  changeId: string;
  change: FlowChange | undefined;
  /** In order of time. */
  events: readonly FlowEvent[];
  /** How many reviews are stored, whoever gave them. */
  storedReviews: number;
  /** By people other than the author, after its end too; in order of time. */
  reviews: readonly FlowReview[];
  requests: RequestBook;
  /** For which instant the teams are chosen: when it was merged, as for changes, else when it was opened. */
  teamAt: Instant;
  /** The author's true team, '' where nobody knows. Never shown as it is. */
  authorTeam: string;
  /** The teams that own the services that it belongs to. */
  owners: ReadonlySet<string>;
  /** The services as they may be shown. */
  shown: Pick<PullRequestFactRow, 'service' | 'services'>;
}

export function subjectOf(pullRequest: FlowPullRequest, context: FlowContext): Subject {
  const { repo, directory, ownerOf } = context.input;
  const { number, author_key, changed_file_count, file_paths } = pullRequest;
  // A number in the subject of a commit may mean a pull request that was closed and put there by hand.
  const change = pullRequest.merged_at === null ? undefined : context.changeOf(number);
  const files = { paths: file_paths, isPathListCut: changed_file_count > file_paths.length };
  const services = context.servicesOf(change === undefined || change.paths === null ? files : change);
  const teamAt = pullRequest.merged_at ?? pullRequest.created_at;
  const owners = new Set((services ?? []).map(ownerOf).filter((team) => team !== ''));
  const stored = context.reviewsOf(number);
  const events = context.eventsOf(number);
  return {
    pullRequest,
    changeId: `${repo}#${String(number)}`,
    change,
    events,
    storedReviews: stored.length,
    reviews: reviewsByOthers(pullRequest, stored),
    requests: requestBook(context.requestsOf(number), events),
    teamAt,
    authorTeam: author_key === '' ? '' : directory.teamOf(author_key, teamAt, owners),
    owners,
    shown:
      services === null
        ? { service: UNATTRIBUTED, services: [] }
        : shownServices(services, (service) => directory.isWithheld(ownerOf(service), teamAt)),
  };
}
