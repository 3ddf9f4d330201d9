// Generated from the queries beside it by `npm run queries`; do not edit.
import type { GraphqlDocument } from '../api.ts';
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type CheckConclusionState =
  | 'ACTION_REQUIRED'
  | 'CANCELLED'
  | 'FAILURE'
  | 'NEUTRAL'
  | 'SKIPPED'
  | 'STALE'
  | 'STARTUP_FAILURE'
  | 'SUCCESS'
  | 'TIMED_OUT';
export type CheckStatusState = 'COMPLETED' | 'IN_PROGRESS' | 'PENDING' | 'QUEUED' | 'REQUESTED' | 'WAITING';
export type DeploymentStatusState =
  'ERROR' | 'FAILURE' | 'INACTIVE' | 'IN_PROGRESS' | 'PENDING' | 'QUEUED' | 'SUCCESS' | 'WAITING';
export type IssueOrderField = 'COMMENTS' | 'CREATED_AT' | 'UPDATED_AT';
export type OrderDirection = 'ASC' | 'DESC';
export type PullRequestReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
export type PullRequestState = 'CLOSED' | 'MERGED' | 'OPEN';
export type RepositoryRuleType =
  | 'AUTHORIZATION'
  | 'BRANCH_NAME_PATTERN'
  | 'CODE_SCANNING'
  | 'COMMITTER_EMAIL_PATTERN'
  | 'COMMIT_AUTHOR_EMAIL_PATTERN'
  | 'COMMIT_MESSAGE_PATTERN'
  | 'CREATION'
  | 'DELETION'
  | 'FILE_EXTENSION_RESTRICTION'
  | 'FILE_PATH_RESTRICTION'
  | 'LOCK_BRANCH'
  | 'MAX_FILE_PATH_LENGTH'
  | 'MAX_FILE_SIZE'
  | 'MAX_REF_UPDATES'
  | 'MERGE_QUEUE'
  | 'MERGE_QUEUE_LOCKED_REF'
  | 'NON_FAST_FORWARD'
  | 'PULL_REQUEST'
  | 'REQUIRED_DEPLOYMENTS'
  | 'REQUIRED_LINEAR_HISTORY'
  | 'REQUIRED_REVIEW_THREAD_RESOLUTION'
  | 'REQUIRED_SIGNATURES'
  | 'REQUIRED_STATUS_CHECKS'
  | 'REQUIRED_WORKFLOW_STATUS_CHECKS'
  | 'SECRET_SCANNING'
  | 'TAG'
  | 'TAG_NAME_PATTERN'
  | 'UPDATE'
  | 'WORKFLOWS'
  | 'WORKFLOW_UPDATES';
export type RepositoryRulesetTarget = 'BRANCH' | 'PUSH' | 'REPOSITORY' | 'TAG';
export type RepositoryVisibility = 'INTERNAL' | 'PRIVATE' | 'PUBLIC';
export type RuleEnforcement = 'ACTIVE' | 'DISABLED' | 'EVALUATE';

export type AccessProbeQueryVariables = Exact<{
  owner: string;
  name: string;
}>;

export type AccessProbeQuery = {
  readonly contents: {
    readonly object:
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
      | null;
  } | null;
  readonly pullRequests: { readonly pullRequests: { readonly totalCount: number } } | null;
  readonly issues: { readonly issues: { readonly totalCount: number } } | null;
  readonly deployments: { readonly deployments: { readonly totalCount: number } } | null;
  readonly administration: { readonly branchProtectionRules: { readonly totalCount: number } } | null;
};

export type AccountQueryVariables = Exact<{
  login: string;
}>;

export type AccountQuery = { readonly user: { readonly id: string; readonly login: string } | null };

export type BranchProtectionsQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type BranchProtectionsQuery = {
  readonly repository: {
    readonly branchProtectionRules: {
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly pattern: string;
        readonly isAdminEnforced: boolean;
        readonly allowsForcePushes: boolean;
        readonly requiresApprovingReviews: boolean;
        readonly requiredApprovingReviewCount: number | null;
        readonly requiresCodeOwnerReviews: boolean;
        readonly requiresStatusChecks: boolean;
        readonly requiresLinearHistory: boolean;
      } | null> | null;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
};

export type CodeOwnersQueryVariables = Exact<{
  owner: string;
  name: string;
}>;

export type CodeOwnersQuery = {
  readonly repository: {
    readonly hidden:
      | { readonly byteSize: number; readonly isTruncated: boolean; readonly text: string | null }
      | Record<PropertyKey, never>
      | null;
    readonly root:
      | { readonly byteSize: number; readonly isTruncated: boolean; readonly text: string | null }
      | Record<PropertyKey, never>
      | null;
    readonly docs:
      | { readonly byteSize: number; readonly isTruncated: boolean; readonly text: string | null }
      | Record<PropertyKey, never>
      | null;
  } | null;
};

export type CommitHistoryQueryVariables = Exact<{
  owner: string;
  name: string;
  head: string;
  since?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;

export type CommitHistoryQuery = {
  readonly repository: {
    readonly object:
      | {
          readonly history: {
            readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
            readonly nodes: ReadonlyArray<{
              readonly oid: string;
              readonly message: string;
              readonly authoredDate: string;
              readonly committedDate: string;
              readonly author: { readonly name: string | null; readonly email: string | null } | null;
              readonly parents: {
                readonly totalCount: number;
                readonly nodes: ReadonlyArray<{ readonly oid: string } | null> | null;
              };
            } | null> | null;
          };
        }
      | Record<PropertyKey, never>
      | null;
  } | null;
};

export type DeploymentStatusesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;

export type DeploymentStatusesQuery = {
  readonly node:
    | {
        readonly statuses: {
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly state: DeploymentStatusState;
            readonly createdAt: string;
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null;
};

export type DeploymentsByIdQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type DeploymentsByIdQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly databaseId: number | null;
        readonly commitOid: string;
        readonly createdAt: string;
        readonly environment: string | null;
        readonly originalEnvironment: string | null;
        readonly task: string | null;
        readonly payload: string | null;
        readonly statuses: {
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly state: DeploymentStatusState;
            readonly createdAt: string;
          } | null> | null;
        } | null;
        readonly ref: { readonly name: string } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type DeploymentsQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type DeploymentsQuery = {
  readonly repository: {
    readonly deployments: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly databaseId: number | null;
        readonly commitOid: string;
        readonly createdAt: string;
        readonly environment: string | null;
        readonly originalEnvironment: string | null;
        readonly task: string | null;
        readonly payload: string | null;
        readonly ref: { readonly name: string } | null;
        readonly statuses: {
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly state: DeploymentStatusState;
            readonly createdAt: string;
          } | null> | null;
        } | null;
      } | null> | null;
    };
  } | null;
};

export type IssuesByIdQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type IssuesByIdQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly number: number;
        readonly title: string;
        readonly body: string;
        readonly url: string;
        readonly createdAt: string;
        readonly updatedAt: string;
        readonly closedAt: string | null;
        readonly labels: {
          readonly totalCount: number;
          readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type IssuesQueryVariables = Exact<{
  owner: string;
  name: string;
  since?: string | null | undefined;
  labels?: ReadonlyArray<string> | string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;

export type IssuesQuery = {
  readonly repository: {
    readonly issues: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly number: number;
        readonly title: string;
        readonly body: string;
        readonly url: string;
        readonly createdAt: string;
        readonly updatedAt: string;
        readonly closedAt: string | null;
        readonly labels: {
          readonly totalCount: number;
          readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null;
        } | null;
      } | null> | null;
    };
  } | null;
};

export type LightDeploymentsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type LightDeploymentsQuery = {
  readonly nodes: ReadonlyArray<
    | { readonly id: string; readonly latestStatus: { readonly state: DeploymentStatusState } | null }
    | Record<PropertyKey, never>
    | null
  >;
};

