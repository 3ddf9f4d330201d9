import type { Gap, GitHubApi } from '../api.ts';
import { commitHistoryDocument } from '../queries/generated.ts';
import { type Commit, CommitHistory } from './api-schema.ts';

export interface HistoryPage {
  readonly items: readonly Commit[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly isOutOfReach: boolean;
  readonly gaps: readonly Gap[];
  /** GitHub does not have the commit (any more), or does not show it. */
  readonly isMissing: boolean;
}

export interface HistoryRequest {
  readonly api: GitHubApi;
  readonly owner: string;
  readonly name: string;
  readonly repo: string;
  readonly head: string;
  readonly after: string | null;
  /** ms since 1970; null: from the beginning. */
  readonly since: number | null;
}

/** The commits that one commit reaches, children before their parents. */
export async function* fetchHistory(request: HistoryRequest): AsyncGenerator<HistoryPage> {
  const { api, owner, name, repo, head, after, since } = request;
  const pages = api.pages({
    document: commitHistoryDocument,
    schema: CommitHistory,
    variables: { owner, name, head, since: since === null ? null : new Date(since).toISOString() },
    connection: (data) => data.repository?.object?.history ?? null,
    after,
    pageSize: 100,
    key: repo,
  });
  for await (const { data, ...page } of pages) {
    yield { ...page, isMissing: !page.isOutOfReach && (data.repository?.object ?? null) === null };
  }
}
