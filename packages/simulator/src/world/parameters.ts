import type { DeploymentSignal } from './model.ts';
import type { MergeMethod } from './mutations/merges.ts';
import type { WorkingHours } from './working-time.ts';

/** How the organisation behaves, as plain data. Shares are between 0 and 1, durations in hours unless they say else. */
export interface WorldParameters {
  readonly people: {
    readonly engineersPerRepository: number;
    readonly teamSize: number;
    /** Weights of IANA zones. */
    readonly timeZones: Readonly<Record<string, number>>;
    /** Of all people, per year: those whose account is deleted. */
    readonly leaversPerYear: number;
    readonly joinersPerYear: number;
    /** Reorganisations in the whole time, evenly spread, and who changes teams in one. */
    readonly reorganisations: number;
    readonly moversShare: number;
  };
  readonly workingHours: WorkingHours;
  readonly repositories: {
    readonly monorepoShare: number;
    readonly servicesPerMonorepo: readonly [number, number];
    /** Of those beyond the first five; in smaller worlds there are none. */
    readonly archivedShare: number;
    readonly forkShare: number;
    readonly emptyShare: number;
    /** Those that are younger than the world. */
    readonly youngShare: number;
    readonly mergeMethods: Readonly<Record<MergeMethod, number>>;
    readonly mergeQueueShare: number;
    readonly autoMergeShare: number;
    readonly protectedShare: number;
    readonly rulesetShare: number;
    readonly codeOwnersShare: number;
  };
  readonly pullRequests: {
    /** Median over the repositories; their spread is that of a log-normal distribution. */
    readonly perWeek: number;
    readonly perWeekSpread: number;
    readonly botPerWeek: number;
    readonly directPushesPerWeek: number;
    readonly codingHours: number;
    readonly pickupHours: number;
    readonly reworkHours: number;
    readonly mergeWaitHours: number;
    /** Spread of the four durations above. */
    readonly durationSpread: number;
    readonly commits: number;
    readonly files: number;
    readonly draftShare: number;
    readonly backToDraftShare: number;
    readonly forkShare: number;
    readonly unreviewedShare: number;
    readonly approvalShare: number;
    readonly botReviewShare: number;
    readonly dismissedShare: number;
    readonly forcePushShare: number;
    readonly mergeMainShare: number;
    readonly requestRemovedShare: number;
    readonly teamRequestShare: number;
    readonly closedShare: number;
    readonly reopenedShare: number;
    readonly staleShare: number;
    readonly labelShare: number;
    readonly lateLabelShare: number;
    readonly unknownEmailShare: number;
    /** Reviews that leave `updatedAt` as it was. */
    readonly quietReviewShare: number;
    /** Merged in the first tenth of the time, without a merge commit since. */
    readonly lostMergeCommitShare: number;
    /**
     * From so many repositories on, the first has two giants: one pull request with over 100 reviews, timeline items
     * and files, and one with over 250 commits.
     */
    readonly giantsFrom: number;
    /** Instead of all this: exactly so many merged pull requests in each repository, with exactly so much in each. */
    readonly exact: ExactPullRequests | null;
  };
  readonly ci: {
    readonly minutes: number;
    readonly jobs: readonly string[];
    readonly failureShare: number;
    /** Failed, and then succeeded in the next attempt without a change. */
    readonly flakeShare: number;
    readonly cancelledShare: number;
    /** Runs of the default branch that a clock starts. */
    readonly scheduledPerWeek: number;
  };
  readonly deployments: {
    readonly signals: Readonly<Record<DeploymentSignal, number>>;
    readonly rhythms: Readonly<Record<ReleaseRhythm, number>>;
    readonly severalProductionsShare: number;
    readonly minutes: number;
    /** Attempts that do not reach the environment. */
    readonly failedAttemptShare: number;
    /** Of the repositories that announce by deployments: those that publish releases of the same, too. */
    readonly alsoReleasesShare: number;
    /** Of the repositories that announce by releases. */
    readonly preReleasesPerWeek: number;
    /** Of all: those that move a lightweight tag `nightly` along. */
    readonly nightlyTagShare: number;
  };
  readonly failures: {
    /** Of the regular deployments to production. */
    readonly share: number;
    readonly detectionHours: number;
    readonly repairHours: number;
    readonly responses: Readonly<Record<FailureResponse, number>>;
    /** Without deployment (`none`) there always is one. */
    readonly incidentShare: number;
    readonly incidentNamesDeploymentShare: number;
    /** Rollbacks only after one more deployment on top. */
    readonly lateRollbackShare: number;
    /** Hotfixes that are deployed from their branch, before they are merged. */
    readonly hotfixFromBranchShare: number;
    /** Incidents that no deployment caused, per repository and year. */
    readonly unrelatedIncidentsPerYear: number;
  };
}