export type LightPullRequestsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type LightPullRequestsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly state: PullRequestState;
        readonly isDraft: boolean;
        readonly updatedAt: string;
        readonly headRefOid: string;
        readonly totalCommentsCount: number | null;
        readonly commits: { readonly totalCount: number };
        readonly reviews: { readonly totalCount: number } | null;
        readonly labels: { readonly totalCount: number } | null;
        readonly timelineItems: { readonly totalCount: number };
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type MembersProbeQueryVariables = Exact<{
  login: string;
}>;

export type MembersProbeQuery = {
  readonly organization: { readonly id: string; readonly teams: { readonly totalCount: number } } | null;
};

export type OrganisationProbeQueryVariables = Exact<{
  login: string;
  first: number;
  after?: string | null | undefined;
  withPullRequests?: boolean | null | undefined;
  withIssues?: boolean | null | undefined;
  withDeployments?: boolean | null | undefined;
  withContents?: boolean | null | undefined;
}>;

export type OrganisationProbeQuery = {
  readonly repositoryOwner:
    | {
        readonly __typename: 'Organization';
        readonly login: string;
        readonly repositories: {
          readonly totalCount: number;
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly name: string;
            readonly visibility: RepositoryVisibility;
            readonly isFork: boolean;
            readonly isArchived: boolean;
            readonly isEmpty: boolean;
            readonly createdAt: string;
            readonly pushedAt: string | null;
            readonly updatedAt: string;
            readonly owner: { readonly login: string } | { readonly login: string };
            readonly primaryLanguage: { readonly name: string } | null;
            readonly defaultBranchRef: {
              readonly name: string;
              readonly target?:
                | { readonly oid: string }
                | { readonly oid: string }
                | { readonly oid: string }
                | { readonly oid: string }
                | null;
            } | null;
            readonly pullRequests?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly issues?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly deployments?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly createdAt: string } | null> | null;
            };
            readonly releases?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly refs?: { readonly totalCount: number } | null;
          } | null> | null;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        };
      }
    | {
        readonly __typename: 'User';
        readonly login: string;
        readonly repositories: {
          readonly totalCount: number;
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly name: string;
            readonly visibility: RepositoryVisibility;
            readonly isFork: boolean;
            readonly isArchived: boolean;
            readonly isEmpty: boolean;
            readonly createdAt: string;
            readonly pushedAt: string | null;
            readonly updatedAt: string;
            readonly owner: { readonly login: string } | { readonly login: string };
            readonly primaryLanguage: { readonly name: string } | null;
            readonly defaultBranchRef: {
              readonly name: string;
              readonly target?:
                | { readonly oid: string }
                | { readonly oid: string }
                | { readonly oid: string }
                | { readonly oid: string }
                | null;
            } | null;
            readonly pullRequests?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly issues?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly deployments?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly createdAt: string } | null> | null;
            };
            readonly releases?: {
              readonly totalCount: number;
              readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
            };
            readonly refs?: { readonly totalCount: number } | null;
          } | null> | null;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        };
      }
    | null;
};

export type OrganisationTeamsQueryVariables = Exact<{
  login: string;
  first: number;
  after?: string | null | undefined;
}>;

export type OrganisationTeamsQuery = {
  readonly organization: {
    readonly teams: {
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly slug: string;
        readonly name: string;
        readonly parentTeam: { readonly slug: string } | null;
        readonly members: {
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly login: string;
            readonly name: string | null;
          } | null> | null;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        };
      } | null> | null;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
};

