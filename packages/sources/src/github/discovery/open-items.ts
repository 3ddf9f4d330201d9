import { deployments, pullRequests, type Warehouse } from '@bellwether/warehouse';
import { z } from 'zod';
import type { GitHubApi } from '../api.ts';
import { lightDeploymentsDocument, lightPullRequestsDocument } from '../queries/generated.ts';
import { type LightDeployment, LightDeployments, LightPullRequests } from './api-schema.ts';
import { hasChanged, lightColumns, type StoredPullRequest } from '../pull-requests/light-difference.ts';
import { groupByOwner } from './group-by-owner.ts';
import { StoredNotes } from './stored-notes.ts';

const ClosedNote = z.object({ readAt: z.number() });

const DAY_MS = 86_400_000;

/** Reviews and labels still come to a pull request after its end, and GitHub does not always move `updatedAt` then. */
const CLOSED_FOR_MS = 3 * DAY_MS;

/** A deployment that nobody told the end of for so long has been forgotten, and nobody will. */
const DEPLOYMENT_FOR_MS = 30 * DAY_MS;

/** Node ids by repository. */
export type ChangedIds = ReadonlyMap<string, readonly string[]>;

export interface OpenItems {
  readonly changedPullRequests: ChangedIds;
  readonly changedDeployments: ChangedIds;
  /** To be called once what changed is stored: those closed lately are read again only tomorrow. */
  settle(): Promise<void>;
}

export interface OpenItemsOptions {
  readonly api: GitHubApi;
  readonly warehouse: Warehouse;
  /** The repositories of this run, less those of which a token may not see the one or the other. */
  readonly repos: Readonly<Record<'pullRequests' | 'deployments', ReadonlySet<string>>>;
  readonly now: number;
}

/**
 * Reads lightly, 100 a request, what can change without the probe seeing it: open pull requests, those closed within
 * the last three days (at most once a day), and deployments that had not ended. Says which differ from what is stored.
 */
export async function fetchOpenItems({ api, warehouse, repos, now }: OpenItemsOptions): Promise<OpenItems> {
  const notes = new StoredNotes(warehouse, 'closed-items', ClosedNote);
  const readAt = await notes.readAll();
  const isDue = (repo: string): boolean => now - (readAt.get(ownerOf(repo))?.readAt ?? -Infinity) >= DAY_MS;
  const stored = await warehouse.readRows(pullRequests, lightColumns, {
    sql: "state = 'open' OR closed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')",
    params: { since: now - CLOSED_FOR_MS },
  });
  const wanted = stored.filter(
    ({ repo, state }) => repos.pullRequests.has(repo) && (state === 'open' || isDue(repo)),
  );
  const due = new Set(wanted.filter(({ state }) => state !== 'open').map(({ repo }) => ownerOf(repo)));
  return {
    changedPullRequests: await changedPullRequests(api, wanted),
    changedDeployments: await changedDeployments(
      api,
      await readUnendedDeployments(warehouse, repos.deployments, now),
    ),
    settle: () => notes.store(new Map([...due].map((owner) => [owner, { readAt: now }]))),
  };
}

async function changedPullRequests(
  api: GitHubApi,
  stored: readonly StoredPullRequest[],
): Promise<ChangedIds> {
  const rows = new Map(stored.map((row) => [row.node_id, row]));
  const changed = new Map<string, string[]>();
  const repoById = new Map(stored.map((row) => [row.node_id, row.repo]));
  for (const [owner, ids] of groupByOwner(repoById)) {
    const pages = api.byIds({
      document: lightPullRequestsDocument,
      schema: LightPullRequests,
      variables: {},
      ids,
      items: (data) => data.nodes,
      pageSize: 100,
      key: owner,
    });
    for await (const { items } of pages) {
      for (const item of items) {
        const row = item && rows.get(item.id);
        if (item && row && hasChanged(row, item)) push(changed, row.repo, item.id);
      }
    }
  }
  return changed;
}

/** Repositories by the node ids of their deployments that had not ended when they were last read. */
async function readUnendedDeployments(
  warehouse: Warehouse,
  repos: ReadonlySet<string>,
  now: number,
): Promise<Map<string, string>> {
  const stored = await warehouse.readRows(deployments, ['repo', 'deployment_id'], {
    sql: `signal = 'deployment' AND status = 'in_progress'
      AND started_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
    params: { since: now - DEPLOYMENT_FOR_MS },
  });
  const unended = stored.filter(({ repo }) => repos.has(repo));
  if (unended.length === 0) return new Map();
  // Only payloads know node ids.
  const rows = await warehouse.query<{ repo: string; key: string; number: string }>(
    `SELECT repo, key, JSONExtractRaw(payload, 'databaseId') AS number FROM raw.records FINAL
     WHERE source = 'github' AND stream = 'deployments' AND repo IN {repos:Array(String)}`,
    { repos: [...new Set(unended.map(({ repo }) => repo))] },
  );
  const ids = new Set(unended.map(({ deployment_id: id }) => id));
  const isUnended = ({ repo, key, number }: (typeof rows)[number]): boolean =>
    ids.has(`${repo}@deployment:${number}`) || ids.has(`${repo}@deployment:${key}`);
  return new Map(rows.filter(isUnended).map(({ repo, key }) => [key, repo]));
}

async function changedDeployments(api: GitHubApi, unended: ReadonlyMap<string, string>): Promise<ChangedIds> {
  const changed = new Map<string, string[]>();
  for (const [owner, ids] of groupByOwner(unended)) {
    const pages = api.byIds({
      document: lightDeploymentsDocument,
      schema: LightDeployments,
      variables: {},
      ids,
      items: (data) => data.nodes,
      pageSize: 100,
      key: owner,
    });
    for await (const { items } of pages) {
      for (const item of items) {
        if (item !== null && hasEnded(item)) push(changed, unended.get(item.id)!, item.id);
      }
    }
  }
  return changed;
}

function hasEnded({ latestStatus }: LightDeployment): boolean {
  const state = latestStatus?.state ?? 'PENDING';
  return state === 'SUCCESS' || state === 'FAILURE' || state === 'ERROR' || state === 'INACTIVE';
}

function ownerOf(repo: string): string {
  return repo.slice(0, repo.lastIndexOf('/'));
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
