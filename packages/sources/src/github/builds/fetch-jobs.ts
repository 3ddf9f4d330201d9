import { suiteJobsDocument, suiteJobsRestDocument, suiteStatesDocument } from '../queries/generated.ts';
import type { GitHubSession } from '../session.ts';
import { type Job, SuiteJobs, SuiteJobsRest, SuiteStates } from './api-schema.ts';

type Source = Pick<GitHubSession, 'api' | 'repo'>;

/** The jobs by check suite; a suite that GitHub no longer has, or could not give, is not among them. */
export async function fetchJobs(
  { api, repo }: Source,
  suiteIds: readonly string[],
): Promise<Map<string, Job[]>> {
  const found = new Map<string, Job[]>();
  const pages = api.byIds({
    document: suiteJobsDocument,
    schema: SuiteJobs,
    variables: {},
    ids: suiteIds,
    items: (data) => data.nodes,
    pageSize: 100,
    key: repo,
  });
  for await (const { items } of pages) {
    for (const suite of items) {
      if (suite?.checkRuns == null) continue;
      const { nodes, pageInfo } = suite.checkRuns;
      const jobs = (nodes ?? []).filter((job) => job !== null);
      const rest = pageInfo.hasNextPage ? await fetchRest({ api, repo }, suite.id, pageInfo.endCursor) : [];
      if (rest !== null) found.set(suite.id, [...jobs, ...rest]);
    }
  }
  return found;
}

/** What does not fit beside others; null where GitHub does not give all of it. */
async function fetchRest({ api }: Source, id: string, after: string | null): Promise<Job[] | null> {
  const jobs: Job[] = [];
  const pages = api.pages({
    document: suiteJobsRestDocument,
    schema: SuiteJobsRest,
    variables: { id },
    connection: (data) => data.node?.checkRuns ?? null,
    after,
    pageSize: 100,
    key: id,
  });
  for await (const { items, isOutOfReach, gaps } of pages) {
    if (isOutOfReach || gaps.length > 0) return null;
    jobs.push(...items);
  }
  return jobs;
}

/** When the runs of check suites last changed, by run id. */
export async function fetchRunChanges(
  { api, repo }: Source,
  suiteIds: readonly string[],
): Promise<Map<number, number>> {
  const changes = new Map<number, number>();
  const pages = api.byIds({
    document: suiteStatesDocument,
    schema: SuiteStates,
    variables: {},
    ids: suiteIds,
    items: (data) => data.nodes,
    pageSize: 100,
    key: repo,
  });
  for await (const { items } of pages) {
    for (const run of items.map((suite) => suite?.workflowRun ?? null)) {
      if (run !== null && run.databaseId !== null) changes.set(run.databaseId, run.updatedAt);
    }
  }
  return changes;
}
