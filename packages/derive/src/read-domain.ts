import {
  branchRules,
  codeOwners,
  commits,
  deployments,
  overrides,
  repositories,
  type RowOf,
  services,
  type Table,
  type Warehouse,
} from '@bellwether/warehouse';
import { readBackwardBuilds } from './builds/build-findings.ts';
import {
  codeOwnerColumns,
  commitColumns,
  deploymentColumns,
  type DomainRepository,
  type DomainSnapshot,
  overrideColumns,
  repositoryColumns,
  ruleColumns,
  serviceColumns,
} from './domain-snapshot.ts';
import { readFlow } from './flow/index.ts';
import type { SharedDomain } from './shared-domain.ts';

/**
 * Reads several repositories at once: of most there is little to read, and a query costs milliseconds whatever it
 * finds.
 *
 * @param shared what is known of all repositories at once
 */
export async function readDomain(
  warehouse: Warehouse,
  repos: readonly string[],
  shared: SharedDomain,
): Promise<DomainSnapshot[]> {
  const rowsOf = async <T extends Table<{ repo: string }>, Column extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly Column[],
  ): Promise<(repo: string) => Pick<RowOf<T>, Column>[]> => {
    const sql = 'repo IN {repos:Array(String)}';
    const all: readonly string[] = ['repo', ...columns.filter((column) => column !== 'repo')];
    const rows = await warehouse.readRows(table, all as Column[], { sql, params: { repos } });
    return groupedByRepo(rows as (Pick<RowOf<T>, Column> & { repo: string })[]);
  };
  // The long ones first, and all of them waiting for the engine rather than the engine for one of them.
  const [
    commitsOf,
    flows,
    backward,
    deploymentsOf,
    repositoryOf,
    servicesOf,
    overridesOf,
    rulesOf,
    codeOwnersOf,
    refused,
    observed,
  ] = await Promise.all([
    rowsOf(commits, commitColumns),
    readFlow(warehouse, repos),
    readBackwardBuilds(warehouse, repos),
    rowsOf(deployments, deploymentColumns),
    rowsOf(repositories, repositoryColumns),
    rowsOf(services, serviceColumns),
    rowsOf(overrides, overrideColumns),
    rowsOf(branchRules, ruleColumns),
    rowsOf(codeOwners, codeOwnerColumns),
    readRefused(warehouse, repos),
    readObserved(warehouse, repos),
  ]);
  const backwards = groupedByRepo(backward);
  return repos.map((repo) => {
    const [repository] = repositoryOf(repo);
    const ofRepo = deploymentsOf(repo);
    const flow = flows.get(repo) ?? { pullRequests: [], reviews: [], requests: [], events: [] };
    return {
      repo,
      defaultBranch: repository?.default_branch ?? '',
      headSha: repository?.head_sha ?? null,
      commits: commitsOf(repo),
      pullRequests: flow.pullRequests.filter(({ state }) => state === 'merged'),
      deployments: ofRepo.filter(({ status }) => status === 'success'),
      failedDeployments: ofRepo.filter(({ status }) => status !== 'success'),
      services: servicesOf(repo),
      incidents: shared.incidentsOf(repo),
      hasIncidentSource: shared.hasIncidentSource(repo),
      overrides: overridesOf(repo),
      standards: {
        branchRules: rulesOf(repo),
        codeOwners: codeOwnersOf(repo),
        isProtectionOutOfReach: refused.has(repo),
        streams: shared.streamsOf(repo),
        isFork: repository?.is_fork ?? false,
        isArchived: repository?.is_archived ?? false,
        observedAt: observed.get(repo) ?? lastSeen(repository),
      },
      backwardBuilds: backwards(repo),
      flow,
      directory: shared.directory,
    };
  });
}

function groupedByRepo<Row extends { repo: string }>(rows: readonly Row[]): (repo: string) => Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.repo);
    if (group === undefined) groups.set(row.repo, [row]);
    else group.push(row);
  }
  return (repo) => groups.get(repo) ?? [];
}

/** A token may read a repository and not its settings: then no rule says nothing. */
async function readRefused(warehouse: Warehouse, repos: readonly string[]): Promise<Set<string>> {
  const rows = await warehouse.query<{ repo: string }>(
    `SELECT DISTINCT repo FROM ops.truncations FINAL
     WHERE repo IN {repos:Array(String)} AND stream = 'branch-rules' AND reason IN ('no-permission', 'out-of-reach')`,
    { repos },
  );
  return new Set(rows.map(({ repo }) => repo));
}

async function readObserved(warehouse: Warehouse, repos: readonly string[]): Promise<Map<string, number>> {
  const rows = await warehouse.query<{ target: string; at: number }>(
    `SELECT target, toUnixTimestamp64Milli(max(assumeNotNull(finished_at))) AS at FROM ops.collector_runs FINAL
     WHERE target IN {repos:Array(String)} AND status = 'ok' AND finished_at IS NOT NULL GROUP BY target`,
    { repos },
  );
  return new Map(rows.map(({ target, at }) => [target, at]));
}

function lastSeen(repository: DomainRepository | undefined): number {
  return repository?.pushed_at ?? repository?.created_at ?? 0;
}
