import { BellwetherError } from '@bellwether/core';
import type { GitHubApi, Page } from '../api.ts';
import {
  deploymentsByIdDocument,
  deploymentsDocument,
  deploymentStatusesDocument,
} from '../queries/generated.ts';
import {
  type Deployment,
  Deployments,
  DeploymentsById,
  DeploymentStatuses,
  type DeploymentStatus,
} from './api-schema.ts';
import { type DeploymentRecord, pruneDeployment } from './deployment-record.ts';

export interface DeploymentPage {
  readonly items: readonly DeploymentRecord[];
  /** Of all deployments of the repository. */
  readonly totalCount: number;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly gaps: Page<unknown, unknown>['gaps'];
  readonly isOutOfReach: boolean;
}

export interface RepositoryOfApi {
  readonly api: GitHubApi;
  readonly owner: string;
  readonly name: string;
  readonly repo: string;
}

/** Deployments, newest first, each with all of its statuses. */
export async function* fetchDeployments(
  { api, owner, name, repo }: RepositoryOfApi,
  after: string | null,
): AsyncGenerator<DeploymentPage> {
  const pages = api.pages({
    document: deploymentsDocument,
    schema: Deployments,
    variables: { owner, name },
    connection: (data) => data.repository?.deployments ?? null,
    after,
    pageSize: 100,
    key: repo,
  });
  for await (const { data, items, ...page } of pages) {
    yield {
      ...page,
      items: await withStatuses(api, items),
      totalCount: data.repository?.deployments.totalCount ?? 0,
    };
  }
}

/** Deployments by their node ids; those that are gone are null. */
export async function* fetchDeploymentsById(
  { api, repo }: RepositoryOfApi,
  ids: readonly string[],
): AsyncGenerator<{ id: string; item: DeploymentRecord | null; isOutOfReach: boolean }[]> {
  const pages = api.byIds({
    document: deploymentsByIdDocument,
    schema: DeploymentsById,
    variables: {},
    ids,
    items: (data) => data.nodes,
    pageSize: 100,
    key: repo,
  });
  for await (const page of pages) {
    const found = await withStatuses(
      api,
      page.items.filter((item) => item !== null),
    );
    const byId = new Map(found.map((item) => [item.id, item]));
    yield page.ids.map((id) => ({
      id,
      item: byId.get(id) ?? null,
      isOutOfReach: page.outOfReach.includes(id),
    }));
  }
}

/** Pages out the statuses that do not fit: the first success of a long list is on its last page. */
async function withStatuses(api: GitHubApi, found: readonly Deployment[]): Promise<DeploymentRecord[]> {
  const records: DeploymentRecord[] = [];
  for (const deployment of found) {
    const list = deployment.statuses;
    const statuses = list?.nodes?.filter((status) => status !== null) ?? [];
    if (list?.pageInfo.hasNextPage) {
      statuses.push(...(await fetchStatuses(api, deployment.id, list.pageInfo.endCursor)));
    }
    records.push(pruneDeployment(deployment, statuses));
  }
  return records;
}

async function fetchStatuses(api: GitHubApi, id: string, after: string | null): Promise<DeploymentStatus[]> {
  const statuses: DeploymentStatus[] = [];
  const pages = api.pages({
    document: deploymentStatusesDocument,
    schema: DeploymentStatuses,
    variables: { id },
    connection: (data) => data.node?.statuses ?? null,
    after,
    pageSize: 100,
    key: id,
  });
  for await (const page of pages) {
    if (page.isOutOfReach || page.gaps.length > 0) throw statusesUnreadable();
    statuses.push(...page.items);
  }
  return statuses;
}

/** Half a list would make a success look like a deployment under way. */
function statusesUnreadable(): BellwetherError {
  return new BellwetherError({
    code: 'github-statuses-unreadable',
    message: 'GitHub did not give all statuses of a deployment.',
    retry: 'later',
    next: 'Run the same command again later; it goes on where it stopped.',
  });
}
