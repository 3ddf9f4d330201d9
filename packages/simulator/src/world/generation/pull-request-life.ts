import type { PullRequest, User } from '../model.ts';
import {
  addLabel,
  closePullRequest,
  comment,
  convertToDraft,
  markReady,
  openPullRequest,
  reopenPullRequest,
} from '../mutations/pull-requests.ts';
import { changeTitle, slug } from '../names.ts';
import { changedFiles, checkHead, writeCommits } from './branch-work.ts';
import { hour, type Life, minute, wait } from './context.ts';
import { planMerge } from './merging.ts';
import { planReviews, requestReviews } from './review-rounds.ts';

const labels = ['bug', 'feature', 'refactoring', 'documentation', 'dependencies'] as const;

/** From the first commit to the merge, or to whatever else becomes of it. */
export function beginPullRequest(life: Life, author: User, at: number): void {
  const { repository, random, parameters, schedule, working } = life;
  const { codingHours, durationSpread } = parameters.pullRequests;
  const base = repository.branches.get(repository.defaultBranch);
  if (base === undefined || repository.isArchived) return;
  const isBot = author.type === 'Bot';
  const coding = isBot ? minute : wait(random, codingHours, durationSpread);
  const openedAt = isBot ? at + coding : working.atWork(at + coding, author.timeZone, random);
  schedule.at(openedAt, (when) => openAndFollow(life, author, { base, startedAt: at }, when));
}

interface Work {
  readonly base: string;
  readonly startedAt: number;
}

function openAndFollow(life: Life, author: User, { base, startedAt }: Work, at: number): void {
  const { world, repository, random, parameters, schedule, working } = life;
  if (repository.isArchived || author.isDeleted) return;
  const shares = parameters.pullRequests;
  const isBot = author.type === 'Bot';
  const title = isBot
    ? `Bump ${slug(changeTitle(random))} to ${random.integer(1, 9)}.0.0`
    : changeTitle(random);
  const isDraft = !isBot && random.chance(shares.draftShare);
  const pullRequest = openPullRequest(
    world,
    repository,
    {
      title,
      author,
      headBranch: `${isBot ? 'dependencies' : author.login}/${slug(title)}-${repository.pullRequests.size + 1}`,
      commitShas: writeCommits(life, author, { base, title, from: startedAt, to: at }),
      files: changedFiles(life),
      isDraft,
      isCrossRepository: !isBot && random.chance(shares.forkShare),
    },
    at,
  );
  checkHead(life, pullRequest, author, at);
  if (isBot) addLabel(world, pullRequest, 'dependencies', author, at);
  else if (random.chance(shares.labelShare)) addLabel(world, pullRequest, random.pick(labels), author, at);
  if (random.chance(shares.staleShare)) return;

  if (!isDraft) {
    becomeReady(life, pullRequest, author, at);
    return;
  }
  const readyAt = working.atWork(
    at + wait(random, shares.codingHours, shares.durationSpread),
    author.timeZone,
    random,
  );
  schedule.at(readyAt, (when) => {
    markReady(world, pullRequest, author, when);
    becomeReady(life, pullRequest, author, when);
  });
}

function becomeReady(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, random, parameters, schedule, working } = life;
  const shares = parameters.pullRequests;
  requestReviews(life, pullRequest, author, at);

  if (random.chance(shares.backToDraftShare)) {
    const draftAt = at + random.integer(1, 5) * hour;
    const readyAt = working.atWork(draftAt + random.integer(1, 48) * hour, author.timeZone, random);
    schedule.at(draftAt, (when) => convertToDraft(world, pullRequest, author, when));
    schedule.at(readyAt, (when) => {
      markReady(world, pullRequest, author, when);
      decide(life, pullRequest, author, when);
    });
    return;
  }
  decide(life, pullRequest, author, at);
}

/** Most go through review; some are given up, a few of these come back. */
function decide(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, random, parameters, schedule } = life;
  const shares = parameters.pullRequests;
  if (random.chance(shares.closedShare)) {
    schedule.at(at + wait(random, 30, 1), (when) => closePullRequest(world, pullRequest, author, when));
    return;
  }
  if (random.chance(shares.reopenedShare)) {
    const closedAt = at + random.integer(1, 20) * hour;
    const reopenedAt = closedAt + random.integer(1, 30) * hour;
    schedule.at(closedAt, (when) => closePullRequest(world, pullRequest, author, when));
    schedule.at(reopenedAt, (when) => {
      reopenPullRequest(world, pullRequest, author, when);
      planReviews(life, pullRequest, author, when);
    });
    return;
  }
  if (random.chance(0.3)) {
    schedule.at(at + random.integer(5, 90) * minute, (when) => comment(world, pullRequest, when));
  }
  const isReviewed = author.type === 'Bot' ? random.chance(0.7) : !random.chance(shares.unreviewedShare);
  if (isReviewed) planReviews(life, pullRequest, author, at);
  else planMerge(life, pullRequest, author, at);
}
