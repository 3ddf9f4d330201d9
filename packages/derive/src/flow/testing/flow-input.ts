import { Config } from '@bellwether/core';
import type { ChangeRow } from '@bellwether/warehouse';
import { workingCalendars } from '../../working-time/index.ts';
import type { FlowChange, FlowInput } from '../flow-input.ts';
import type { FlowEvent, FlowPullRequest, FlowReview } from '../read-flow.ts';

const { businessHours, pullRequests } = Config.parse({});

/** Monday, 8 January 2024, 00:00 UTC. */
export const monday = Date.UTC(2024, 0, 8);
export const minute = 60_000;
export const hour = 60 * minute;

export const repo = 'local/app';

/** An open pull request of ann's into `main`, opened on Monday at 10:00. */
export function flowPullRequest(rest: Partial<FlowPullRequest> = {}): FlowPullRequest {
  const created = rest.created_at ?? monday + 10 * hour;
  return {
    repo,
    number: 1,
    title: '',
    state: 'open',
    is_draft: false,
    author_key: 'ann',
    author_is_bot: false,
    base_branch: 'main',
    head_branch: 'topic',
    is_from_fork: false,
    created_at: created,
    ready_at: created,
    merged_at: null,
    closed_at: null,
    merge_commit_sha: null,
    additions: 0,
    deletions: 0,
    changed_file_count: 0,
    commit_count: 0,
    review_count: 0,
    commit_shas: [],
    labels: [],
    commit_authored_at: [],
    file_paths: [],
    file_additions: [],
    file_deletions: [],
    reverts_number: null,
    ...rest,
  };
}

let reviewCounter = 0;

/** Ben's review without a word. */
export function flowReview(submittedAt: number, rest: Partial<FlowReview> = {}): FlowReview {
  reviewCounter += 1;
  return {
    repo,
    number: 1,
    review_id: `review-${String(reviewCounter).padStart(6, '0')}`,
    author_key: 'ben',
    author_is_bot: false,
    state: 'commented',
    submitted_at: submittedAt,
    comment_count: 0,
    has_body: false,
    ...rest,
  };
}

export function flowEvent(kind: FlowEvent['kind'], at: number, rest: Partial<FlowEvent> = {}): FlowEvent {
  return { repo, number: 1, kind, at, subject: '', ...rest };
}

/** The change of the default branch that a merged pull request is. */
export function flowChange(rest: Partial<ChangeRow> & { number: number }): FlowChange {
  return {
    paths: null,
    isPathListCut: false,
    row: {
      change_id: `${repo}#${String(rest.number)}`,
      kind: 'pull_request',
      repo,
      title: '',
      merge_sha: '',
      commit_shas: [],
      team: '',
      team_group: '',
      is_bot: false,
      head_branch: null,
      reverts_change_id: null,
      first_authored_at: null,
      merged_at: null,
      starts_at: 'first_commit',
      deployed_at: null,
      deployment_id: '',
      service: '',
      environment: '',
      services: [],
      awaiting_gap: '',
      ...rest,
    },
  };
}

type Deployment = FlowInput['changeDeployments'][number];

export function firstDeployment(deployedAt: number, rest: Partial<Deployment> = {}): Deployment {
  return {
    change_id: `${repo}#1`,
    is_primary: true,
    is_baseline: false,
    is_deployed_before_merge: false,
    deployed_at: deployedAt,
    deployment_id: 'v1',
    ...rest,
  };
}

/** Who is in which team, always; teams may be shown, and work in UTC, unless told otherwise. */
export function flowDirectory({
  teams = {},
  withheld = [],
  zones = {},
}: {
  teams?: Record<string, readonly string[]>;
  withheld?: readonly string[];
  zones?: Record<string, string>;
} = {}): FlowInput['directory'] {
  const teamsOf = (person: string): string[] =>
    Object.keys(teams).filter((team) => teams[team]?.includes(person) === true);
  return {
    teamsOf,
    teamOf: (person, _at, owners) => {
      const own = teamsOf(person);
      return own.find((team) => owners.has(team)) ?? own[0] ?? '';
    },
    labelOf: (team) => ({ team: withheld.includes(team) ? '(withheld)' : team, team_group: '' }),
    isWithheld: (team) => withheld.includes(team),
    timeZoneOf: (team) => zones[team] ?? 'UTC',
  };
}

export function flowInput(rest: Partial<FlowInput> = {}): FlowInput {
  return {
    repo,
    defaultBranch: 'main',
    pullRequests: [],
    reviews: [],
    requests: [],
    events: [],
    changes: [],
    changeDeployments: [],
    reverts: [],
    services: [],
    released: new Set(),
    hasProduction: true,
    ownerOf: () => '',
    directory: flowDirectory(),
    calendarOf: workingCalendars(businessHours),
    rules: { pullRequests },
    ...rest,
  };
}
