import type { Issue, Repository } from '../../../world/model.ts';
import { formatOptionalTime, formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList, pageOfOrdered } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { notSimulated } from '../errors.ts';
import { repositoryUrl } from '../links.ts';
import { byDatabaseId, orderedView } from '../ordered-view.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { IssueSource } from '../sources.ts';
import { actorOf } from './actor.ts';
import { type LabelArguments, pageOfLabels } from './label.ts';

const filters = ['since', 'labels', 'states'];

export interface IssueArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
  readonly labels?: readonly string[] | null;
  readonly states?: readonly Issue['state'][] | null;
  readonly filterBy?: {
    readonly since?: string | null;
    readonly labels?: readonly string[] | null;
    readonly states?: readonly Issue['state'][] | null;
    readonly viewerSubscribed?: boolean;
  } | null;
}

export function pageOfIssues(repository: Repository, args: IssueArguments): Connection {
  const { orderBy, filterBy } = args;
  refuseArguments('Repository.issues', args, [...pageArguments, 'orderBy', 'labels', 'states', 'filterBy']);
  // The schema fills in `viewerSubscribed: false` by itself.
  const { viewerSubscribed, ...filter } = filterBy ?? {};
  refuseArguments(
    'Repository.issues(filterBy)',
    { ...filter, subscribed: viewerSubscribed === true ? true : null },
    filters,
  );
  if (orderBy?.field === 'COMMENTS') throw notSimulated('Repository.issues(orderBy: {field: COMMENTS})');
  const byUpdate = orderBy?.field === 'UPDATED_AT';
  const labels = filterBy?.labels ?? args.labels;
  const states = filterBy?.states ?? args.states;
  const since = filterBy?.since == null ? -Infinity : Date.parse(filterBy.since);
  const view = orderedView(
    repository.issues,
    byUpdate ? 'UPDATED_AT' : 'CREATED_AT',
    (issue) => (byUpdate ? issue.updatedAt : issue.createdAt),
    byDatabaseId,
  );
  return pageOfOrdered(view, args, {
    isDescending: orderBy?.direction === 'DESC',
    accepts: (issue) =>
      issue.updatedAt >= since &&
      (labels == null || labels.some((label) => hasLabel(issue, label))) &&
      (states == null || states.includes(issue.state)),
    map: (value): IssueSource => ({ typename: 'Issue', repository, value }),
  });
}

/** Labels are the same whatever their case. */
function hasLabel(issue: Issue, label: string): boolean {
  return issue.labels.some((name) => name.toLowerCase() === label.toLowerCase());
}

export const issue = defineType<IssueSource>('Issue', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  fullDatabaseId: ({ value }) => String(value.databaseId),
  number: ({ value }) => value.number,
  title: ({ value }) => value.title,
  body: ({ value }) => value.body,
  bodyText: ({ value }) => value.body,
  state: ({ value }) => value.state,
  stateReason: ({ value }) => (value.state === 'CLOSED' ? 'COMPLETED' : null),
  closed: ({ value }) => value.state === 'CLOSED',
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  closedAt: ({ value }) => formatOptionalTime(value.closedAt),
  author: ({ value }, _, context) => actorOf(context, value.authorId),
  labels: ({ repository, value }, page: LabelArguments) => pageOfLabels(repository, value.labels, page),
  assignees: (_, page: PageArguments) => pageOfList([], page, { idOf: () => 0, map: () => null }),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  url: ({ repository, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/issues/${value.number}`,
});
