import type { RestAnswer } from '../api.ts';
import type { GitHubSession } from '../session.ts';
import { WorkflowRun, WorkflowRuns } from './api-schema.ts';

type Source = Pick<GitHubSession, 'api' | 'owner' | 'name'>;

/** A filtered list ends here, however long it says that it is. */
export const FILTERED_LIMIT = 1000;

const PAGE = 100;

/** One page of all runs, newest first. */
export function fetchRunPage(
  session: Source,
  page: number,
  etag: string | null,
): Promise<RestAnswer<WorkflowRuns>> {
  return session.api.get({
    path: runsPath(session),
    query: { per_page: PAGE, page },
    schema: WorkflowRuns,
    etag,
  });
}

/** One page of the runs that were created from one instant to another, both of them counted in. */
export function fetchRunsBetween(
  session: Source,
  { from, to }: { readonly from: number; readonly to: number },
  page: number,
): Promise<RestAnswer<WorkflowRuns>> {
  const created = `${secondText(from)}..${secondText(to)}`;
  return session.api.get({
    path: runsPath(session),
    query: { per_page: PAGE, page, created },
    schema: WorkflowRuns,
  });
}

export function fetchRun(session: Source, id: number): Promise<RestAnswer<WorkflowRun>> {
  return session.api.get({ path: `${runsPath(session)}/${id}`, schema: WorkflowRun });
}

export function fetchAttempt(session: Source, id: number, attempt: number): Promise<RestAnswer<WorkflowRun>> {
  return session.api.get({ path: `${runsPath(session)}/${id}/attempts/${attempt}`, schema: WorkflowRun });
}

function runsPath({ owner, name }: Source): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/actions/runs`;
}

/** GitHub's times are whole seconds. */
function secondText(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
