import type {
  BranchRuleRow,
  CodeOwnerRow,
  CommitRow,
  DeploymentRow,
  OverrideRow,
  RepositoryRow,
  ServiceRow,
} from '@bellwether/warehouse';
import type { FlowPullRequest, FlowRows } from './flow/read-flow.ts';
import type { DomainIncident } from './incident-routes.ts';
import type { TeamDirectory } from './team-directory.ts';

export const repositoryColumns = [
  'repo',
  'default_branch',
  'head_sha',
  'is_fork',
  'is_archived',
  'created_at',
  'pushed_at',
] as const;

export const commitColumns = [
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

export const deploymentColumns = [
  'deployment_id',
  'service',
  'environment',
  'environment_kind',
  'signal',
  'is_counted',
  'sha',
  'ref',
  'status',
  'is_planned',
  'started_at',
  'finished_at',
  'finished_at_is_exact',
  'url',
] as const;

export const overrideColumns = ['kind', 'entity', 'ruling'] as const;
export const serviceColumns = ['service', 'path_globs', 'owner_team'] as const;
export const ruleColumns = ['includes', 'excludes', 'enforcement'] as const;
export const codeOwnerColumns = ['line', 'pattern', 'owners'] as const;

export type DomainRepository = Pick<RepositoryRow, (typeof repositoryColumns)[number]>;
export type DomainCommit = Pick<CommitRow, (typeof commitColumns)[number]>;
/** Read once, for the flow of pull requests; what became of their commits needs these. */
export type DomainPullRequest = Pick<
  FlowPullRequest,
  | 'number'
  | 'title'
  | 'author_key'
  | 'author_is_bot'
  | 'base_branch'
  | 'head_branch'
  | 'is_from_fork'
  | 'merged_at'
  | 'merge_commit_sha'
  | 'labels'
  | 'changed_file_count'
  | 'commit_count'
  | 'commit_shas'
  | 'commit_authored_at'
  | 'file_paths'
  | 'reverts_number'
>;
export type DomainDeployment = Pick<DeploymentRow, (typeof deploymentColumns)[number]>;
export type DomainService = Pick<ServiceRow, (typeof serviceColumns)[number]>;
export type DomainOverride = Pick<OverrideRow, (typeof overrideColumns)[number]>;
export type DomainBranchRule = Pick<BranchRuleRow, (typeof ruleColumns)[number]>;
export type DomainCodeOwner = Pick<CodeOwnerRow, (typeof codeOwnerColumns)[number]>;

/** What was set for a repository, as far as it was read. */
export interface DomainStandards {
  branchRules: readonly DomainBranchRule[];
  codeOwners: readonly DomainCodeOwner[];
  /** The source refused to show what protects its branches. */
  isProtectionOutOfReach: boolean;
  /** Streams that were read to their end at least once. */
  streams: ReadonlySet<string>;
  isFork: boolean;
  isArchived: boolean;
  /** When its state was last recorded. */
  observedAt: number;
}

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
  /** Those that did not succeed, or not yet. */
  failedDeployments: readonly DomainDeployment[];
  services: readonly DomainService[];
  /** Its own, and those reported elsewhere that are about it. */
  incidents: readonly DomainIncident[];
  /** Somebody writes incidents down: that none is known of a deployment means something. */
  hasIncidentSource: boolean;
  overrides: readonly DomainOverride[];
  standards: DomainStandards;
  /** Builds whose times run backwards, by pipeline. */
  backwardBuilds: readonly { pipeline: string; count: number }[];
  /** Pull requests in every state, with their reviews and events. */
  flow: FlowRows;
  /** Of everybody, everywhere. */
  directory: TeamDirectory;
}
