import { type ExactPullRequests, generateWorld, type World } from '@bellwether/simulator';
import { NOW } from './simulated-github.ts';

/** What every measured pull request holds. */
export const contents = { reviews: 3, commits: 5, timelineItems: 10, files: 10 };

/** One repository of so many merged pull requests. */
export function exactWorld(count: number): World {
  const exact: ExactPullRequests = { count, ...contents };
  return generateWorld({
    seed: 1,
    repositories: 1,
    years: 1,
    now: NOW,
    organisation: 'simulated-1',
    parameters: { pullRequests: { exact } },
  });
}

/**
 * Requests that REST needs for the same pull requests: lists of 100 to find them, then for each its detail (for size,
 * merger and merge commit) and its reviews, commits, files and timeline, 100 a page. `fewest`: lists, reviews and
 * commits alone, which leaves out files, sizes and when a pull request became ready.
 */
export function restRequests(count: number): { whole: number; fewest: number } {
  const lists = Math.ceil(count / 100);
  const pages = (items: number): number => Math.max(1, Math.ceil(items / 100));
  const { reviews, commits, files, timelineItems } = contents;
  return {
    whole: lists + count * (1 + pages(reviews) + pages(commits) + pages(files) + pages(timelineItems)),
    fewest: lists + count * (pages(reviews) + pages(commits)),
  };
}
