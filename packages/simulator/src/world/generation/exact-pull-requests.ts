import type { ExactPullRequests } from '../parameters.ts';
import { addLabel, openPullRequest } from '../mutations/pull-requests.ts';
import { submitReview } from '../mutations/reviews.ts';
import { changeTitle } from '../names.ts';
import { makeFiles, writeCommits } from './branch-work.ts';
import { hour, type Life, members, minute } from './context.ts';
import { land } from './main-line.ts';

/** The mergers' own: MergedEvent and ClosedEvent. */
const itemsOfMerge = 2;

/** Merged pull requests of one size, evenly over the time: for measuring, where counts have to be known. */
export function addExactPullRequests(life: Life, exact: ExactPullRequests, from: number): void {
  if (exact.timelineItems < itemsOfMerge) {
    throw new RangeError('a merged pull request has two timeline items');
  }
  if (exact.commits < 1) throw new RangeError('a pull request has a commit');
  const { schedule, end } = life;
  const step = (end - hour - from) / (exact.count + 1);
  for (let index = 1; index <= exact.count; index++) {
    schedule.at(from + step * index, (at) => addOne(life, exact, index, at));
  }
}

function addOne(life: Life, exact: ExactPullRequests, index: number, at: number): void {
  const { world, repository, random, schedule, style } = life;
  const [author, ...others] = members(life);
  const base = repository.branches.get(repository.defaultBranch)!;
  const title = changeTitle(random);
  const commitShas = writeCommits(life, author!, {
    base,
    title,
    from: at - hour,
    to: at,
    count: exact.commits,
  });
  const files = makeFiles(life, [repository.services[0]!.path], exact.files);
  const opened = { title, author: author!, headBranch: `change-${index}`, commitShas, files };
  const pullRequest = openPullRequest(world, repository, opened, at);
  for (let item = itemsOfMerge; item < exact.timelineItems; item++) {
    addLabel(world, pullRequest, `label-${item - itemsOfMerge + 1}`, author!, at);
  }
  schedule.at(at + 10 * minute, (when) => {
    for (let review = 1; review <= exact.reviews; review++) {
      const reviewer = others[(index + review) % others.length]!;
      const state = review === exact.reviews ? 'APPROVED' : 'COMMENTED';
      submitReview(world, pullRequest, { author: reviewer, state }, when);
    }
    // A rebase or merge would do as well; all of them are fine for counting.
    land(life, pullRequest, { actor: author!, method: style.mergeMethod }, when);
  });
}
