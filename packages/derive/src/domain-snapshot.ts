import {
  type CommitRow,
  commits,
  type DeploymentRow,
  deployments,
  repositories,
  type ServiceRow,
  services,
  type Warehouse,
} from '@bellwether/warehouse';

const commitColumns = [
  'sha',
  'parents',
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

const deploymentColumns = [
  'deployment_id',
  'service',
  'environment',
  'environment_kind',
  'signal',
  'sha',
  'ref',
  'finished_at',
  'finished_at_is_exact',
] as const;

export type DomainCommit = Pick<CommitRow, (typeof commitColumns)[number]>;
export type DomainDeployment = Pick<DeploymentRow, (typeof deploymentColumns)[number]>;
export type DomainService = Pick<ServiceRow, 'service' | 'path_globs' | 'owner_team'>;

/** Everything about one repository that its facts depend on. */
export interface DomainSnapshot {
  repo: string;
  /** Null for a repository without a commit, or one whose default branch is unknown. */
  headSha: string | null;
  commits: readonly DomainCommit[];
  /** Successful and counted, or left out of the count only for want of a date; in no particular order. */
  deployments: readonly DomainDeployment[];
  services: readonly DomainService[];
}

export async function readDomain(warehouse: Warehouse, repo: string): Promise<DomainSnapshot> {
  const ofRepo = { sql: 'repo = {repo:String}', params: { repo } };
  const released = `${ofRepo.sql} AND status = 'success' AND (is_counted OR finished_at IS NULL)`;
  const [repositoryRow] = await warehouse.readRows(repositories, ['head_sha'], ofRepo);
  return {
    repo,
    headSha: repositoryRow?.head_sha ?? null,
    commits: await warehouse.readRows(commits, commitColumns, ofRepo),
    deployments: await warehouse.readRows(deployments, deploymentColumns, { ...ofRepo, sql: released }),
    services: await warehouse.readRows(services, ['service', 'path_globs', 'owner_team'], ofRepo),
  };
}
