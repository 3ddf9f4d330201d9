import type { Config } from '@bellwether/core';
import type { RepositoryHint } from './session.ts';

/** What reading something is expected to take. */
export interface Estimate {
  /** Requests of GraphQL; each costs a point or a little more. */
  readonly requests: number;
  readonly points: number;
  /** Requests of REST, which are counted apart. */
  readonly restRequests: number;
}

export interface EstimateOptions {
  readonly hint: RepositoryHint;
  readonly config: Config;
  /** Read for the first time, from the beginning. */
  readonly isFirst: boolean;
  /** Commits come through a mirror, for no points. */
  readonly hasMirror: boolean;
}

type Estimator = (options: EstimateOptions) => Partial<Estimate>;

/** How many commits come to the default branch for each pull request; GitHub's probe does not count commits. */
const COMMITS_PER_PULL_REQUEST = 3;

const pagesOf = (total: number, size: number): number => Math.ceil(total / size);

/** By stream. What is not here costs nothing that could be foretold. */
const estimators: Readonly<Record<string, Estimator>> = {
  repository: () => ({}),
  'code-owners': ({ hint }) => graphql(hint.headSha === null ? 0 : 1),
  'branch-rules': () => graphql(2),
  'pull-requests': ({ hint, isFirst }) =>
    graphql(
      isFirst ? pagesOf(hint.totals.pullRequests, 24) : 1 + pagesOf(hint.changedPullRequests.length, 24),
    ),
  commits: ({ hint, config, isFirst, hasMirror }) => {
    if (hint.headSha === null || hasMirror || config.github.commits === 'off') return {};
    return graphql(isFirst ? 1 + pagesOf(hint.totals.pullRequests * COMMITS_PER_PULL_REQUEST, 100) : 1);
  },
  deployments: ({ hint, isFirst }) =>
    graphql(
      isFirst ? pagesOf(hint.totals.deployments, 100) : 1 + pagesOf(hint.changedDeployments.length, 24),
    ),
  releases: ({ hint }) => graphql(pagesOf(hint.totals.releases, 100)),
  tags: ({ hint }) => graphql(pagesOf(hint.totals.tags, 100)),
  builds: ({ config }) => ({ restRequests: config.github.builds ? 1 : 0 }),
  incidents: ({ hint }) => graphql(hint.totals.issues === 0 ? 0 : 1),
};

/** What reading one stream of one repository is expected to take. */
export function estimateStream(stream: string, options: EstimateOptions): Estimate {
  return { requests: 0, points: 0, restRequests: 0, ...estimators[stream]?.(options) };
}

function graphql(requests: number): Partial<Estimate> {
  return { requests, points: requests };
}
