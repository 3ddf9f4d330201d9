import type { Config } from '@bellwether/core';

/** The settings that decide facts; a change of them makes every repository's facts stale. */
export interface DeriveRules {
  hotfixBranches: readonly string[];
  hotfixLabels: readonly string[];
  integrationBranches: readonly string[];
  /** What announces a release, the most trusted first. */
  signals: Config['deployments']['signals'];
  incidentWindowHours: number;
  /** Of the organisation; teams may have their own. */
  timeZone: string;
  businessHours: Config['businessHours'];
  /** Teams with fewer people are not shown. */
  minimumGroupSize: number;
  pullRequests: Config['pullRequests'];
  ci: Config['ci'];
}

export function deriveRules({
  failures,
  git,
  deployments,
  incidents,
  timeZone,
  businessHours,
  privacy,
  pullRequests,
  ci,
}: Pick<
  Config,
  | 'failures'
  | 'git'
  | 'deployments'
  | 'incidents'
  | 'timeZone'
  | 'businessHours'
  | 'privacy'
  | 'pullRequests'
  | 'ci'
>): DeriveRules {
  return {
    hotfixBranches: failures.hotfixBranches,
    hotfixLabels: failures.hotfixLabels,
    integrationBranches: git.integrationBranches,
    signals: deployments.signals,
    incidentWindowHours: incidents.windowHours,
    timeZone,
    businessHours,
    minimumGroupSize: privacy.minimumGroupSize,
    pullRequests,
    ci,
  };
}
