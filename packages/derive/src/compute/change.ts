import type { ChangeRow } from '@bellwether/warehouse';
import type { DomainCommit } from '../domain-snapshot.ts';
import { type History, isPullRequestMerge } from './history.ts';

/** A change, and what later steps need beside its row. */
export interface Change {
  row: ChangeRow;
  /** The commit that put it on the default branch. */
  merge: number;
  /** The commits that are its content: a pull request's own, else the one commit. */
  content: readonly number[];
  /** Files it touched; null where that is not known. */
  paths: readonly string[] | null;
}

/**
 * The changes of the default branch.
 *
 * A change is a merged pull request; where there is none, a commit. A merge that is no pull request ("Merge branch
 * 'main' of …") brings commits together and is no change itself. When two commits claim the same number (a re-landed
 * change, an issue number in a subject), the pull request's merge has it, else the first; the others are commits.
 */
export function computeChanges(repo: string, history: History): Change[] {
  const { commits, owner } = history;
  const content = new Map<number, number[]>();
  owner.forEach((own, index) => {
    if (own === -1) return;
    const list = content.get(own);
    if (list === undefined) content.set(own, [index]);
    else list.push(index);
  });
  const standing = [...content.keys()].filter((index) => {
    const commit = commits[index];
    return commit !== undefined && (commit.parents.length < 2 || isPullRequestMerge(commit));
  });
  const holders = numberHolders(commits, standing);
  return standing.map((merge) => {
    const commit = at(commits, merge);
    const own = content.get(merge) ?? [merge];
    const number = commit.number !== null && holders.get(commit.number) === merge ? commit.number : null;
    return toChange(repo, commits, merge, own, number);
  });
}

/** Which commit speaks for a pull request number. */
function numberHolders(commits: readonly DomainCommit[], standing: readonly number[]): Map<number, number> {
  const inOrder = [...standing].sort((a, b) => byMergeThenTime(at(commits, a), at(commits, b)));
  const holders = new Map<number, number>();
  for (const index of inOrder) {
    const { number } = at(commits, index);
    if (number !== null && !holders.has(number)) holders.set(number, index);
  }
  return holders;
}

function byMergeThenTime(a: DomainCommit, b: DomainCommit): number {
  const merges = Number(b.parents.length > 1) - Number(a.parents.length > 1);
  const time = (a.committed_at ?? Infinity) - (b.committed_at ?? Infinity);
  return merges || time || (a.sha < b.sha ? -1 : 1);
}

function toChange(
  repo: string,
  commits: readonly DomainCommit[],
  merge: number,
  own: readonly number[],
  number: number | null,
): Change {
  const mergeCommit = at(commits, merge);
  // Merges inside a branch only bring the default branch in; they are nobody's work.
  const branch = own.filter((index) => index !== merge && at(commits, index).parents.length < 2);
  const content = branch.length > 0 ? branch : [merge];
  const authored = content
    .map((index) => at(commits, index).authored_at)
    .filter((instant) => instant !== null);
  // The whole change against the branch it went into, which for a merge is the diff with its first parent.
  const hasPaths = mergeCommit.has_paths;
  return {
    merge,
    content,
    paths: hasPaths ? mergeCommit.paths : null,
    row: {
      change_id: number === null ? `${repo}@${mergeCommit.sha}` : `${repo}#${String(number)}`,
      kind: number === null ? 'commit' : 'pull_request',
      repo,
      number,
      title: mergeCommit.subject,
      merge_sha: mergeCommit.sha,
      commit_shas: own.map((index) => at(commits, index).sha).sort(),
      team: '',
      is_bot: content.every((index) => at(commits, index).author_is_bot),
      head_branch: mergeCommit.head_branch,
      reverts_change_id: null,
      first_authored_at: authored.length === 0 ? null : authored.reduce((a, b) => Math.min(a, b)),
      merged_at: mergeCommit.committed_at,
      starts_at: hidesItsWork(mergeCommit, branch.length > 0) ? 'merge' : 'first_commit',
    },
  };
}

/**
 * Whether it cannot be told when work on a pull request began. Hosting services give a squashed one a single commit,
 * authored at the moment of the merge or seconds around it; an earlier author date (a rebase merge, a patch applied by
 * hand) is the real one. And a merge whose branch is not at hand, or belongs to other changes, shows no work at all.
 */
function hidesItsWork(
  { number, parents, authored_at, committed_at }: DomainCommit,
  hasBranch: boolean,
): boolean {
  if (number === null || hasBranch) return false;
  return parents.length > 1 || (authored_at !== null && committed_at !== null && authored_at >= committed_at);
}

function at(commits: readonly DomainCommit[], index: number): DomainCommit {
  const commit = commits[index];
  if (commit === undefined) throw new RangeError(`no commit ${String(index)}`);
  return commit;
}