export type PullRequestCommitsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestCommitsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly commits: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly commit: {
              readonly oid: string;
              readonly authoredDate: string;
              readonly author: {
                readonly user: {
                  readonly __typename: 'User';
                  readonly id: string;
                  readonly login: string;
                } | null;
              } | null;
            };
          } | null> | null;
        };
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestEventsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestEventsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly timelineItems: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<
            | {
                readonly __typename: 'AddedToMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AddedToProjectEvent'; readonly id: string }
            | { readonly __typename: 'AssignedEvent'; readonly id: string }
            | { readonly __typename: 'AutoMergeDisabledEvent'; readonly id: string }
            | {
                readonly __typename: 'AutoMergeEnabledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AutoRebaseEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutoSquashEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeFailedEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeSucceededEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefChangedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefDeletedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefForcePushedEvent'; readonly id: string }
            | {
                readonly __typename: 'ClosedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'CommentDeletedEvent'; readonly id: string }
            | { readonly __typename: 'ConnectedEvent'; readonly id: string }
            | {
                readonly __typename: 'ConvertToDraftEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ConvertedNoteToIssueEvent'; readonly id: string }
            | { readonly __typename: 'ConvertedToDiscussionEvent'; readonly id: string }
            | { readonly __typename: 'CrossReferencedEvent'; readonly id: string }
            | { readonly __typename: 'DemilestonedEvent'; readonly id: string }
            | { readonly __typename: 'DeployedEvent'; readonly id: string }
            | { readonly __typename: 'DeploymentEnvironmentChangedEvent'; readonly id: string }
            | { readonly __typename: 'DisconnectedEvent'; readonly id: string }
            | { readonly __typename: 'HeadRefDeletedEvent'; readonly id: string }
            | {
                readonly __typename: 'HeadRefForcePushedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly beforeCommit: { readonly oid: string } | null;
                readonly afterCommit: { readonly oid: string } | null;
              }
            | { readonly __typename: 'HeadRefRestoredEvent'; readonly id: string }
            | { readonly __typename: 'IssueComment'; readonly id: string }
            | {
                readonly __typename: 'LabeledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly label: { readonly name: string };
              }
            | { readonly __typename: 'LockedEvent'; readonly id: string }
            | { readonly __typename: 'MarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'MentionedEvent'; readonly id: string }
            | {
                readonly __typename: 'MergedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'MilestonedEvent'; readonly id: string }
            | { readonly __typename: 'MovedColumnsInProjectEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'PinnedEvent'; readonly id: string }
            | { readonly __typename: 'PullRequestCommit'; readonly id: string }
            | { readonly __typename: 'PullRequestCommitCommentThread'; readonly id: string }
            | { readonly __typename: 'PullRequestReview'; readonly id: string }
            | { readonly __typename: 'PullRequestReviewThread'; readonly id: string }
            | { readonly __typename: 'PullRequestRevisionMarker' }
            | {
                readonly __typename: 'ReadyForReviewEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ReferencedEvent'; readonly id: string }
            | {
                readonly __typename: 'RemovedFromMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly reason: string | null;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'RemovedFromProjectEvent'; readonly id: string }
            | { readonly __typename: 'RenamedTitleEvent'; readonly id: string }
            | {
                readonly __typename: 'ReopenedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewDismissedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestRemovedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | { readonly __typename: 'SubIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'SubIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'SubscribedEvent'; readonly id: string }
            | { readonly __typename: 'TransferredEvent'; readonly id: string }
            | { readonly __typename: 'UnassignedEvent'; readonly id: string }
            | { readonly __typename: 'UnlabeledEvent'; readonly id: string }
            | { readonly __typename: 'UnlockedEvent'; readonly id: string }
            | { readonly __typename: 'UnmarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'UnpinnedEvent'; readonly id: string }
            | { readonly __typename: 'UnsubscribedEvent'; readonly id: string }
            | { readonly __typename: 'UserBlockedEvent'; readonly id: string }
            | null
          > | null;
        };
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestFilesQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestFilesQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly files: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly path: string;
            readonly additions: number;
            readonly deletions: number;
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestHeadsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type PullRequestHeadsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly number: number;
        readonly title: string;
        readonly state: PullRequestState;
        readonly isDraft: boolean;
        readonly isInMergeQueue: boolean;
        readonly isCrossRepository: boolean;
        readonly baseRefName: string;
        readonly headRefName: string;
        readonly headRefOid: string;
        readonly createdAt: string;
        readonly updatedAt: string;
        readonly mergedAt: string | null;
        readonly closedAt: string | null;
        readonly additions: number;
        readonly deletions: number;
        readonly changedFiles: number;
        readonly totalCommentsCount: number | null;
        readonly author:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergedBy:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergeCommit: { readonly oid: string } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestLabelsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestLabelsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly labels: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestListingQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
  field: IssueOrderField;
  direction: OrderDirection;
}>;

export type PullRequestListingQuery = {
  readonly repository: {
    readonly pullRequests: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly state: PullRequestState;
        readonly isDraft: boolean;
        readonly updatedAt: string;
        readonly headRefOid: string;
        readonly totalCommentsCount: number | null;
        readonly number: number;
        readonly commits: { readonly totalCount: number };
        readonly reviews: { readonly totalCount: number } | null;
        readonly labels: { readonly totalCount: number } | null;
        readonly timelineItems: { readonly totalCount: number };
      } | null> | null;
    };
  } | null;
};

export type PullRequestReviewRequestsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestReviewRequestsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly reviewRequests: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly requestedReviewer:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
              | { readonly __typename: 'User'; readonly login: string; readonly id: string }
              | null;
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestReviewsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  after?: string | null | undefined;
}>;

export type PullRequestReviewsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly reviews: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly state: PullRequestReviewState;
            readonly body: string;
            readonly submittedAt: string | null;
            readonly author:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
              | { readonly __typename: 'User'; readonly id: string; readonly login: string }
              | null;
            readonly commit: { readonly oid: string } | null;
            readonly comments: { readonly totalCount: number };
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestsByIdQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type PullRequestsByIdQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly number: number;
        readonly title: string;
        readonly state: PullRequestState;
        readonly isDraft: boolean;
        readonly isInMergeQueue: boolean;
        readonly isCrossRepository: boolean;
        readonly baseRefName: string;
        readonly headRefName: string;
        readonly headRefOid: string;
        readonly createdAt: string;
        readonly updatedAt: string;
        readonly mergedAt: string | null;
        readonly closedAt: string | null;
        readonly additions: number;
        readonly deletions: number;
        readonly changedFiles: number;
        readonly totalCommentsCount: number | null;
        readonly labels: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null;
        } | null;
        readonly reviewRequests: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly requestedReviewer:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
              | { readonly __typename: 'User'; readonly login: string; readonly id: string }
              | null;
          } | null> | null;
        } | null;
        readonly reviews: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly state: PullRequestReviewState;
            readonly body: string;
            readonly submittedAt: string | null;
            readonly author:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
              | { readonly __typename: 'User'; readonly id: string; readonly login: string }
              | null;
            readonly commit: { readonly oid: string } | null;
            readonly comments: { readonly totalCount: number };
          } | null> | null;
        } | null;
        readonly commits: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly commit: {
              readonly oid: string;
              readonly authoredDate: string;
              readonly author: {
                readonly user: {
                  readonly __typename: 'User';
                  readonly id: string;
                  readonly login: string;
                } | null;
              } | null;
            };
          } | null> | null;
        };
        readonly files: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly path: string;
            readonly additions: number;
            readonly deletions: number;
          } | null> | null;
        } | null;
        readonly timelineItems: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<
            | {
                readonly __typename: 'AddedToMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AddedToProjectEvent'; readonly id: string }
            | { readonly __typename: 'AssignedEvent'; readonly id: string }
            | { readonly __typename: 'AutoMergeDisabledEvent'; readonly id: string }
            | {
                readonly __typename: 'AutoMergeEnabledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AutoRebaseEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutoSquashEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeFailedEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeSucceededEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefChangedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefDeletedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefForcePushedEvent'; readonly id: string }
            | {
                readonly __typename: 'ClosedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'CommentDeletedEvent'; readonly id: string }
            | { readonly __typename: 'ConnectedEvent'; readonly id: string }
            | {
                readonly __typename: 'ConvertToDraftEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ConvertedNoteToIssueEvent'; readonly id: string }
            | { readonly __typename: 'ConvertedToDiscussionEvent'; readonly id: string }
            | { readonly __typename: 'CrossReferencedEvent'; readonly id: string }
            | { readonly __typename: 'DemilestonedEvent'; readonly id: string }
            | { readonly __typename: 'DeployedEvent'; readonly id: string }
            | { readonly __typename: 'DeploymentEnvironmentChangedEvent'; readonly id: string }
            | { readonly __typename: 'DisconnectedEvent'; readonly id: string }
            | { readonly __typename: 'HeadRefDeletedEvent'; readonly id: string }
            | {
                readonly __typename: 'HeadRefForcePushedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly beforeCommit: { readonly oid: string } | null;
                readonly afterCommit: { readonly oid: string } | null;
              }
            | { readonly __typename: 'HeadRefRestoredEvent'; readonly id: string }
            | { readonly __typename: 'IssueComment'; readonly id: string }
            | {
                readonly __typename: 'LabeledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly label: { readonly name: string };
              }
            | { readonly __typename: 'LockedEvent'; readonly id: string }
            | { readonly __typename: 'MarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'MentionedEvent'; readonly id: string }
            | {
                readonly __typename: 'MergedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'MilestonedEvent'; readonly id: string }
            | { readonly __typename: 'MovedColumnsInProjectEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'PinnedEvent'; readonly id: string }
            | { readonly __typename: 'PullRequestCommit'; readonly id: string }
            | { readonly __typename: 'PullRequestCommitCommentThread'; readonly id: string }
            | { readonly __typename: 'PullRequestReview'; readonly id: string }
            | { readonly __typename: 'PullRequestReviewThread'; readonly id: string }
            | { readonly __typename: 'PullRequestRevisionMarker' }
            | {
                readonly __typename: 'ReadyForReviewEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ReferencedEvent'; readonly id: string }
            | {
                readonly __typename: 'RemovedFromMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly reason: string | null;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'RemovedFromProjectEvent'; readonly id: string }
            | { readonly __typename: 'RenamedTitleEvent'; readonly id: string }
            | {
                readonly __typename: 'ReopenedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewDismissedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestRemovedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | { readonly __typename: 'SubIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'SubIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'SubscribedEvent'; readonly id: string }
            | { readonly __typename: 'TransferredEvent'; readonly id: string }
            | { readonly __typename: 'UnassignedEvent'; readonly id: string }
            | { readonly __typename: 'UnlabeledEvent'; readonly id: string }
            | { readonly __typename: 'UnlockedEvent'; readonly id: string }
            | { readonly __typename: 'UnmarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'UnpinnedEvent'; readonly id: string }
            | { readonly __typename: 'UnsubscribedEvent'; readonly id: string }
            | { readonly __typename: 'UserBlockedEvent'; readonly id: string }
            | null
          > | null;
        };
        readonly author:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergedBy:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergeCommit: { readonly oid: string } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type PullRequestsSkipQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
  direction: OrderDirection;
}>;

export type PullRequestsSkipQuery = {
  readonly repository: {
    readonly pullRequests: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly number: number;
        readonly updatedAt: string;
      } | null> | null;
    };
  } | null;
};

export type PullRequestsQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
  direction: OrderDirection;
}>;

export type PullRequestsQuery = {
  readonly repository: {
    readonly pullRequests: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly number: number;
        readonly title: string;
        readonly state: PullRequestState;
        readonly isDraft: boolean;
        readonly isInMergeQueue: boolean;
        readonly isCrossRepository: boolean;
        readonly baseRefName: string;
        readonly headRefName: string;
        readonly headRefOid: string;
        readonly createdAt: string;
        readonly updatedAt: string;
        readonly mergedAt: string | null;
        readonly closedAt: string | null;
        readonly additions: number;
        readonly deletions: number;
        readonly changedFiles: number;
        readonly totalCommentsCount: number | null;
        readonly labels: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null;
        } | null;
        readonly reviewRequests: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly requestedReviewer:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
              | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
              | { readonly __typename: 'User'; readonly login: string; readonly id: string }
              | null;
          } | null> | null;
        } | null;
        readonly reviews: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly state: PullRequestReviewState;
            readonly body: string;
            readonly submittedAt: string | null;
            readonly author:
              | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
              | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
              | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
              | { readonly __typename: 'User'; readonly id: string; readonly login: string }
              | null;
            readonly commit: { readonly oid: string } | null;
            readonly comments: { readonly totalCount: number };
          } | null> | null;
        } | null;
        readonly commits: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly commit: {
              readonly oid: string;
              readonly authoredDate: string;
              readonly author: {
                readonly user: {
                  readonly __typename: 'User';
                  readonly id: string;
                  readonly login: string;
                } | null;
              } | null;
            };
          } | null> | null;
        };
        readonly files: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly path: string;
            readonly additions: number;
            readonly deletions: number;
          } | null> | null;
        } | null;
        readonly timelineItems: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<
            | {
                readonly __typename: 'AddedToMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AddedToProjectEvent'; readonly id: string }
            | { readonly __typename: 'AssignedEvent'; readonly id: string }
            | { readonly __typename: 'AutoMergeDisabledEvent'; readonly id: string }
            | {
                readonly __typename: 'AutoMergeEnabledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'AutoRebaseEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutoSquashEnabledEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeFailedEvent'; readonly id: string }
            | { readonly __typename: 'AutomaticBaseChangeSucceededEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefChangedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefDeletedEvent'; readonly id: string }
            | { readonly __typename: 'BaseRefForcePushedEvent'; readonly id: string }
            | {
                readonly __typename: 'ClosedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'CommentDeletedEvent'; readonly id: string }
            | { readonly __typename: 'ConnectedEvent'; readonly id: string }
            | {
                readonly __typename: 'ConvertToDraftEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ConvertedNoteToIssueEvent'; readonly id: string }
            | { readonly __typename: 'ConvertedToDiscussionEvent'; readonly id: string }
            | { readonly __typename: 'CrossReferencedEvent'; readonly id: string }
            | { readonly __typename: 'DemilestonedEvent'; readonly id: string }
            | { readonly __typename: 'DeployedEvent'; readonly id: string }
            | { readonly __typename: 'DeploymentEnvironmentChangedEvent'; readonly id: string }
            | { readonly __typename: 'DisconnectedEvent'; readonly id: string }
            | { readonly __typename: 'HeadRefDeletedEvent'; readonly id: string }
            | {
                readonly __typename: 'HeadRefForcePushedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly beforeCommit: { readonly oid: string } | null;
                readonly afterCommit: { readonly oid: string } | null;
              }
            | { readonly __typename: 'HeadRefRestoredEvent'; readonly id: string }
            | { readonly __typename: 'IssueComment'; readonly id: string }
            | {
                readonly __typename: 'LabeledEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly label: { readonly name: string };
              }
            | { readonly __typename: 'LockedEvent'; readonly id: string }
            | { readonly __typename: 'MarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'MentionedEvent'; readonly id: string }
            | {
                readonly __typename: 'MergedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'MilestonedEvent'; readonly id: string }
            | { readonly __typename: 'MovedColumnsInProjectEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'ParentIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'PinnedEvent'; readonly id: string }
            | { readonly __typename: 'PullRequestCommit'; readonly id: string }
            | { readonly __typename: 'PullRequestCommitCommentThread'; readonly id: string }
            | { readonly __typename: 'PullRequestReview'; readonly id: string }
            | { readonly __typename: 'PullRequestReviewThread'; readonly id: string }
            | { readonly __typename: 'PullRequestRevisionMarker' }
            | {
                readonly __typename: 'ReadyForReviewEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'ReferencedEvent'; readonly id: string }
            | {
                readonly __typename: 'RemovedFromMergeQueueEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly reason: string | null;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | { readonly __typename: 'RemovedFromProjectEvent'; readonly id: string }
            | { readonly __typename: 'RenamedTitleEvent'; readonly id: string }
            | {
                readonly __typename: 'ReopenedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewDismissedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestRemovedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | {
                readonly __typename: 'ReviewRequestedEvent';
                readonly id: string;
                readonly createdAt: string;
                readonly actor:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | {
                      readonly __typename: 'EnterpriseUserAccount';
                      readonly id: string;
                      readonly login: string;
                    }
                  | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
                  | { readonly __typename: 'User'; readonly id: string; readonly login: string }
                  | null;
                readonly requestedReviewer:
                  | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Mannequin'; readonly login: string; readonly id: string }
                  | { readonly __typename: 'Team'; readonly id: string; readonly combinedSlug: string }
                  | { readonly __typename: 'User'; readonly login: string; readonly id: string }
                  | null;
              }
            | { readonly __typename: 'SubIssueAddedEvent'; readonly id: string }
            | { readonly __typename: 'SubIssueRemovedEvent'; readonly id: string }
            | { readonly __typename: 'SubscribedEvent'; readonly id: string }
            | { readonly __typename: 'TransferredEvent'; readonly id: string }
            | { readonly __typename: 'UnassignedEvent'; readonly id: string }
            | { readonly __typename: 'UnlabeledEvent'; readonly id: string }
            | { readonly __typename: 'UnlockedEvent'; readonly id: string }
            | { readonly __typename: 'UnmarkedAsDuplicateEvent'; readonly id: string }
            | { readonly __typename: 'UnpinnedEvent'; readonly id: string }
            | { readonly __typename: 'UnsubscribedEvent'; readonly id: string }
            | { readonly __typename: 'UserBlockedEvent'; readonly id: string }
            | null
          > | null;
        };
        readonly author:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergedBy:
          | { readonly __typename: 'Bot'; readonly login: string; readonly id: string }
          | { readonly __typename: 'EnterpriseUserAccount'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Mannequin'; readonly id: string; readonly login: string }
          | { readonly __typename: 'Organization'; readonly id: string; readonly login: string }
          | { readonly __typename: 'User'; readonly id: string; readonly login: string }
          | null;
        readonly mergeCommit: { readonly oid: string } | null;
      } | null> | null;
    };
  } | null;
};

export type ReleasesQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type ReleasesQuery = {
  readonly repository: {
    readonly releases: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly tagName: string;
        readonly isDraft: boolean;
        readonly isPrerelease: boolean;
        readonly publishedAt: string | null;
        readonly updatedAt: string;
        readonly tagCommit: { readonly oid: string } | null;
      } | null> | null;
    };
  } | null;
};

