import type { CommitGraph } from '@bellwether/lineage';
import type { DomainCommit, DomainPullRequest } from '../domain-snapshot.ts';

export interface RebaseInput {
  commits: readonly DomainCommit[];
  graph: CommitGraph;
  owner: Int32Array;
  landed: ReadonlyMap<number, DomainPullRequest>;
}

/**
 * Gives the commits that a rebase merge (or a push of the branch itself) put on the default branch one after the other
 * to their pull request, of which only the last is known as its landing.
 *
 * A rebase writes every commit anew and keeps its author date. So from the landing back along the first parents each
 * commit has to have the date of an own commit, in their order; one may be missing, because a rebase drops merges and
 * what the branch already had. A squash has a date of its own and ends the search at once.
 *
 * Of a long branch GitHub lists the first 250 commits only. The others stand in front, as many as it has more.
 */
export function claimRebasedCommits(input: RebaseInput): void {
  const { commits, graph, owner, landed } = input;
  for (const [landing, pullRequest] of landed) {
    if (owner[landing] !== landing || (commits[landing]?.parents.length ?? 0) > 1) continue;
    const { number, commit_authored_at: dates } = pullRequest;
    const unlisted = unlistedCommits(landing, pullRequest, input);
    for (const commit of unlisted) owner[commit] = landing;
    const newest = unlisted.at(-1);
    let commit = newest === undefined ? landing : firstParent(graph, newest);
    let own = dates.length;
    do {
      own = lastBefore(dates, own, commits[commit]?.authored_at ?? null);
      if (own === -1) break;
      owner[commit] = landing;
      commit = firstParent(graph, commit);
    } while (isFree(commit, number, input));
  }
}

/**
 * The commits from the landing back to the newest that is listed, or the one before it, in case that was dropped. None
 * where that does not come: it was a squash, and what stands before it is others'.
 */
function unlistedCommits(landing: number, pullRequest: DomainPullRequest, input: RebaseInput): number[] {
  const { number, commit_count, commit_authored_at: dates } = pullRequest;
  const newestListed = new Set(dates.slice(-2));
  const unlisted: number[] = [];
  let commit = landing;
  do {
    const date = input.commits[commit]?.authored_at ?? null;
    if (date !== null && newestListed.has(date)) return unlisted;
    unlisted.push(commit);
    commit = firstParent(input.graph, commit);
  } while (unlisted.length <= commit_count - dates.length && isFree(commit, number, input));
  return [];
}

/** Whether a commit is a change of its own so far, and could be part of this pull request. */
function isFree(commit: number, pullRequest: number, { commits, owner, landed }: RebaseInput): boolean {
  const row = commits[commit];
  if (row === undefined || owner[commit] !== commit || landed.has(commit)) return false;
  return row.parents.length < 2 && (row.number === null || row.number === pullRequest);
}

function firstParent({ parentStart, parents }: CommitGraph, commit: number): number {
  const start = parentStart[commit] ?? 0;
  return start === parentStart[commit + 1] ? -1 : (parents[start] ?? -1);
}

function lastBefore(dates: readonly (number | null)[], end: number, date: number | null): number {
  return date === null || end < 1 ? -1 : dates.lastIndexOf(date, end - 1);
}
