import { advance, wholeSeconds } from '../empty-world.ts';
import { commitSha, treeObjects } from '../git-objects.ts';
import type { Commit, Repository, User, World } from '../model.ts';

/** Who wrote a commit: an account, or a name and an e-mail that belong to none. */
export type Author = User | { readonly name: string; readonly email: string };

export interface NewCommit {
  readonly parents: readonly string[];
  readonly author: Author;
  /** Default: the author. */
  readonly committer?: { readonly name: string; readonly email: string };
  readonly authoredAt: number;
  /** Default: when it was authored. */
  readonly committedAt?: number;
  readonly message: string;
  /** Default: the tree of the first parent, or of the repository's files. */
  readonly treeSha?: string;
}

/** What GitHub writes as committer of merges made on its pages. */
export const webCommitter = { name: 'Simulated GitHub', email: 'noreply@git-host.example.test' };

/** Stores a commit; no branch moves. The same commit twice is stored once. */
export function addCommit(world: World, repository: Repository, input: NewCommit): Commit {
  const firstParent = input.parents[0] === undefined ? undefined : repository.commits.get(input.parents[0]);
  const authoredAt = wholeSeconds(input.authoredAt);
  const committer = input.committer ?? input.author;
  const content = {
    parents: input.parents,
    authorId: 'id' in input.author ? input.author.id : null,
    authorName: commitName(input.author),
    authorEmail: input.author.email,
    committerName: commitName(committer),
    committerEmail: committer.email,
    authoredAt,
    committedAt: wholeSeconds(input.committedAt ?? authoredAt),
    message: input.message,
    treeSha: input.treeSha ?? firstParent?.treeSha ?? addTree(world, repository.files),
  };
  const commit: Commit = { sha: commitSha(content), ...content };
  repository.commits.set(commit.sha, commit);
  return commit;
}

/** Lets a branch point to a commit: creates it, or moves it. */
export function moveBranch(
  world: World,
  repository: Repository,
  branch: string,
  sha: string,
  at: number,
): void {
  repository.branches.set(branch, sha);
  repository.pushedAt = advance(world, at);
  repository.updatedAt = repository.pushedAt;
}

export function deleteBranch(world: World, repository: Repository, branch: string, at: number): void {
  repository.branches.delete(branch);
  repository.pushedAt = advance(world, at);
}

/** A commit straight onto the default branch. */
export function pushToDefaultBranch(
  world: World,
  repository: Repository,
  input: Omit<NewCommit, 'parents'>,
  at: number,
): Commit {
  const head = repository.branches.get(repository.defaultBranch);
  const commit = addCommit(world, repository, { ...input, parents: head === undefined ? [] : [head] });
  moveBranch(world, repository, repository.defaultBranch, commit.sha, at);
  return commit;
}

/** Changes files of the default branch by a commit; a null text deletes the file. */
export function changeFiles(
  world: World,
  repository: Repository,
  changes: ReadonlyMap<string, string | null>,
  input: { readonly author: Author; readonly message: string },
  at: number,
): Commit {
  for (const [path, text] of changes) {
    if (text === null) repository.files.delete(path);
    else repository.files.set(path, text);
  }
  const treeSha = addTree(world, repository.files);
  return pushToDefaultBranch(world, repository, { ...input, authoredAt: at, treeSha }, at);
}

function addTree(world: World, files: ReadonlyMap<string, string>): string {
  const sha = treeObjects(files).at(-1)!.sha;
  if (!world.trees.has(sha)) world.trees.set(sha, new Map(files));
  return sha;
}

function commitName(author: { readonly name: string; readonly type?: User['type'] }): string {
  return author.type === 'Bot' ? `${author.name}[bot]` : author.name;
}