export type RepositoriesByIdQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type RepositoriesByIdQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly name: string;
        readonly owner: { readonly login: string } | { readonly login: string };
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type RepositoryProbeQueryVariables = Exact<{
  owner: string;
  name: string;
  withPullRequests?: boolean | null | undefined;
  withIssues?: boolean | null | undefined;
  withDeployments?: boolean | null | undefined;
  withContents?: boolean | null | undefined;
}>;

export type RepositoryProbeQuery = {
  readonly repository: {
    readonly id: string;
    readonly name: string;
    readonly visibility: RepositoryVisibility;
    readonly isFork: boolean;
    readonly isArchived: boolean;
    readonly isEmpty: boolean;
    readonly createdAt: string;
    readonly pushedAt: string | null;
    readonly updatedAt: string;
    readonly owner: { readonly login: string } | { readonly login: string };
    readonly primaryLanguage: { readonly name: string } | null;
    readonly defaultBranchRef: {
      readonly name: string;
      readonly target?:
        | { readonly oid: string }
        | { readonly oid: string }
        | { readonly oid: string }
        | { readonly oid: string }
        | null;
    } | null;
    readonly pullRequests?: {
      readonly totalCount: number;
      readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
    };
    readonly issues?: {
      readonly totalCount: number;
      readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
    };
    readonly deployments?: {
      readonly totalCount: number;
      readonly nodes: ReadonlyArray<{ readonly createdAt: string } | null> | null;
    };
    readonly releases?: {
      readonly totalCount: number;
      readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null;
    };
    readonly refs?: { readonly totalCount: number } | null;
  } | null;
};

