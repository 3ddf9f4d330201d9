import { openPullRequest } from '../mutations/pull-requests.ts';
import { removeReviewRequest, requestReview, submitReview } from '../mutations/reviews.ts';
import { makeFiles, writeCommits } from './branch-work.ts';
import { day, hour, type Life, members } from './context.ts';
import { planMerge } from './merging.ts';

/** One page of a nested list is 100; GitHub lists no more than 250 commits of a pull request. */
const overOnePage = 130;
const overAllCommits = 270;

/** Two pull requests that do not fit into what one request may ask for. */
export function addGiants(life: Life, from: number): void {
  const { schedule, end } = life;
  schedule.at(from + (end - from) * 0.3, (at) => openGiant(life, { commits: overAllCommits, talk: 3 }, at));
  schedule.at(from + (end - from) * 0.5, (at) => openGiant(life, { commits: 4, talk: overOnePage }, at));
}

function openGiant(life: Life, { commits, talk }: { commits: number; talk: number }, at: number): void {
  const { world, repository, random, schedule } = life;
  const [author, ...others] = members(life);
  const base = repository.branches.get(repository.defaultBranch)!;
  const title = `Move everything to the new layout (${commits} steps)`;
  const commitShas = writeCommits(life, author!, { base, title, from: at - 3 * day, to: at, count: commits });
  const files = makeFiles(life, [repository.services[0]!.path], Math.max(talk, 40));
  const headBranch = `${author!.login}/new-layout-${commits}`;
  const pullRequest = openPullRequest(
    world,
    repository,
    { title, author: author!, headBranch, commitShas, files },
    at,
  );
  for (let index = 1; index <= talk; index++) {
    const reviewer = others[index % others.length]!;
    schedule.at(at + index * hour, (when) => {
      const asked = { kind: 'user', id: reviewer.id } as const;
      requestReview(world, pullRequest, asked, author!, when);
      if (random.chance(0.2)) removeReviewRequest(world, pullRequest, asked, author!, when);
      submitReview(world, pullRequest, { author: reviewer, state: 'COMMENTED', commentCount: 2 }, when);
    });
  }
  schedule.at(at + (talk + 3) * hour, (when) => {
    submitReview(world, pullRequest, { author: others[0]!, state: 'APPROVED' }, when);
    planMerge(life, pullRequest, author!, when);
  });
}
