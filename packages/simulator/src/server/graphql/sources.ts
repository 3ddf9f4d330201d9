import type {
  BranchProtection,
  Commit,
  Deployment,
  DeploymentStatus,
  Issue,
  Organisation,
  PullRequest,
  Release,
  Repository,
  Review,
  ReviewRequest,
  RunJob,
  Ruleset,
  Tag,
  Team,
  TimelineItem,
  User,
  Workflow,
  WorkflowRun,
} from '../../world/model.ts';

/** What resolvers are given: a thing of the world, the repository it belongs to, and the type it is shown as. */
interface Owned<Name extends string, Value> {
  readonly typename: Name;
  readonly repository: Repository;
  readonly value: Value;
}

export type PullRequestSource = Owned<'PullRequest', PullRequest>;
export type IssueSource = Owned<'Issue', Issue>;
export type DeploymentSource = Owned<'Deployment', Deployment>;
export type ReleaseSource = Owned<'Release', Release>;
export type CommitSource = Owned<'Commit', Commit>;
export type TagSource = Owned<'Tag', Tag>;
export type BlobSource = Owned<'Blob', { readonly path: string; readonly text: string }>;
export type CheckSuiteSource = Owned<'CheckSuite', WorkflowRun>;
export type WorkflowRunSource = Owned<'WorkflowRun', WorkflowRun>;
export type WorkflowSource = Owned<'Workflow', Workflow>;
export type CheckRunSource = Owned<'CheckRun', RunJob> & { readonly run: WorkflowRun };
export type BranchProtectionSource = Owned<'BranchProtectionRule', BranchProtection>;
export type RulesetSource = Owned<'RepositoryRuleset', Ruleset>;
export type LabelSource = Owned<'Label', string>;
export type RefSource = Owned<'Ref', { readonly prefix: string; readonly name: string }>;
export type DeploymentStatusSource = Owned<'DeploymentStatus', DeploymentStatus> & {
  readonly deployment: Deployment;
};

interface OfPullRequest<Name extends string, Value> extends Owned<Name, Value> {
  readonly pullRequest: PullRequest;
}

export type ReviewSource = OfPullRequest<'PullRequestReview', Review>;
export type ReviewRequestSource = OfPullRequest<'ReviewRequest', ReviewRequest>;
export type TimelineSource = OfPullRequest<TimelineItem['typename'], TimelineItem>;
export type PullRequestCommitSource = OfPullRequest<'PullRequestCommit', Commit>;

export interface RepositorySource {
  readonly typename: 'Repository';
  readonly value: Repository;
}

export interface OrganisationSource {
  readonly typename: 'Organization';
  readonly value: Organisation;
}

export interface AccountSource {
  readonly typename: 'User' | 'Bot';
  readonly value: User;
}

export interface TeamSource {
  readonly typename: 'Team';
  readonly value: Team;
}

/** What `node` and `nodes` can give. */
export type NodeSource =
  | AccountSource
  | BranchProtectionSource
  | CheckRunSource
  | CheckSuiteSource
  | CommitSource
  | DeploymentSource
  | IssueSource
  | OrganisationSource
  | PullRequestSource
  | ReleaseSource
  | RepositorySource
  | ReviewSource
  | RulesetSource
  | TeamSource
  | WorkflowRunSource;
