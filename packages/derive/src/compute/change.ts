import type { ChangeRow } from '@bellwether/warehouse';
import type { DomainCommit, DomainPullRequest } from '../domain-snapshot.ts';
import { type History, isLanding } from './history.ts';

/** A change, and what later steps need beside its row. */
export interface Change {
  row: ChangeRow;
  /** The commit that put it on the default branch. */
  merge: number;
  /** The commits that are its content: a pull request's own, else the one commit. */
  content: readonly number[];
  /** The branch as it was before a squash or rebase wrote it anew, where all of it is at hand; else empty. */
  branch: readonly number[];
  /** Null where only git is known. */
  pullRequest: DomainPullRequest | null;
  /** Empty where it is not known, or not one person. */
  authorKey: string;
  /** Files it touched; null where that is not known. */
  paths: readonly string[] | null;
  /** There are more files than `paths` has. */
  isPathListCut: boolean;
}

/**
 * The changes of the default branch.
 *
 * A change is a merged pull request; where there is none, a commit. A merge that is no pull request ("Merge branch
 * 'main' of …") brings commits together and is no change itself. Where pull requests are not known, numbers in
 * subjects tell of them. When two commits claim the same number (a re-landed change, an issue number in a subject),
 * the pull request's merge has it, else the first; the others are commits.
 */
