import { advance } from '../empty-world.ts';
import type { PullRequest, Repository, User, World } from '../model.ts';
import { addCommit, type Author, deleteBranch, moveBranch, webCommitter } from './commits.ts';
import { addTimelineItem } from './pull-requests.ts';

export type MergeMethod = 'squash' | 'merge' | 'rebase';

export interface Merge {
  readonly method: MergeMethod;
  readonly actor: User;
  /** Default: the branch goes, as most repositories have it. */
  readonly keepsBranch?: boolean;
}

/**
 * Brings an open pull request into its base branch, as GitHub's button does. A rebase gives new commits with the
 * author dates of the old ones. Returns the shas that the base branch gained, newest last.
 */
export function mergePullRequest(
  world: World,
  repository: Repository,
  pullRequest: PullRequest,
  { method, actor, keepsBranch = false }: Merge,
  at: number,
): string[] {
  const mergedAt = advance(world, at);
  const base = repository.branches.get(pullRequest.baseBranch);
  if (base === undefined) throw new RangeError(`no branch ${pullRequest.baseBranch}`);
  const gained = newCommits(world, repository, pullRequest, { method, base, mergedAt });

  pullRequest.state = 'MERGED';
  pullRequest.mergedAt = mergedAt;
  pullRequest.closedAt = mergedAt;
  pullRequest.mergedById = actor.id;
  pullRequest.mergeCommitSha = gained.at(-1)!;
  pullRequest.isInMergeQueue = false;
  pullRequest.isDraft = false;
  moveBranch(world, repository, pullRequest.baseBranch, gained.at(-1)!, at);
  if (!keepsBranch && !pullRequest.isCrossRepository) {
    deleteBranch(world, repository, pullRequest.headBranch, at);
  }
  addTimelineItem(world, pullRequest, { typename: 'MergedEvent', actorId: actor.id }, at);
  addTimelineItem(world, pullRequest, { typename: 'ClosedEvent', actorId: actor.id }, at);
  return gained;
}

interface Target {
  readonly method: MergeMethod;
  readonly base: string;
  readonly mergedAt: number;
}

function newCommits(
  world: World,
  repository: Repository,
  pullRequest: PullRequest,
  { method, base, mergedAt }: Target,
): string[] {
  const { title, number, headBranch, headSha } = pullRequest;
  const dates = { authoredAt: mergedAt, committedAt: mergedAt, committer: webCommitter };
  const author = authorOf(world, repository, pullRequest);
  switch (method) {
    case 'squash': {
      const message = `${title} (#${number})${squashBody(repository, pullRequest)}`;
      return [addCommit(world, repository, { ...dates, parents: [base], author, message }).sha];
    }
    case 'merge': {
      const from = `${world.organisation.login}/${headBranch}`;
      const message = `Merge pull request #${number} from ${from}\n\n${title}`;
      return [addCommit(world, repository, { ...dates, parents: [base, headSha], author, message }).sha];
    }
    case 'rebase':
      return rebase(world, repository, { shas: pullRequest.commitShas, onto: base, committedAt: mergedAt });
  }
}

/** GitHub keeps the body of a single commit, and lists the subjects of several. */
function squashBody({ commits }: Repository, { commitShas }: PullRequest): string {
  const messages = commitShas.map((sha) => commits.get(sha)!.message);
  if (messages.length > 1) return `\n\n${messages.map((text) => `* ${text.split('\n')[0]!}`).join('\n\n')}`;
  const bodyAt = messages[0]!.indexOf('\n\n');
  return bodyAt === -1 ? '' : messages[0]!.slice(bodyAt);
}

export interface Rebase {
  /** In order. */
  readonly shas: readonly string[];
  readonly onto: string;
  readonly committedAt: number;
  /** Default: GitHub. */
  readonly committer?: { readonly name: string; readonly email: string };
}

/** The same changes on another commit; merges among them vanish, as in git. Returns the new shas in order. */
export function rebase(
  world: World,
  repository: Repository,
  { shas, onto, committedAt, committer = webCommitter }: Rebase,
): string[] {
  let parent = onto;
  return shas
    .map((sha) => repository.commits.get(sha)!)
    .filter(({ parents }) => parents.length < 2)
    .map((commit) => {
      const author: Author = (commit.authorId === null ? undefined : world.users.get(commit.authorId)) ?? {
        name: commit.authorName,
        email: commit.authorEmail,
      };
      const { authoredAt, message } = commit;
      const copy = { parents: [parent], author, committer, authoredAt, committedAt, message };
      parent = addCommit(world, repository, copy).sha;
      return parent;
    });
}

function authorOf(world: World, repository: Repository, pullRequest: PullRequest): Author {
  const author = world.users.get(pullRequest.authorId);
  if (author) return author;
  const { authorName, authorEmail } = repository.commits.get(pullRequest.headSha)!;
  return { name: authorName, email: authorEmail };
}
