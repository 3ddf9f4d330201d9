import type { Exclusion } from '../metric.ts';

/** What several metrics of deployments and of changes say alike. */
export const signalBasis = {
  deployment: 'a deployment that the platform recorded',
  workflow_run: 'a run of the deploying workflow',
  release: 'a published release',
  tag: 'a tag stands in for a deployment',
  imported: 'a deployment that another system reported',
} as const;

export const changeBasis = {
  pull_request: 'a merged pull request is one change',
  commit: 'a commit on the default branch is one change',
} as const;

/** Streams of which one is enough. */
export const commitStreams = 'git.commits | github.commits';
export const deploymentStreams =
  'git.tags | github.tags | github.releases | github.deployments | github.builds | import.deployments';

export const baselineGap =
  'first carried by the first known deployment of the service, so when it was really deployed is not known';

export const failedAttempts: Exclusion = {
  what: 'attempts that failed before they reached production',
  why: 'nothing changed for users; they belong to the deployment success rate',
  howToSee: "the metric deployment_success_rate, and facts.deployment_attempts, where result != 'success'",
};

export const undatedDeployments: Exclusion = {
  what: 'deployments without a date that can be believed',
  why: 'they belong to no period',
  howToSee: "facts.findings, where kind = 'unrealistic-deployment-date'",
};

export const undatedChanges: Exclusion = {
  what: 'changes without a merge date that can be believed',
  why: 'they belong to no period',
  howToSee: "facts.findings, where kind = 'unrealistic-commit-date'",
};
