import { pullRequestEvents, reviewRequests, reviews } from '@bellwether/warehouse';
import type { MappedPullRequest } from './mapper.ts';
import type { ListName } from './overflow.ts';

/** The tables of what hangs on a pull request, each with the column that tells the rows of one apart. */
export const childTables = {
  reviews: { table: reviews, key: 'review_id' },
  reviewRequests: { table: reviewRequests, key: 'reviewer' },
  events: { table: pullRequestEvents, key: 'event_id' },
} as const;

export type ChildName = keyof typeof childTables;

export const childNames = Object.keys(childTables) as ChildName[];

/** Keys of the children of one pull request. */
export type ChildKeys = Readonly<Record<ChildName, readonly string[]>>;

export function childKeys({ reviews, reviewRequests, events }: MappedPullRequest): ChildKeys {
  return {
    reviews: reviews.map((row) => row.review_id),
    reviewRequests: reviewRequests.map((row) => row.reviewer),
    events: events.map((row) => row.event_id),
  };
}

/** The lists that each is made of: where one was cut, nobody can tell what is gone. */
const madeOf: Readonly<Record<ChildName, readonly ListName[]>> = {
  reviews: ['reviews'],
  reviewRequests: ['review requests', 'events'],
  events: ['events'],
};

/** Whether all children of a kind were read. */
export function isWhole(name: ChildName, cut: readonly string[]): boolean {
  return !madeOf[name].some((list) => cut.includes(list));
}
