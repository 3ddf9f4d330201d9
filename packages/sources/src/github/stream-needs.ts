/** What a stream may not do without, and what is poorer without it. */
export interface StreamNeeds {
  readonly stream: string;
  /** Scope of a classic token; public repositories need none but where it says so. */
  readonly scope: string;
  /** Permission of a fine-grained token or a GitHub App, all of them to read. */
  readonly permission: string;
  /** Metrics that say less without it, by id. Those that say nothing without it name it themselves. */
  readonly metrics: readonly string[];
}

const everything = [
  'change_fail_rate',
  'change_lead_time',
  'changes_awaiting_deployment',
  'deployment_frequency',
  'deployment_rework_rate',
  'failed_deployment_recovery_time',
] as const;

const failures = ['change_fail_rate', 'deployment_rework_rate', 'failed_deployment_recovery_time'] as const;

/** Every stream of this source, and the teams of `github-organisation`; `doctor` and the readme show it. */
export const streamNeeds: readonly StreamNeeds[] = [
  { stream: 'repository', scope: 'repo', permission: 'Metadata', metrics: everything },
  { stream: 'code-owners', scope: 'repo', permission: 'Contents', metrics: [] },
  { stream: 'branch-rules', scope: 'repo', permission: 'Administration', metrics: [] },
  {
    stream: 'pull-requests',
    scope: 'repo',
    permission: 'Pull requests',
    metrics: ['change_lead_time', 'changes_awaiting_deployment'],
  },
  { stream: 'commits', scope: 'repo', permission: 'Contents', metrics: everything },
  { stream: 'deployments', scope: 'repo', permission: 'Deployments', metrics: everything },
  { stream: 'releases', scope: 'repo', permission: 'Contents', metrics: everything },
  { stream: 'tags', scope: 'repo', permission: 'Contents', metrics: everything },
  { stream: 'builds', scope: 'repo', permission: 'Actions', metrics: [] },
  { stream: 'incidents', scope: 'repo', permission: 'Issues', metrics: failures },
  { stream: 'teams', scope: 'read:org', permission: 'Members (of the organisation)', metrics: [] },
];
