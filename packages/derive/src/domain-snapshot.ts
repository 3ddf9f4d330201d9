import {
  type CommitRow,
  commits,
  type DeploymentRow,
  deployments,
  type OverrideRow,
  overrides,
  type PullRequestRow,
  pullRequests,
  repositories,
  type ServiceRow,
  services,
  type Warehouse,
} from '@bellwether/warehouse';
import type { DomainIncident } from './incident-routes.ts';
import type { DomainMembership, DomainTeam, SharedDomain } from './shared-domain.ts';

const commitColumns = [
  'sha',
  'parents',
  'author_key',
  'author_is_bot',
  'authored_at',
  'committed_at',
  'subject',
  'number',
  'head_branch',
  'reverts_sha',
  'reverts_number',
  'cherry_picked_from',
  'has_paths',
  'paths',
] as const;

const pullRequestColumns = [
  'number',
  'title',
  'author_key',
  'author_is_bot',
  'base_branch',
  'head_branch',
  'is_from_fork',
  'merged_at',
  'merge_commit_sha',
  'changed_file_count',
  'commit_count',
  'commit_shas',
  'commit_authored_at',
  'reverts_number',
] as const;

const deploymentColumns = [
  'deployment_id',
  'service',
  'environment',
  'environment_kind',
  'signal',
  'is_counted',
  'sha',
  'ref',
  'is_planned',
  'finished_at',
  'finished_at_is_exact',
  'url',
] as const;

const overrideColumns = ['kind', 'entity', 'ruling'] as const;

export type DomainCommit = Pick<CommitRow, (typeof commitColumns)[number]>;
/** A merged pull request. `file_paths` is empty where no service has path globs, for nobody would look at it. */
export type DomainPullRequest = Pick<PullRequestRow, (typeof pullRequestColumns)[number] | 'file_paths'>;
export type DomainDeployment = Pick<DeploymentRow, (typeof deploymentColumns)[number]>;
export type DomainService = Pick<ServiceRow, 'service' | 'path_globs' | 'owner_team'>;
export type DomainOverride = Pick<OverrideRow, (typeof overrideColumns)[number]>;

/** Everything about one repository that its facts depend on. */
export interface DomainSnapshot {
  repo: string;
  /** Empty where it is not known. */
  defaultBranch: string;
  /** Null for a repository without a commit, or one whose default branch is unknown. */
  headSha: string | null;
  commits: readonly DomainCommit[];
  /** Merged ones, whatever branch they went into. */
  pullRequests: readonly DomainPullRequest[];
  /** Successful, aliases and all signals included; in no particular order. */
  deployments: readonly DomainDeployment[];
  services: readonly DomainService[];
  /** Its own, and those reported elsewhere that are about it. */
  incidents: readonly DomainIncident[];
  /** Somebody writes incidents down: that none is known of a deployment means something. */
  hasIncidentSource: boolean;
  overrides: readonly DomainOverride[];
  /** Of everybody, everywhere. */
  memberships: readonly DomainMembership[];
  teams: readonly DomainTeam[];
}

/** @param shared what is known of all repositories at once */
export async function readDomain(
  warehouse: Warehouse,
  repo: string,
  shared: SharedDomain,
): Promise<DomainSnapshot> {
  const ofRepo = { sql: 'repo = {repo:String}', params: { repo } };
  const [repositoryRow] = await warehouse.readRows(repositories, ['default_branch', 'head_sha'], ofRepo);
  const catalogue = await warehouse.readRows(services, ['service', 'path_globs', 'owner_team'], ofRepo);
  const hasGlobs = catalogue.some(({ path_globs }) => path_globs.length > 0);
  return {
    repo,
    defaultBranch: repositoryRow?.default_branch ?? '',
    headSha: repositoryRow?.head_sha ?? null,
    commits: await warehouse.readRows(commits, commitColumns, ofRepo),
    pullRequests: await readPullRequests(warehouse, repo, hasGlobs),
    deployments: await warehouse.readRows(deployments, deploymentColumns, {
      ...ofRepo,
      sql: `${ofRepo.sql} AND status = 'success'`,
    }),
    services: catalogue,
    incidents: shared.incidentsOf(repo),
    hasIncidentSource: shared.hasIncidentSource(repo),
    overrides: await warehouse.readRows(overrides, overrideColumns, ofRepo),
    memberships: shared.memberships,
    teams: shared.teams,
  };
}

/** Lists of files are by far the heaviest part of a pull request, and only globs ever look at them. */
async function readPullRequests(
  warehouse: Warehouse,
  repo: string,
  withFiles: boolean,
): Promise<DomainPullRequest[]> {
  const merged = { sql: "repo = {repo:String} AND state = 'merged'", params: { repo } };
  if (withFiles) return warehouse.readRows(pullRequests, [...pullRequestColumns, 'file_paths'], merged);
  const rows = await warehouse.readRows(pullRequests, pullRequestColumns, merged);
  return rows.map((row) => ({ ...row, file_paths: [] }));
}