export function computeChanges(repo: string, history: History): Change[] {
  const { commits, owner, landed, knownNumbers } = history;
  const content = new Map<number, number[]>();
  owner.forEach((own, index) => {
    if (own === -1) return;
    const list = content.get(own);
    if (list === undefined) content.set(own, [index]);
    else list.push(index);
  });
  const standing = [...content.keys()].filter(
    (index) => at(commits, index).parents.length < 2 || isLanding(history, index),
  );
  const unnamed = standing.filter((index) => !landed.has(index));
  const holders = numberHolders(commits, unnamed);
  return standing.map((merge) => {
    const own = content.get(merge) ?? [merge];
    const pullRequest = landed.get(merge);
    if (pullRequest !== undefined) return ofPullRequest(repo, history, { merge, own, pullRequest });
    const { number } = at(commits, merge);
    const isHolder = number !== null && !knownNumbers.has(number) && holders.get(number) === merge;
    return ofGit(repo, history, { merge, own, number: isHolder ? number : null });
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

interface Owned {
  merge: number;
  /** Commits of the default branch that belong to it, the merge included. */
  own: readonly number[];
}

/** A change as the commits alone tell it. */
function ofGit(
  repo: string,
  { commits }: History,
  { merge, own, number }: Owned & { number: number | null },
): Change {
  const mergeCommit = at(commits, merge);
  // Merges inside a branch only bring the default branch in; they are nobody's work.
  const branch = own.filter((index) => index !== merge && at(commits, index).parents.length < 2);
  const content = branch.length > 0 ? branch : [merge];
  const authored = content.map((index) => at(commits, index).authored_at);
  const [author = '', ...others] = new Set(content.map((index) => at(commits, index).author_key));
  return {
    merge,
    content,
    branch: [],
    pullRequest: null,
    authorKey: others.length === 0 ? author : '',
    // The whole change against the branch it went into, which for a merge is the diff with its first parent.
    paths: mergeCommit.has_paths ? mergeCommit.paths : null,
    isPathListCut: false,
    row: {
      change_id: number === null ? `${repo}@${mergeCommit.sha}` : `${repo}#${String(number)}`,
      kind: number === null ? 'commit' : 'pull_request',
      repo,
      number,
      title: mergeCommit.subject,
      merge_sha: mergeCommit.sha,
      commit_shas: own.map((index) => at(commits, index).sha).sort(),
      services: [],
      team: '',
      team_group: '',
      is_bot: content.every((index) => at(commits, index).author_is_bot),
      head_branch: mergeCommit.head_branch,
      reverts_change_id: null,
      first_authored_at: earliest(authored),
      merged_at: mergeCommit.committed_at,
      starts_at: number !== null && hidesItsWork(mergeCommit, branch.length > 0) ? 'merge' : 'first_commit',
      deployed_at: null,
      deployment_id: '',
      service: '',
      environment: '',
      awaiting_gap: '',
    },
  };
}

/** The same change with what its pull request knows better: when work began, who did it, when it was merged. */
function ofPullRequest(
  repo: string,
  history: History,
  { merge, own, pullRequest }: Owned & { pullRequest: DomainPullRequest },
): Change {
  const { number, title, author_key, author_is_bot, head_branch, merged_at } = pullRequest;
  const { row: shown, ...change } = ofGit(repo, history, { merge, own, number });
  const rebased = own.length > 1 && at(history.commits, merge).parents.length < 2;
  const content = rebased ? own : change.content;
  const ownCommits = ownCommitsOf(pullRequest, merge, history);
  const merged = merged_at ?? shown.merged_at;
  const authored = earliest(ownCommits.map(({ authoredAt }) => authoredAt));
  // Work that begins after its merge was dated by a wrong clock: when it began is not known.
  const began = authored !== null && merged !== null && authored > merged ? null : authored;
  return {
    ...change,
    content,
    branch: branchAtHand(pullRequest, ownCommits, merge, history),
    pullRequest,
    authorKey: author_key,
    ...pathsOf(pullRequest, rebased ? own : [merge], history),
    row: {
      ...shown,
      title,
      is_bot: author_is_bot,
      head_branch: head_branch === '' ? shown.head_branch : head_branch,
      commit_shas: [...new Set([...shown.commit_shas, ...ownCommits.map(({ sha }) => sha)])].sort(),
      first_authored_at:
        began === null ? shown.first_authored_at : earliest([began, shown.first_authored_at]),
      merged_at: merged,
      starts_at: began === null ? shown.starts_at : 'first_commit',
    },
  };
}

interface OwnCommit {
  sha: string;
  authoredAt: number | null;
}

/**
 * A pull request's own commits. One that gathers others lists theirs as well: what belongs to another change of the
 * default branch is not its own. Merges are nobody's work and start no clock.
 */
function ownCommitsOf(
  { commit_shas, commit_authored_at }: DomainPullRequest,
  merge: number,
  { commits, indexOf, owner }: History,
): OwnCommit[] {
  return commit_shas.flatMap((sha, position) => {
    const index = indexOf.get(sha);
    const holder = index === undefined ? -1 : (owner[index] ?? -1);
    if (holder !== -1 && holder !== merge) return [];
    const isMerge = index !== undefined && at(commits, index).parents.length > 1;
    return [{ sha, authoredAt: isMerge ? null : (commit_authored_at[position] ?? null) }];
  });
}

/** The commits of a branch that was written anew when it was merged, if the history has every one of them. */
function branchAtHand(
  { commit_count, commit_shas }: DomainPullRequest,
  ownCommits: readonly OwnCommit[],
  merge: number,
  { commits, indexOf }: History,
): number[] {
  const isWhole = commit_shas.length >= commit_count && ownCommits.length === commit_shas.length;
  if (!isWhole || at(commits, merge).parents.length > 1) return [];
  const indices = ownCommits.map(({ sha }) => indexOf.get(sha));
  const atHand = indices.filter((index) => index !== undefined);
  return atHand.length === indices.length ? atHand : [];
}

/** Of the commits that were put on the default branch, where their files are known, else as the pull request lists them. */
function pathsOf(
  { file_paths, changed_file_count }: DomainPullRequest,
  landed: readonly number[],
  { commits }: History,
): Pick<Change, 'paths' | 'isPathListCut'> {
  const rows = landed.map((index) => at(commits, index));
  if (rows.every(({ has_paths }) => has_paths)) {
    return { paths: [...new Set(rows.flatMap(({ paths }) => paths))], isPathListCut: false };
  }
  return { paths: file_paths, isPathListCut: changed_file_count > file_paths.length };
}

/**
 * Whether it cannot be told when work on a pull request began. Hosting services give a squashed one a single commit,
 * authored at the moment of the merge or seconds around it; an earlier author date (a rebase merge, a patch applied by
 * hand) is the real one. And a merge whose branch is not at hand, or belongs to other changes, shows no work at all.
 */
function hidesItsWork({ parents, authored_at, committed_at }: DomainCommit, hasBranch: boolean): boolean {
  if (hasBranch) return false;
  return parents.length > 1 || (authored_at !== null && committed_at !== null && authored_at >= committed_at);
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b));
}

function at(commits: readonly DomainCommit[], index: number): DomainCommit {
  const commit = commits[index];
  if (commit === undefined) throw new RangeError(`no commit ${String(index)}`);
  return commit;
}
