import type { Truth } from './truth.ts';

export type * from './truth.ts';

/**
 * What a GitHub knows: the state that the generator makes, that mutations change, and that the server shows.
 * Instants are milliseconds since 1970 (UTC) and fall on whole seconds, as GitHub's do. `id` is the opaque node id,
 * `databaseId` the number that REST shows. Simulated data: nobody in it exists.
 */
export interface World {
  readonly seed: number;
  readonly organisation: Organisation;
  /** By node id, as the two below. */
  readonly users: Map<string, User>;
  readonly teams: Map<string, Team>;
  readonly repositories: Map<string, Repository>;
  /** What really happened, for comparing figures with; no part of GitHub. */
  readonly truth: Truth;
  /** The instant at which the state holds. Mutations move it forward. */
  now: number;
  /** The files of every tree that a commit has, by the tree's sha: path → text. Git serves them. */
  readonly trees: Map<string, ReadonlyMap<string, string>>;
  readonly counters: Counters;
}

/** Where the next ids come from: what is made later has the greater number, as at GitHub. */
export interface Counters {
  databaseId: number;
  /** By repository id: pull requests and issues share one sequence. */
  readonly numbers: Map<string, number>;
}

export interface Organisation {
  readonly id: string;
  readonly login: string;
  readonly name: string;
}

export interface User {
  readonly id: string;
  readonly databaseId: number;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly type: 'User' | 'Bot';
  /** IANA zone in which the person works; GitHub does not show it. */
  readonly timeZone: string;
  /** A deleted account: everything it wrote shows `author: null`. */
  isDeleted: boolean;
}

export interface Team {
  readonly id: string;
  readonly slug: string;
  name: string;
  parentId: string | null;
  /** User ids of the immediate members. */
  memberIds: Set<string>;
  createdAt: number;
}

export interface Repository {
  readonly id: string;
  readonly databaseId: number;
  name: string;
  /** Earlier names, which GitHub redirects. */
  formerNames: string[];
  visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  isFork: boolean;
  isArchived: boolean;
  /** Gone: NOT_FOUND everywhere. */
  isDeleted: boolean;
  defaultBranch: string;
  readonly createdAt: number;
  updatedAt: number;
  pushedAt: number;
  primaryLanguage: string | null;
  /** By sha; every commit that any branch, tag or pull request ever had. */
  readonly commits: Map<string, Commit>;
  /** Branch name → sha. */
  readonly branches: Map<string, string>;
  /** Tag name → what it points to. */
  readonly tags: Map<string, Tag>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly issues: Map<number, Issue>;
  readonly deployments: Map<string, Deployment>;
  readonly releases: Map<string, Release>;
  readonly workflows: Map<number, Workflow>;
  readonly workflowRuns: Map<number, WorkflowRun>;
  /** Files of the default branch that Bellwether reads: path → text. */
  readonly files: Map<string, string>;
  readonly branchProtections: Map<string, BranchProtection>;
  readonly rulesets: Map<string, Ruleset>;
  /** Services of a monorepo by name, with the path they live under; one entry for a single-service repository. */
  readonly services: { readonly name: string; readonly path: string }[];
}

/** A git commit. The sha is the true one of the commit object, so that git serves the very same. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Null: the e-mail belongs to no account. */
  readonly authorId: string | null;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly committerName: string;
  readonly committerEmail: string;
  readonly authoredAt: number;
  readonly committedAt: number;
  /** Subject, and body behind an empty line. */
  readonly message: string;
  readonly treeSha: string;
}

export interface Tag {
  readonly name: string;
  readonly commitSha: string;
  /** Null for a lightweight tag. */
  readonly annotation: {
    readonly sha: string;
    readonly taggerName: string;
    readonly taggerEmail: string;
    readonly taggedAt: number;
    readonly message: string;
  } | null;
}

export interface PullRequest {
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  title: string;
  body: string;
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  isDraft: boolean;
  readonly authorId: string;
  baseBranch: string;
  readonly headBranch: string;
  headSha: string;
  readonly isCrossRepository: boolean;
  readonly createdAt: number;
  updatedAt: number;
  mergedAt: number | null;
  closedAt: number | null;
  mergedById: string | null;
  /** Null while not merged, and for some old merged ones too. */
  mergeCommitSha: string | null;
  isInMergeQueue: boolean;
  labels: string[];
  /** Shas in order; GitHub lists at most 250. */
  commitShas: string[];
  files: ChangedFile[];
  /** Whose review is asked for now. */
  readonly reviewRequests: ReviewRequest[];
  readonly reviews: Review[];
  readonly timeline: TimelineItem[];
  /** Comments outside reviews. */
  commentCount: number;
}