export type RulesetsQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type RulesetsQuery = {
  readonly repository: {
    readonly rulesets: {
      readonly nodes: ReadonlyArray<{
        readonly id: string;
        readonly name: string;
        readonly target: RepositoryRulesetTarget | null;
        readonly enforcement: RuleEnforcement;
        readonly conditions: {
          readonly refName: {
            readonly include: ReadonlyArray<string>;
            readonly exclude: ReadonlyArray<string>;
          } | null;
        };
        readonly rules: {
          readonly totalCount: number;
          readonly nodes: ReadonlyArray<{
            readonly type: RepositoryRuleType;
            readonly parameters:
              | { readonly requiredApprovingReviewCount: number; readonly requireCodeOwnerReview: boolean }
              | Record<PropertyKey, never>
              | null;
          } | null> | null;
        } | null;
      } | null> | null;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  } | null;
};

export type SuiteJobsRestQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;

export type SuiteJobsRestQuery = {
  readonly node:
    | {
        readonly checkRuns: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly databaseId: number | null;
            readonly name: string;
            readonly status: CheckStatusState;
            readonly conclusion: CheckConclusionState | null;
            readonly startedAt: string | null;
            readonly completedAt: string | null;
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null;
};

export type SuiteJobsQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type SuiteJobsQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly checkRuns: {
          readonly totalCount: number;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: ReadonlyArray<{
            readonly databaseId: number | null;
            readonly name: string;
            readonly status: CheckStatusState;
            readonly conclusion: CheckConclusionState | null;
            readonly startedAt: string | null;
            readonly completedAt: string | null;
          } | null> | null;
        } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type SuiteStatesQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;

export type SuiteStatesQuery = {
  readonly nodes: ReadonlyArray<
    | {
        readonly id: string;
        readonly workflowRun: { readonly databaseId: number | null; readonly updatedAt: string } | null;
      }
    | Record<PropertyKey, never>
    | null
  >;
};

export type TagsQueryVariables = Exact<{
  owner: string;
  name: string;
  first: number;
  after?: string | null | undefined;
}>;

export type TagsQuery = {
  readonly repository: {
    readonly refs: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: ReadonlyArray<{
        readonly name: string;
        readonly target:
          | { readonly __typename: 'Blob'; readonly oid: string }
          | { readonly __typename: 'Commit'; readonly committedDate: string; readonly oid: string }
          | {
              readonly __typename: 'Tag';
              readonly oid: string;
              readonly tagger: { readonly date: string | null } | null;
              readonly target:
                | { readonly __typename: 'Blob'; readonly oid: string }
                | { readonly __typename: 'Commit'; readonly committedDate: string; readonly oid: string }
                | {
                    readonly __typename: 'Tag';
                    readonly oid: string;
                    readonly target:
                      | { readonly __typename: 'Blob'; readonly oid: string }
                      | {
                          readonly __typename: 'Commit';
                          readonly committedDate: string;
                          readonly oid: string;
                        }
                      | { readonly __typename: 'Tag'; readonly oid: string }
                      | { readonly __typename: 'Tree'; readonly oid: string };
                  }
                | { readonly __typename: 'Tree'; readonly oid: string };
            }
          | { readonly __typename: 'Tree'; readonly oid: string }
          | null;
      } | null> | null;
    } | null;
  } | null;
};

export type TeamMembersQueryVariables = Exact<{
  team: string | number;
  first: number;
  after?: string | null | undefined;
}>;

export type TeamMembersQuery = {
  readonly node:
    | {
        readonly members: {
          readonly nodes: ReadonlyArray<{
            readonly id: string;
            readonly login: string;
            readonly name: string | null;
          } | null> | null;
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        };
      }
    | Record<PropertyKey, never>
    | null;
};

/** Points: 1. */
export const accessProbeDocument: GraphqlDocument<AccessProbeQuery, AccessProbeQueryVariables> = {
  name: 'access-probe',
  text: 'query AccessProbe($owner:String!$name:String!){contents:repository(owner:$owner name:$name){object(expression:"HEAD"){id}}pullRequests:repository(owner:$owner name:$name){pullRequests(first:1){totalCount}}issues:repository(owner:$owner name:$name){issues(first:1){totalCount}}deployments:repository(owner:$owner name:$name){deployments(first:1){totalCount}}administration:repository(owner:$owner name:$name){branchProtectionRules(first:1){totalCount}}rateLimit{cost}}',
};

/** Points: 1. */
export const accountDocument: GraphqlDocument<AccountQuery, AccountQueryVariables> = {
  name: 'account',
  text: 'query Account($login:String!){user(login:$login){id login}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const branchProtectionsDocument: GraphqlDocument<
  BranchProtectionsQuery,
  BranchProtectionsQueryVariables
> = {
  name: 'branch-protections',
  text: 'query BranchProtections($owner:String!$name:String!$first:Int!$after:String){repository(owner:$owner name:$name){branchProtectionRules(first:$first after:$after){nodes{id pattern isAdminEnforced allowsForcePushes requiresApprovingReviews requiredApprovingReviewCount requiresCodeOwnerReviews requiresStatusChecks requiresLinearHistory}pageInfo{hasNextPage endCursor}}}rateLimit{cost}}',
};

/** Points: 1. */
export const codeOwnersDocument: GraphqlDocument<CodeOwnersQuery, CodeOwnersQueryVariables> = {
  name: 'code-owners',
  text: 'query CodeOwners($owner:String!$name:String!){repository(owner:$owner name:$name){hidden:object(expression:"HEAD:.github/CODEOWNERS"){...CodeOwnersFile}root:object(expression:"HEAD:CODEOWNERS"){...CodeOwnersFile}docs:object(expression:"HEAD:docs/CODEOWNERS"){...CodeOwnersFile}}rateLimit{cost}}fragment CodeOwnersFile on Blob{byteSize isTruncated text}',
};

/** Points: 1 for any page. */
export const commitHistoryDocument: GraphqlDocument<CommitHistoryQuery, CommitHistoryQueryVariables> = {
  name: 'commit-history',
  text: 'query CommitHistory($owner:String!$name:String!$head:GitObjectID!$since:GitTimestamp$first:Int!$after:String){repository(owner:$owner name:$name){object(oid:$head){...on Commit{history(first:$first after:$after since:$since){pageInfo{hasNextPage endCursor}nodes{oid message authoredDate committedDate author{name email}parents(first:100){totalCount nodes{oid}}}}}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const deploymentStatusesDocument: GraphqlDocument<
  DeploymentStatusesQuery,
  DeploymentStatusesQueryVariables
> = {
  name: 'deployment-statuses',
  text: 'query DeploymentStatuses($id:ID!$first:Int!$after:String){node(id:$id){...on Deployment{statuses(first:$first after:$after){...StatusList}}}rateLimit{cost}}fragment StatusList on DeploymentStatusConnection{pageInfo{hasNextPage endCursor}nodes{state createdAt}}',
};

/** Points: 1 for any page. */
export const deploymentsByIdDocument: GraphqlDocument<DeploymentsByIdQuery, DeploymentsByIdQueryVariables> = {
  name: 'deployments-by-id',
  text: 'query DeploymentsById($ids:[ID!]!){nodes(ids:$ids){...on Deployment{...DeploymentFields statuses(first:10){...StatusList}}}rateLimit{cost}}fragment DeploymentFields on Deployment{id databaseId commitOid createdAt environment originalEnvironment task payload ref{name}}fragment StatusList on DeploymentStatusConnection{pageInfo{hasNextPage endCursor}nodes{state createdAt}}',
};

/** Points: 1 for any page. */
export const deploymentsDocument: GraphqlDocument<DeploymentsQuery, DeploymentsQueryVariables> = {
  name: 'deployments',
  text: 'query Deployments($owner:String!$name:String!$first:Int!$after:String){repository(owner:$owner name:$name){deployments(first:$first after:$after orderBy:{field:CREATED_AT direction:DESC}){totalCount pageInfo{hasNextPage endCursor}nodes{...DeploymentFields statuses(first:10){...StatusList}}}}rateLimit{cost}}fragment DeploymentFields on Deployment{id databaseId commitOid createdAt environment originalEnvironment task payload ref{name}}fragment StatusList on DeploymentStatusConnection{pageInfo{hasNextPage endCursor}nodes{state createdAt}}',
};

/** Points: 1 for any page. */
export const issuesByIdDocument: GraphqlDocument<IssuesByIdQuery, IssuesByIdQueryVariables> = {
  name: 'issues-by-id',
  text: 'query IssuesById($ids:[ID!]!){nodes(ids:$ids){...on Issue{...IncidentFields}}rateLimit{cost}}fragment IncidentFields on Issue{id number title body url createdAt updatedAt closedAt labels(first:100){totalCount nodes{name}}}',
};

/** Points: 1 for any page. */
export const issuesDocument: GraphqlDocument<IssuesQuery, IssuesQueryVariables> = {
  name: 'issues',
  text: 'query Issues($owner:String!$name:String!$since:DateTime$labels:[String!]$first:Int!$after:String){repository(owner:$owner name:$name){issues(first:$first after:$after filterBy:{since:$since labels:$labels}orderBy:{field:UPDATED_AT direction:ASC}){pageInfo{hasNextPage endCursor}nodes{...IncidentFields}}}rateLimit{cost}}fragment IncidentFields on Issue{id number title body url createdAt updatedAt closedAt labels(first:100){totalCount nodes{name}}}',
};

/** Points: 1 for any page. */
export const lightDeploymentsDocument: GraphqlDocument<
  LightDeploymentsQuery,
  LightDeploymentsQueryVariables
> = {
  name: 'light-deployments',
  text: 'query LightDeployments($ids:[ID!]!){nodes(ids:$ids){...on Deployment{id latestStatus{state}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const lightPullRequestsDocument: GraphqlDocument<
  LightPullRequestsQuery,
  LightPullRequestsQueryVariables
> = {
  name: 'light-pull-requests',
  text: 'query LightPullRequests($ids:[ID!]!){nodes(ids:$ids){...LightPullRequest}rateLimit{cost}}fragment LightPullRequest on PullRequest{id state isDraft updatedAt headRefOid totalCommentsCount commits{totalCount}reviews{totalCount}labels{totalCount}timelineItems(itemTypes:[READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT ADDED_TO_MERGE_QUEUE_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT AUTO_MERGE_ENABLED_EVENT HEAD_REF_FORCE_PUSHED_EVENT MERGED_EVENT CLOSED_EVENT REOPENED_EVENT LABELED_EVENT]){totalCount}}',
};

/** Points: 1. */
export const membersProbeDocument: GraphqlDocument<MembersProbeQuery, MembersProbeQueryVariables> = {
  name: 'members-probe',
  text: 'query MembersProbe($login:String!){organization(login:$login){id teams(first:1){totalCount}}rateLimit{cost}}',
};

/** Points: 1 for a page of up to 37, 4 for one of 100. */
export const organisationProbeDocument: GraphqlDocument<
  OrganisationProbeQuery,
  OrganisationProbeQueryVariables
> = {
  name: 'organisation-probe',
  text: 'query OrganisationProbe($login:String!$first:Int!$after:String$withPullRequests:Boolean=true$withIssues:Boolean=true$withDeployments:Boolean=true$withContents:Boolean=true){repositoryOwner(login:$login){__typename login repositories(first:$first after:$after ownerAffiliations:[OWNER]orderBy:{field:CREATED_AT direction:ASC}){totalCount nodes{...ProbedRepository}pageInfo{hasNextPage endCursor}}}rateLimit{cost}}fragment ProbedRepository on Repository{id name owner{login}visibility isFork isArchived isEmpty createdAt pushedAt updatedAt primaryLanguage{name}defaultBranchRef{name target@include(if:$withContents){oid}}pullRequests(first:1 orderBy:{field:UPDATED_AT direction:DESC})@include(if:$withPullRequests){totalCount nodes{updatedAt}}issues(first:1 orderBy:{field:UPDATED_AT direction:DESC})@include(if:$withIssues){totalCount nodes{updatedAt}}deployments(first:1 orderBy:{field:CREATED_AT direction:DESC})@include(if:$withDeployments){totalCount nodes{createdAt}}releases(first:1 orderBy:{field:CREATED_AT direction:DESC})@include(if:$withContents){totalCount nodes{updatedAt}}refs(refPrefix:"refs/tags/")@include(if:$withContents){totalCount}}',
};

/** Points: 1 for any page. */
export const organisationTeamsDocument: GraphqlDocument<
  OrganisationTeamsQuery,
  OrganisationTeamsQueryVariables
> = {
  name: 'organisation-teams',
  text: 'query OrganisationTeams($login:String!$first:Int!$after:String){organization(login:$login){teams(first:$first after:$after orderBy:{field:NAME direction:ASC}){nodes{id slug name parentTeam{slug}members(first:100 membership:IMMEDIATE){nodes{...TeamMember}pageInfo{hasNextPage endCursor}}}pageInfo{hasNextPage endCursor}}}rateLimit{cost}}fragment TeamMember on User{id login name}',
};

/** Points: 1 for any page. */
export const pullRequestCommitsDocument: GraphqlDocument<
  PullRequestCommitsQuery,
  PullRequestCommitsQueryVariables
> = {
  name: 'pull-request-commits',
  text: 'query PullRequestCommits($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id commits(first:100 after:$after){...PullRequestCommitPage}}}rateLimit{cost}}fragment PullRequestCommitPage on PullRequestCommitConnection{totalCount pageInfo{hasNextPage endCursor}nodes{commit{oid authoredDate author{user{__typename id login}}}}}',
};

/** Points: 1 for any page. */
export const pullRequestEventsDocument: GraphqlDocument<
  PullRequestEventsQuery,
  PullRequestEventsQueryVariables
> = {
  name: 'pull-request-events',
  text: 'query PullRequestEvents($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id timelineItems(first:100 after:$after itemTypes:[READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT ADDED_TO_MERGE_QUEUE_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT AUTO_MERGE_ENABLED_EVENT HEAD_REF_FORCE_PUSHED_EVENT MERGED_EVENT CLOSED_EVENT REOPENED_EVENT LABELED_EVENT]){...PullRequestEventPage}}}rateLimit{cost}}fragment PullRequestAccount on Actor{__typename login ...on Node{id}}fragment PullRequestEventPage on PullRequestTimelineItemsConnection{totalCount pageInfo{hasNextPage endCursor}nodes{__typename ...on Node{id}...on ReadyForReviewEvent{createdAt actor{...PullRequestAccount}}...on ConvertToDraftEvent{createdAt actor{...PullRequestAccount}}...on ReviewRequestedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewRequestRemovedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewDismissedEvent{createdAt actor{...PullRequestAccount}}...on AddedToMergeQueueEvent{createdAt actor{...PullRequestAccount}}...on RemovedFromMergeQueueEvent{createdAt actor{...PullRequestAccount}reason}...on AutoMergeEnabledEvent{createdAt actor{...PullRequestAccount}}...on HeadRefForcePushedEvent{createdAt actor{...PullRequestAccount}beforeCommit{oid}afterCommit{oid}}...on MergedEvent{createdAt actor{...PullRequestAccount}}...on ClosedEvent{createdAt actor{...PullRequestAccount}}...on ReopenedEvent{createdAt actor{...PullRequestAccount}}...on LabeledEvent{createdAt actor{...PullRequestAccount}label{name}}}}',
};

/** Points: 1 for any page. */
export const pullRequestFilesDocument: GraphqlDocument<
  PullRequestFilesQuery,
  PullRequestFilesQueryVariables
> = {
  name: 'pull-request-files',
  text: 'query PullRequestFiles($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id files(first:100 after:$after){...PullRequestFilePage}}}rateLimit{cost}}fragment PullRequestFilePage on PullRequestChangedFileConnection{totalCount pageInfo{hasNextPage endCursor}nodes{path additions deletions}}',
};

/** Points: 1 for any page. */
export const pullRequestHeadsDocument: GraphqlDocument<
  PullRequestHeadsQuery,
  PullRequestHeadsQueryVariables
> = {
  name: 'pull-request-heads',
  text: 'query PullRequestHeads($ids:[ID!]!){nodes(ids:$ids){...on PullRequest{...PullRequestHead}}rateLimit{cost}}fragment PullRequestAccount on Actor{__typename login ...on Node{id}}fragment PullRequestHead on PullRequest{id number title state isDraft isInMergeQueue isCrossRepository author{...PullRequestAccount}baseRefName headRefName headRefOid createdAt updatedAt mergedAt closedAt mergedBy{...PullRequestAccount}mergeCommit{oid}additions deletions changedFiles totalCommentsCount}',
};

/** Points: 1 for any page. */
export const pullRequestLabelsDocument: GraphqlDocument<
  PullRequestLabelsQuery,
  PullRequestLabelsQueryVariables
> = {
  name: 'pull-request-labels',
  text: 'query PullRequestLabels($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id labels(first:100 after:$after){...PullRequestLabelPage}}}rateLimit{cost}}fragment PullRequestLabelPage on LabelConnection{totalCount pageInfo{hasNextPage endCursor}nodes{name}}',
};

/** Points: 1 for any page. */
export const pullRequestListingDocument: GraphqlDocument<
  PullRequestListingQuery,
  PullRequestListingQueryVariables
> = {
  name: 'pull-request-listing',
  text: 'query PullRequestListing($owner:String!$name:String!$first:Int!$after:String$field:IssueOrderField!$direction:OrderDirection!){repository(owner:$owner name:$name){pullRequests(first:$first after:$after orderBy:{field:$field direction:$direction}){totalCount pageInfo{hasNextPage endCursor}nodes{number ...LightPullRequest}}}rateLimit{cost}}fragment LightPullRequest on PullRequest{id state isDraft updatedAt headRefOid totalCommentsCount commits{totalCount}reviews{totalCount}labels{totalCount}timelineItems(itemTypes:[READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT ADDED_TO_MERGE_QUEUE_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT AUTO_MERGE_ENABLED_EVENT HEAD_REF_FORCE_PUSHED_EVENT MERGED_EVENT CLOSED_EVENT REOPENED_EVENT LABELED_EVENT]){totalCount}}',
};

/** Points: 1 for any page. */
export const pullRequestReviewRequestsDocument: GraphqlDocument<
  PullRequestReviewRequestsQuery,
  PullRequestReviewRequestsQueryVariables
> = {
  name: 'pull-request-review-requests',
  text: 'query PullRequestReviewRequests($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id reviewRequests(first:100 after:$after){...PullRequestReviewRequestPage}}}rateLimit{cost}}fragment PullRequestReviewRequestPage on ReviewRequestConnection{totalCount pageInfo{hasNextPage endCursor}nodes{requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}}',
};

/** Points: 1 for any page. */
export const pullRequestReviewsDocument: GraphqlDocument<
  PullRequestReviewsQuery,
  PullRequestReviewsQueryVariables
> = {
  name: 'pull-request-reviews',
  text: 'query PullRequestReviews($ids:[ID!]!$after:String){nodes(ids:$ids){...on PullRequest{id reviews(first:100 after:$after){...PullRequestReviewPage}}}rateLimit{cost}}fragment PullRequestAccount on Actor{__typename login ...on Node{id}}fragment PullRequestReviewPage on PullRequestReviewConnection{totalCount pageInfo{hasNextPage endCursor}nodes{id author{...PullRequestAccount}state body submittedAt commit{oid}comments{totalCount}}}',
};

/** Points: 1 for a page of up to 24, 6 for one of 100. */
export const pullRequestsByIdDocument: GraphqlDocument<
  PullRequestsByIdQuery,
  PullRequestsByIdQueryVariables
> = {
  name: 'pull-requests-by-id',
  text: 'query PullRequestsById($ids:[ID!]!){nodes(ids:$ids){...on PullRequest{...PullRequestWhole}}rateLimit{cost}}fragment PullRequestAccount on Actor{__typename login ...on Node{id}}fragment PullRequestCommitPage on PullRequestCommitConnection{totalCount pageInfo{hasNextPage endCursor}nodes{commit{oid authoredDate author{user{__typename id login}}}}}fragment PullRequestEventPage on PullRequestTimelineItemsConnection{totalCount pageInfo{hasNextPage endCursor}nodes{__typename ...on Node{id}...on ReadyForReviewEvent{createdAt actor{...PullRequestAccount}}...on ConvertToDraftEvent{createdAt actor{...PullRequestAccount}}...on ReviewRequestedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewRequestRemovedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewDismissedEvent{createdAt actor{...PullRequestAccount}}...on AddedToMergeQueueEvent{createdAt actor{...PullRequestAccount}}...on RemovedFromMergeQueueEvent{createdAt actor{...PullRequestAccount}reason}...on AutoMergeEnabledEvent{createdAt actor{...PullRequestAccount}}...on HeadRefForcePushedEvent{createdAt actor{...PullRequestAccount}beforeCommit{oid}afterCommit{oid}}...on MergedEvent{createdAt actor{...PullRequestAccount}}...on ClosedEvent{createdAt actor{...PullRequestAccount}}...on ReopenedEvent{createdAt actor{...PullRequestAccount}}...on LabeledEvent{createdAt actor{...PullRequestAccount}label{name}}}}fragment PullRequestFilePage on PullRequestChangedFileConnection{totalCount pageInfo{hasNextPage endCursor}nodes{path additions deletions}}fragment PullRequestHead on PullRequest{id number title state isDraft isInMergeQueue isCrossRepository author{...PullRequestAccount}baseRefName headRefName headRefOid createdAt updatedAt mergedAt closedAt mergedBy{...PullRequestAccount}mergeCommit{oid}additions deletions changedFiles totalCommentsCount}fragment PullRequestLabelPage on LabelConnection{totalCount pageInfo{hasNextPage endCursor}nodes{name}}fragment PullRequestReviewPage on PullRequestReviewConnection{totalCount pageInfo{hasNextPage endCursor}nodes{id author{...PullRequestAccount}state body submittedAt commit{oid}comments{totalCount}}}fragment PullRequestReviewRequestPage on ReviewRequestConnection{totalCount pageInfo{hasNextPage endCursor}nodes{requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}}fragment PullRequestWhole on PullRequest{...PullRequestHead labels(first:100){...PullRequestLabelPage}reviewRequests(first:100){...PullRequestReviewRequestPage}reviews(first:100){...PullRequestReviewPage}commits(first:100){...PullRequestCommitPage}files(first:100){...PullRequestFilePage}timelineItems(first:100 itemTypes:[READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT ADDED_TO_MERGE_QUEUE_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT AUTO_MERGE_ENABLED_EVENT HEAD_REF_FORCE_PUSHED_EVENT MERGED_EVENT CLOSED_EVENT REOPENED_EVENT LABELED_EVENT]){...PullRequestEventPage}}',
};

/** Points: 1 for any page. */
export const pullRequestsSkipDocument: GraphqlDocument<
  PullRequestsSkipQuery,
  PullRequestsSkipQueryVariables
> = {
  name: 'pull-requests-skip',
  text: 'query PullRequestsSkip($owner:String!$name:String!$first:Int!$after:String$direction:OrderDirection!){repository(owner:$owner name:$name){pullRequests(first:$first after:$after orderBy:{field:UPDATED_AT direction:$direction}){totalCount pageInfo{hasNextPage endCursor}nodes{id number updatedAt}}}rateLimit{cost}}',
};

/** Points: 1 for a page of up to 24, 6 for one of 100. */
export const pullRequestsDocument: GraphqlDocument<PullRequestsQuery, PullRequestsQueryVariables> = {
  name: 'pull-requests',
  text: 'query PullRequests($owner:String!$name:String!$first:Int!$after:String$direction:OrderDirection!){repository(owner:$owner name:$name){pullRequests(first:$first after:$after orderBy:{field:UPDATED_AT direction:$direction}){totalCount pageInfo{hasNextPage endCursor}nodes{...PullRequestWhole}}}rateLimit{cost}}fragment PullRequestAccount on Actor{__typename login ...on Node{id}}fragment PullRequestCommitPage on PullRequestCommitConnection{totalCount pageInfo{hasNextPage endCursor}nodes{commit{oid authoredDate author{user{__typename id login}}}}}fragment PullRequestEventPage on PullRequestTimelineItemsConnection{totalCount pageInfo{hasNextPage endCursor}nodes{__typename ...on Node{id}...on ReadyForReviewEvent{createdAt actor{...PullRequestAccount}}...on ConvertToDraftEvent{createdAt actor{...PullRequestAccount}}...on ReviewRequestedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewRequestRemovedEvent{createdAt actor{...PullRequestAccount}requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}...on ReviewDismissedEvent{createdAt actor{...PullRequestAccount}}...on AddedToMergeQueueEvent{createdAt actor{...PullRequestAccount}}...on RemovedFromMergeQueueEvent{createdAt actor{...PullRequestAccount}reason}...on AutoMergeEnabledEvent{createdAt actor{...PullRequestAccount}}...on HeadRefForcePushedEvent{createdAt actor{...PullRequestAccount}beforeCommit{oid}afterCommit{oid}}...on MergedEvent{createdAt actor{...PullRequestAccount}}...on ClosedEvent{createdAt actor{...PullRequestAccount}}...on ReopenedEvent{createdAt actor{...PullRequestAccount}}...on LabeledEvent{createdAt actor{...PullRequestAccount}label{name}}}}fragment PullRequestFilePage on PullRequestChangedFileConnection{totalCount pageInfo{hasNextPage endCursor}nodes{path additions deletions}}fragment PullRequestHead on PullRequest{id number title state isDraft isInMergeQueue isCrossRepository author{...PullRequestAccount}baseRefName headRefName headRefOid createdAt updatedAt mergedAt closedAt mergedBy{...PullRequestAccount}mergeCommit{oid}additions deletions changedFiles totalCommentsCount}fragment PullRequestLabelPage on LabelConnection{totalCount pageInfo{hasNextPage endCursor}nodes{name}}fragment PullRequestReviewPage on PullRequestReviewConnection{totalCount pageInfo{hasNextPage endCursor}nodes{id author{...PullRequestAccount}state body submittedAt commit{oid}comments{totalCount}}}fragment PullRequestReviewRequestPage on ReviewRequestConnection{totalCount pageInfo{hasNextPage endCursor}nodes{requestedReviewer{__typename ...on Actor{login}...on Node{id}...on Team{combinedSlug}}}}fragment PullRequestWhole on PullRequest{...PullRequestHead labels(first:100){...PullRequestLabelPage}reviewRequests(first:100){...PullRequestReviewRequestPage}reviews(first:100){...PullRequestReviewPage}commits(first:100){...PullRequestCommitPage}files(first:100){...PullRequestFilePage}timelineItems(first:100 itemTypes:[READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT ADDED_TO_MERGE_QUEUE_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT AUTO_MERGE_ENABLED_EVENT HEAD_REF_FORCE_PUSHED_EVENT MERGED_EVENT CLOSED_EVENT REOPENED_EVENT LABELED_EVENT]){...PullRequestEventPage}}',
};

/** Points: 1 for any page. */
export const releasesDocument: GraphqlDocument<ReleasesQuery, ReleasesQueryVariables> = {
  name: 'releases',
  text: 'query Releases($owner:String!$name:String!$first:Int!$after:String){repository(owner:$owner name:$name){releases(first:$first after:$after orderBy:{field:CREATED_AT direction:DESC}){totalCount pageInfo{hasNextPage endCursor}nodes{id tagName isDraft isPrerelease publishedAt updatedAt tagCommit{oid}}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const repositoriesByIdDocument: GraphqlDocument<
  RepositoriesByIdQuery,
  RepositoriesByIdQueryVariables
> = {
  name: 'repositories-by-id',
  text: 'query RepositoriesById($ids:[ID!]!){nodes(ids:$ids){...on Repository{id name owner{login}}}rateLimit{cost}}',
};

/** Points: 1. */
export const repositoryProbeDocument: GraphqlDocument<RepositoryProbeQuery, RepositoryProbeQueryVariables> = {
  name: 'repository-probe',
  text: 'query RepositoryProbe($owner:String!$name:String!$withPullRequests:Boolean=true$withIssues:Boolean=true$withDeployments:Boolean=true$withContents:Boolean=true){repository(owner:$owner name:$name followRenames:true){...ProbedRepository}rateLimit{cost}}fragment ProbedRepository on Repository{id name owner{login}visibility isFork isArchived isEmpty createdAt pushedAt updatedAt primaryLanguage{name}defaultBranchRef{name target@include(if:$withContents){oid}}pullRequests(first:1 orderBy:{field:UPDATED_AT direction:DESC})@include(if:$withPullRequests){totalCount nodes{updatedAt}}issues(first:1 orderBy:{field:UPDATED_AT direction:DESC})@include(if:$withIssues){totalCount nodes{updatedAt}}deployments(first:1 orderBy:{field:CREATED_AT direction:DESC})@include(if:$withDeployments){totalCount nodes{createdAt}}releases(first:1 orderBy:{field:CREATED_AT direction:DESC})@include(if:$withContents){totalCount nodes{updatedAt}}refs(refPrefix:"refs/tags/")@include(if:$withContents){totalCount}}',
};

/** Points: 1 for any page. */
export const rulesetsDocument: GraphqlDocument<RulesetsQuery, RulesetsQueryVariables> = {
  name: 'rulesets',
  text: 'query Rulesets($owner:String!$name:String!$first:Int!$after:String){repository(owner:$owner name:$name){rulesets(first:$first after:$after includeParents:true){nodes{id name target enforcement conditions{refName{include exclude}}rules(first:100){totalCount nodes{type parameters{...on PullRequestParameters{requiredApprovingReviewCount requireCodeOwnerReview}}}}}pageInfo{hasNextPage endCursor}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const suiteJobsRestDocument: GraphqlDocument<SuiteJobsRestQuery, SuiteJobsRestQueryVariables> = {
  name: 'suite-jobs-rest',
  text: 'query SuiteJobsRest($id:ID!$first:Int!$after:String){node(id:$id){...on CheckSuite{checkRuns(first:$first after:$after filterBy:{checkType:ALL}){...JobList}}}rateLimit{cost}}fragment JobList on CheckRunConnection{totalCount pageInfo{hasNextPage endCursor}nodes{databaseId name status conclusion startedAt completedAt}}',
};

/** Points: 1 for any page. */
export const suiteJobsDocument: GraphqlDocument<SuiteJobsQuery, SuiteJobsQueryVariables> = {
  name: 'suite-jobs',
  text: 'query SuiteJobs($ids:[ID!]!){nodes(ids:$ids){...on CheckSuite{id checkRuns(first:100 filterBy:{checkType:ALL}){...JobList}}}rateLimit{cost}}fragment JobList on CheckRunConnection{totalCount pageInfo{hasNextPage endCursor}nodes{databaseId name status conclusion startedAt completedAt}}',
};

/** Points: 1 for any page. */
export const suiteStatesDocument: GraphqlDocument<SuiteStatesQuery, SuiteStatesQueryVariables> = {
  name: 'suite-states',
  text: 'query SuiteStates($ids:[ID!]!){nodes(ids:$ids){...on CheckSuite{id workflowRun{databaseId updatedAt}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const tagsDocument: GraphqlDocument<TagsQuery, TagsQueryVariables> = {
  name: 'tags',
  text: 'query Tags($owner:String!$name:String!$first:Int!$after:String){repository(owner:$owner name:$name){refs(refPrefix:"refs/tags/" first:$first after:$after orderBy:{field:ALPHABETICAL direction:ASC}){totalCount pageInfo{hasNextPage endCursor}nodes{name target{__typename oid ...on Commit{committedDate}...on Tag{tagger{date}target{__typename oid ...on Commit{committedDate}...on Tag{target{__typename oid ...on Commit{committedDate}}}}}}}}}rateLimit{cost}}',
};

/** Points: 1 for any page. */
export const teamMembersDocument: GraphqlDocument<TeamMembersQuery, TeamMembersQueryVariables> = {
  name: 'team-members',
  text: 'query TeamMembers($team:ID!$first:Int!$after:String){node(id:$team){...on Team{members(first:$first after:$after membership:IMMEDIATE){nodes{...TeamMember}pageInfo{hasNextPage endCursor}}}}rateLimit{cost}}fragment TeamMember on User{id login name}',
};