/** continuous: after each merge; the others about once in that time. */
export type ReleaseRhythm = 'continuous' | 'daily' | 'weekly' | 'monthly';
export type FailureResponse = 'rollback' | 'revert' | 'hotfix' | 'none';

export interface ExactPullRequests {
  readonly count: number;
  readonly reviews: number;
  readonly commits: number;
  /** At least two: a merge has two of its own. */
  readonly timelineItems: number;
  readonly files: number;
}

export type PartialParameters = {
  readonly [Group in keyof WorldParameters]?: Partial<WorldParameters[Group]>;
};

/** A company that reviews nearly everything, merges within a day or two and deploys most services at least weekly. */
export const defaultParameters: WorldParameters = {
  people: {
    engineersPerRepository: 2.5,
    teamSize: 6,
    timeZones: {
      'Europe/Berlin': 4,
      'America/New_York': 3,
      'Europe/London': 2,
      'America/Los_Angeles': 1,
      'Asia/Kolkata': 1,
      'Australia/Sydney': 0.5,
    },
    leaversPerYear: 0.06,
    joinersPerYear: 0.15,
    reorganisations: 1,
    moversShare: 0.3,
  },
  workingHours: { from: 9, to: 18, offHoursShare: 0.05 },
  repositories: {
    monorepoShare: 0.2,
    servicesPerMonorepo: [2, 4],
    archivedShare: 0.08,
    forkShare: 0.05,
    emptyShare: 0.05,
    youngShare: 0.3,
    mergeMethods: { squash: 6, merge: 3, rebase: 1 },
    mergeQueueShare: 0.15,
    autoMergeShare: 0.25,
    protectedShare: 0.7,
    rulesetShare: 0.3,
    codeOwnersShare: 0.6,
  },
  pullRequests: {
    perWeek: 1.5,
    perWeekSpread: 0.6,
    botPerWeek: 0.3,
    directPushesPerWeek: 0.05,
    codingHours: 8,
    pickupHours: 4,
    reworkHours: 5,
    mergeWaitHours: 2,
    durationSpread: 1.1,
    commits: 3,
    files: 4,
    draftShare: 0.2,
    backToDraftShare: 0.03,
    forkShare: 0.02,
    unreviewedShare: 0.06,
    approvalShare: 0.6,
    botReviewShare: 0.2,
    dismissedShare: 0.05,
    forcePushShare: 0.15,
    mergeMainShare: 0.08,
    requestRemovedShare: 0.05,
    teamRequestShare: 0.3,
    closedShare: 0.06,
    reopenedShare: 0.02,
    staleShare: 0.02,
    labelShare: 0.4,
    lateLabelShare: 0.02,
    unknownEmailShare: 0.01,
    quietReviewShare: 0.1,
    lostMergeCommitShare: 0.1,
    giantsFrom: 8,
    exact: null,
  },
  ci: {
    minutes: 9,
    jobs: ['lint', 'test', 'build'],
    failureShare: 0.12,
    flakeShare: 0.06,
    cancelledShare: 0.02,
    scheduledPerWeek: 0.5,
  },
  deployments: {
    signals: { deployment: 5, workflow: 2, release: 2, tag: 1 },
    rhythms: { continuous: 3, daily: 3, weekly: 3, monthly: 0.5 },
    severalProductionsShare: 0.15,
    minutes: 8,
    failedAttemptShare: 0.06,
    alsoReleasesShare: 0.3,
    preReleasesPerWeek: 0.1,
    nightlyTagShare: 0.2,
  },
  failures: {
    share: 0.1,
    detectionHours: 0.7,
    repairHours: 1,
    responses: { rollback: 4, revert: 2, hotfix: 3, none: 2 },
    incidentShare: 0.6,
    incidentNamesDeploymentShare: 0.5,
    lateRollbackShare: 0.15,
    hotfixFromBranchShare: 0.25,
    unrelatedIncidentsPerYear: 1,
  },
};

/** The defaults, with what is given instead; one level deep, a group's other values stay. */
export function withDefaults(given: PartialParameters = {}): WorldParameters {
  return {
    people: { ...defaultParameters.people, ...given.people },
    workingHours: { ...defaultParameters.workingHours, ...given.workingHours },
    repositories: { ...defaultParameters.repositories, ...given.repositories },
    pullRequests: { ...defaultParameters.pullRequests, ...given.pullRequests },
    ci: { ...defaultParameters.ci, ...given.ci },
    deployments: { ...defaultParameters.deployments, ...given.deployments },
    failures: { ...defaultParameters.failures, ...given.failures },
  };
}