export interface ChangedFile {
  readonly path: string;
  readonly additions: number;
  readonly deletions: number;
  readonly changeType: 'ADDED' | 'CHANGED' | 'COPIED' | 'DELETED' | 'MODIFIED' | 'RENAMED';
}

export interface ReviewRequest {
  readonly id: string;
  readonly reviewer: { readonly kind: 'user' | 'team'; readonly id: string };
}

export interface Review {
  readonly id: string;
  readonly authorId: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  body: string;
  readonly submittedAt: number | null;
  readonly commitSha: string | null;
  commentCount: number;
}

/** The kinds that Bellwether asks for; `typename` is GraphQL's. */
export interface TimelineItem {
  readonly id: string;
  readonly typename:
    | 'ReadyForReviewEvent'
    | 'ConvertToDraftEvent'
    | 'ReviewRequestedEvent'
    | 'ReviewRequestRemovedEvent'
    | 'MergedEvent'
    | 'AddedToMergeQueueEvent'
    | 'RemovedFromMergeQueueEvent'
    | 'HeadRefForcePushedEvent'
    | 'AutoMergeEnabledEvent'
    | 'ReviewDismissedEvent'
    | 'ReopenedEvent'
    | 'ClosedEvent'
    | 'LabeledEvent';
  readonly createdAt: number;
  readonly actorId: string | null;
  /** Of review requests. */
  readonly reviewer?: ReviewRequest['reviewer'];
  /** Of LabeledEvent. */
  readonly label?: string;
  /** Of HeadRefForcePushedEvent. */
  readonly beforeSha?: string;
  readonly afterSha?: string;
  /** Of RemovedFromMergeQueueEvent. */
  readonly reason?: string;
}

export interface Issue {
  readonly id: string;
  readonly databaseId: number;
  readonly number: number;
  title: string;
  body: string;
  state: 'OPEN' | 'CLOSED';
  authorId: string;
  labels: string[];
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
}

export interface Deployment {
  readonly id: string;
  readonly databaseId: number;
  readonly commitSha: string;
  readonly ref: string;
  readonly environment: string;
  readonly originalEnvironment: string;
  readonly task: string;
  /** JSON text, or '' for none. */
  readonly payload: string;
  readonly creatorId: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Oldest first; the server shows newest first, as GitHub does. */
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: string;
  readonly state:
    'ERROR' | 'FAILURE' | 'INACTIVE' | 'IN_PROGRESS' | 'PENDING' | 'QUEUED' | 'SUCCESS' | 'WAITING';
  readonly createdAt: number;
  readonly creatorId: string;
  readonly environmentUrl: string;
}

export interface Release {
  readonly id: string;
  readonly databaseId: number;
  name: string;
  readonly tagName: string;
  isDraft: boolean;
  isPrerelease: boolean;
  readonly createdAt: number;
  publishedAt: number | null;
  updatedAt: number;
  readonly authorId: string;
}

export interface Workflow {
  readonly databaseId: number;
  readonly id: string;
  readonly name: string;
  /** `.github/workflows/ci.yml` */
  readonly path: string;
}

export interface WorkflowRun {
  readonly databaseId: number;
  readonly id: string;
  readonly workflowId: number;
  readonly runNumber: number;
  readonly event: 'push' | 'pull_request' | 'schedule' | 'workflow_dispatch' | 'merge_group';
  readonly headBranch: string;
  readonly headSha: string;
  readonly checkSuiteId: string;
  readonly actorId: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Oldest first; at least one. A re-run adds one, and the run then shows the newest. */
  readonly attempts: RunAttempt[];
}

export interface RunAttempt {
  readonly attempt: number;
  readonly startedAt: number;
  updatedAt: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | null;
  readonly jobs: RunJob[];
}

/** A job, which is a check run too: `id` is the check run's. */
export interface RunJob {
  readonly databaseId: number;
  readonly id: string;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | null;
  readonly createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
}

export interface BranchProtection {
  readonly id: string;
  readonly pattern: string;
  requiresApprovingReviews: boolean;
  requiredApprovingReviewCount: number;
  requiresCodeOwnerReviews: boolean;
  requiresStatusChecks: boolean;
  requiresLinearHistory: boolean;
  allowsForcePushes: boolean;
  isAdminEnforced: boolean;
}

export interface Ruleset {
  readonly id: string;
  readonly databaseId: number;
  readonly name: string;
  enforcement: 'ACTIVE' | 'EVALUATE' | 'DISABLED';
  readonly target: 'BRANCH' | 'TAG';
  readonly includeRefs: string[];
  readonly excludeRefs: string[];
  /** Rule types in GraphQL's spelling: PULL_REQUEST, REQUIRED_STATUS_CHECKS, … */
  readonly ruleTypes: string[];
  readonly requiredApprovingReviewCount: number;
  readonly requiresCodeOwnerReview: boolean;
}
