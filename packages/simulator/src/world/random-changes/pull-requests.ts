import type { ChangedFile, PullRequest, User } from '../model.ts';
import { addCommit } from '../mutations/commits.ts';
import { addToMergeQueue, enableAutoMerge, removeFromMergeQueue } from '../mutations/merge-queue.ts';
import { mergePullRequest, rebase } from '../mutations/merges.ts';
import {
  addLabel,
  closePullRequest,
  comment,
  convertToDraft,
  forcePush,
  markReady,
  openPullRequest,
  pushCommits,
  reopenPullRequest,
} from '../mutations/pull-requests.ts';
import { changeTitle, filePath, slug } from '../names.ts';
import { type Change, type Occasion, onOpenPullRequest, pickOne, pickPerson } from './change.ts';

const hour = 3_600_000;
const anyOpen = () => true;

export const pullRequestChanges = {
  'pull-request.opened': openOne,
  'pull-request.commit-pushed': onOpenPullRequest(anyOpen, pushOne),
  'pull-request.force-pushed': onOpenPullRequest(anyOpen, replaceCommits),
  'pull-request.ready': onOpenPullRequest(
    ({ isDraft }) => isDraft,
    ({ world, at }, pullRequest, actor) => markReady(world, pullRequest, actor, at),
  ),
  'pull-request.drafted': onOpenPullRequest(
    ({ isDraft, isInMergeQueue }) => !isDraft && !isInMergeQueue,
    ({ world, at }, pullRequest, actor) => convertToDraft(world, pullRequest, actor, at),
  ),
  'pull-request.labelled': labelOne,
  'pull-request.commented': onOpenPullRequest(anyOpen, ({ world, at }, pullRequest) => {
    comment(world, pullRequest, at);
  }),
  'pull-request.auto-merge-enabled': onOpenPullRequest(
    ({ isDraft }) => !isDraft,
    ({ world, at }, pullRequest, actor) => enableAutoMerge(world, pullRequest, actor, at),
  ),
  'pull-request.queued': onOpenPullRequest(
    ({ isDraft, isInMergeQueue }) => !isDraft && !isInMergeQueue,
    ({ world, at }, pullRequest, actor) => addToMergeQueue(world, pullRequest, actor, at),
  ),
  'pull-request.unqueued': onOpenPullRequest(
    ({ isInMergeQueue }) => isInMergeQueue,
    ({ world, at }, pullRequest, actor) => {
      removeFromMergeQueue(world, pullRequest, actor, 'FAILED_CHECKS', at);
    },
  ),
  'pull-request.merged': onOpenPullRequest(({ isDraft }) => !isDraft, mergeOne),
  'pull-request.closed': onOpenPullRequest(anyOpen, ({ world, at }, pullRequest, actor) => {
    closePullRequest(world, pullRequest, actor, at);
  }),
  'pull-request.reopened': reopenOne,
} satisfies Record<string, Change>;

function openOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const author = pickPerson(occasion);
  if (!author) return null;
  const title = changeTitle(random);
  const base = repository.branches.get(repository.defaultBranch)!;
  const authoredAt = at - random.integer(0, 30) * hour;
  const { sha } = addCommit(world, repository, { parents: [base], author, authoredAt, message: title });
  const { path: folder } = random.pick(repository.services);
  const path = filePath(random, folder);
  const file: ChangedFile = { path, additions: random.integer(1, 80), deletions: 2, changeType: 'MODIFIED' };
  const opened = openPullRequest(
    world,
    repository,
    {
      title,
      author,
      headBranch: `${author.login}/${slug(title)}-${world.counters.databaseId}`,
      commitShas: [sha],
      files: [file],
      isDraft: random.chance(0.2),
      isCrossRepository: random.chance(0.05),
    },
    at,
  );
  return opened.id;
}

function pushOne({ world, random, repository, at }: Occasion, pullRequest: PullRequest, author: User): void {
  const parents = [pullRequest.headSha];
  const message = changeTitle(random);
  const { sha } = addCommit(world, repository, { parents, author, authoredAt: at, message });
  pushCommits(world, repository, pullRequest, [sha], at);
}

function replaceCommits({ world, repository, at }: Occasion, pullRequest: PullRequest, author: User): void {
  const onto = repository.branches.get(pullRequest.baseBranch)!;
  const shas = rebase(world, repository, {
    shas: pullRequest.commitShas,
    onto,
    committedAt: at,
    committer: author,
  });
  const message = `${pullRequest.title}, amended`;
  const parents = [shas.at(-2) ?? onto];
  const amended = addCommit(world, repository, { parents, author, authoredAt: at, message });
  forcePush(world, repository, pullRequest, [...shas.slice(0, -1), amended.sha], at);
}

function mergeOne({ world, random, repository, at }: Occasion, pullRequest: PullRequest, actor: User): void {
  const hasPlainCommits = pullRequest.commitShas.some(
    (sha) => repository.commits.get(sha)!.parents.length < 2,
  );
  const method = random.weighted({ squash: 5, merge: 3, rebase: hasPlainCommits ? 2 : 0 });
  mergePullRequest(world, repository, pullRequest, { method, actor, keepsBranch: random.chance(0.2) }, at);
}

/** Open or not: labels come late, too. */
function labelOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const label = `topic/${random.integer(1, 30)}`;
  const actor = pickPerson(occasion);
  const pullRequest = pickOne(
    random,
    repository.pullRequests.values(),
    (each) => !each.labels.includes(label),
  );
  if (!pullRequest || !actor) return null;
  addLabel(world, pullRequest, label, actor, at);
  return pullRequest.id;
}

/** GitHub does so while the branch still is there. */
function reopenOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const actor = pickPerson(occasion);
  const pullRequest = pickOne(random, repository.pullRequests.values(), (each) => {
    return each.state === 'CLOSED' && (each.isCrossRepository || repository.branches.has(each.headBranch));
  });
  if (!pullRequest || !actor) return null;
  reopenPullRequest(world, pullRequest, actor, at);
  return pullRequest.id;
}
