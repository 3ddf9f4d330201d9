import type { Exclusion } from '../metric.ts';

/** What several metrics of pull requests say alike: a reader who has met a word once knows it everywhere. */
export const botPullRequests: Exclusion = {
  what: 'pull requests by bots',
  why: 'dependency updates are many and quick, and say nothing about how people deliver',
  howToSee: "the filter bots: 'include' or 'only'",
};

export const otherBranches: Exclusion = {
  what: 'pull requests to another branch than the default one',
  why: 'they are steps within a larger change, which counts when it reaches the default branch',
  howToSee: 'facts.pull_requests, where NOT is_to_default_branch',
};

export const unmerged: Exclusion = {
  what: 'pull requests that are not merged',
  why: 'they may still change, or were given up',
  howToSee: 'the metrics work_in_progress and abandoned_pull_requests',
};

export const notYetDeployed: Exclusion = {
  what: 'merged pull requests that no production deployment has carried yet',
  why: 'they have no end; a median over the finished ones alone looks better than it is',
  howToSee: 'the metric changes_awaiting_deployment',
};

/** Gaps of the stages of a merged pull request. */
export const negativeGap = 'its dates contradict each other: a data-quality finding, and no duration';

export const startBasis = {
  first_commit: 'the clock starts at the earliest author date of its commits',
  created: 'no commit has a date that can be believed, so the clock starts when the pull request was opened',
} as const;

export const pullRequestBasis = {
  pull_request: 'the times and reviews of the pull request itself',
} as const;

export const reviewGaps = {
  'no-review': 'no other person reviewed it before it was merged',
  'reviews-unknown':
    'the source knows more reviews than were collected, and none that was is by another person',
} as const;

export const stageMisleads = [
  'A stage that did not happen has no duration, and its time belongs to the stage that follows: the medians of the ' +
    'stages do not add up to the median of the whole, only each pull request does.',
  'Nights and weekends are in it: ask for business hours beside it.',
  'Medians of small groups jump: look at n.',
] as const;
