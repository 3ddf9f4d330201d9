import * as delivery from './delivery.ts';
import * as organisation from './organisation.ts';
import * as pulls from './pull-requests.ts';
import type { View } from './view.ts';

type Row = Record<string, unknown>;

/** Rows by table, `domain.pull_requests` and so on. */
export type ExpectedRows = Readonly<Record<string, readonly Row[]>>;

/**
 * What a warehouse should hold once everything of the world is collected, written from the world and not from any
 * answer of the server. Columns that a row leaves out are not decided by the world alone.
 *
 * Repositories that are deleted now are left out: what was collected of them earlier stays.
 */
export function expectedRows(view: View): ExpectedRows {
  const repositories = [...view.world.repositories.values()].filter(({ isDeleted }) => !isDeleted);
  const each = (rows: (of: View, repository: (typeof repositories)[number]) => Row[]): Row[] =>
    repositories.flatMap((repository) => rows(view, repository));
  return {
    'domain.repositories': repositories.map((repository) =>
      organisation.expectedRepository(view, repository),
    ),
    'domain.teams': organisation.expectedTeams(view),
    'domain.team_members': organisation.expectedMembers(view),
    'domain.code_owners': each(organisation.expectedCodeOwners),
    'domain.branch_rules': each(organisation.expectedBranchRules),
    'domain.pull_requests': each(pulls.expectedPullRequests),
    'domain.reviews': each(pulls.expectedReviews),
    'domain.review_requests': each(pulls.expectedReviewRequests),
    'domain.pull_request_events': each(pulls.expectedEvents),
    'domain.commits': each(delivery.expectedCommits),
    'domain.deployments': [...each(delivery.expectedDeployments), ...each(delivery.expectedReleases)],
    'domain.builds': each(delivery.expectedBuilds),
    'domain.build_jobs': each(delivery.expectedJobs),
    'domain.incidents': each(delivery.expectedIncidents),
  };
}
