import type {
  ChangeDeploymentRow,
  FindingRow,
  PullRequestFactRow,
  ReviewFactRow,
  ServiceRow,
} from '@bellwether/warehouse';
import type { Change } from '../compute/change.ts';
import type { DeriveRules } from '../compute/facts.ts';
import type { TeamDirectory } from '../team-directory.ts';
import type { WorkingCalendar } from '../working-time/index.ts';
import type { FlowRows } from './read-flow.ts';

/** Everything about one repository that the facts of its pull requests depend on. */
export interface FlowInput extends FlowRows {
  repo: string;
  /** Empty where it is not known. */
  defaultBranch: string;
  /** The changes of the default branch, those that are no pull request included. */
  changes: readonly FlowChange[];
  /** Only the primary rows are looked at. */
  changeDeployments: readonly Pick<
    ChangeDeploymentRow,
    'change_id' | 'is_primary' | 'is_baseline' | 'is_deployed_before_merge' | 'deployed_at' | 'deployment_id'
  >[];
  /** Which change takes back which. */
  reverts: readonly { revert: Pick<Change, 'row'>; original: Pick<Change, 'row'> }[];
  /** The service catalogue of the repository. */
  services: readonly Pick<ServiceRow, 'service' | 'path_globs'>[];
  /** The services that have releases, whether the catalogue knows them or not. */
  released: ReadonlySet<string>;
  /** Something was deployed to production from here. */
  hasProduction: boolean;
  /** The team that owns a service; '' for nobody. */
  ownerOf: (service: string) => string;
  directory: Pick<TeamDirectory, 'labelOf' | 'isWithheld' | 'timeZoneOf' | 'teamOf' | 'teamsOf'>;
  /** `workingCalendars(rules.businessHours)`, kept for all repositories: a calendar is costly to make. */
  calendarOf: (timeZone: string) => WorkingCalendar;
  rules: Pick<DeriveRules, 'pullRequests'>;
}

/** Of a change: what it is, and which files it touched. */
export type FlowChange = Pick<Change, 'row' | 'paths' | 'isPathListCut'>;

export interface FlowFacts {
  pullRequests: PullRequestFactRow[];
  reviews: ReviewFactRow[];
  findings: FindingRow[];
}
