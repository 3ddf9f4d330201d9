import type { SourceSession } from '../source.ts';
import type { GitHubApi } from './api.ts';
import type { People } from './people.ts';

/** What a run of this source reads: one repository. Made by discovery, or from `--repo owner/name`. */
export interface GitHubTarget {
  /** The connection that the whole run shares. */
  readonly api: GitHubApi;
  readonly owner: string;
  readonly name: string;
  /** What discovery saw of it; null where it was named by hand or is no longer listed. */
  readonly hint: RepositoryHint | null;
  /** Only what happened since then is read at the first collection; null: all. ms since 1970. */
  readonly since: number | null;
  /** Folder of this repository's mirror alone, the same under every name; null: commits come by queries. */
  readonly mirrorFolder: string | null;
}

/** What a token needs a permission of its own for, and what the probe therefore may have to go without. */
export type Permission = 'contents' | 'deployments' | 'issues' | 'pull-requests';

/** One repository as the organisation probe sees it: enough to tell, without a request, what has nothing new. */
export interface RepositoryHint {
  readonly nodeId: string;
  readonly isArchived: boolean;
  readonly isEmpty: boolean;
  /** Empty: none, or not to be seen. */
  readonly defaultBranch: string;
  readonly headSha: string | null;
  readonly pushedAt: number | null;
  readonly updatedAt: number;
  /** What the token may not read here: nothing below speaks of it. */
  readonly refused: readonly Permission[];
  /** Newest `updatedAt` among pull requests, issues, releases; `createdAt` among deployments. Null: there are none. */
  readonly newest: {
    readonly pullRequest: number | null;
    readonly issue: number | null;
    readonly deployment: number | null;
    readonly release: number | null;
  };
  readonly totals: {
    readonly pullRequests: number;
    readonly issues: number;
    readonly deployments: number;
    readonly releases: number;
    readonly tags: number;
  };
  /** Node ids of open or recently closed pull requests whose light re-reading differs from what is stored. */
  readonly changedPullRequests: readonly string[];
  /** Node ids of deployments that had not ended and now differ. */
  readonly changedDeployments: readonly string[];
}

/** One repository, as its streams see it. */
export interface GitHubSession extends SourceSession {
  readonly target: GitHubTarget;
  readonly api: GitHubApi;
  readonly people: People;
  readonly owner: string;
  readonly name: string;
  readonly hint: RepositoryHint;
}
