import type { PullRequest, User } from '../model.ts';
import { addToMergeQueue, enableAutoMerge, removeFromMergeQueue } from '../mutations/merge-queue.ts';
import { addLabel } from '../mutations/pull-requests.ts';
import { day, type Life, members, minute, wait } from './context.ts';
import { runChecks } from './continuous-integration.ts';
import { land } from './main-line.ts';

/** What is approved gets merged: by hand, when checks are green, or through the queue. */
export function planMerge(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, random, parameters, schedule, style, working } = life;
  const { mergeWaitHours, durationSpread } = parameters.pullRequests;
  const actor = author.type === 'Bot' ? random.pick(members(life)) : author;
  if (style.hasAutoMerge && random.chance(0.6)) {
    enableAutoMerge(world, pullRequest, actor, at);
    schedule.at(at + random.integer(1, 15) * minute, (when) => enter(life, pullRequest, actor, when));
    return;
  }
  const mergedAt = at + wait(random, mergeWaitHours, durationSpread);
  schedule.at(working.atWork(mergedAt, actor.timeZone, random), (when) =>
    enter(life, pullRequest, actor, when),
  );
}

function enter(life: Life, pullRequest: PullRequest, actor: User, at: number): void {
  const { world, random, schedule, style } = life;
  if (!isMergeable(life, pullRequest)) return;
  if (!style.hasMergeQueue) {
    merge(life, pullRequest, actor, at);
    return;
  }
  addToMergeQueue(world, pullRequest, actor, at);
  runChecks(
    life,
    { event: 'merge_group', branch: queueBranch(pullRequest), sha: pullRequest.headSha, actor },
    at,
  );
  const passedAt = at + random.logNormal(12 * minute, 0.4);
  if (random.chance(0.1)) {
    schedule.at(passedAt, (when) => {
      if (!isMergeable(life, pullRequest)) return;
      removeFromMergeQueue(world, pullRequest, actor, 'FAILED_CHECKS', when);
      schedule.at(when + random.integer(10, 120) * minute, (again) => enter(life, pullRequest, actor, again));
    });
    return;
  }
  schedule.at(passedAt, (when) => merge(life, pullRequest, actor, when));
}

function merge(life: Life, pullRequest: PullRequest, actor: User, at: number): void {
  const { world, random, parameters, schedule } = life;
  if (!isMergeable(life, pullRequest)) return;
  land(life, pullRequest, { actor }, at);
  if (random.chance(parameters.pullRequests.lateLabelShare)) {
    const label = random.pick(['released', 'needs-notes']);
    schedule.at(at + random.integer(1, 20) * day, (when) => addLabel(world, pullRequest, label, actor, when));
  }
}

function isMergeable({ repository }: Life, pullRequest: PullRequest): boolean {
  return pullRequest.state === 'OPEN' && !pullRequest.isDraft && !repository.isArchived;
}

function queueBranch(pullRequest: PullRequest): string {
  return `gh-readonly-queue/${pullRequest.baseBranch}/pr-${pullRequest.number}-${pullRequest.headSha}`;
}
