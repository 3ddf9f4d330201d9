import type {
  DomainCommit,
  DomainDeployment,
  DomainPullRequest,
  DomainStandards,
  DomainSnapshot,
} from '../domain-snapshot.ts';
import type { DomainIncident } from '../incident-routes.ts';
import { teamDirectory, type TeamRecords } from '../team-directory.ts';

/** Monday, 1 January 2024, 00:00 UTC. Tests count hours and days from here. */
export const start = Date.UTC(2024, 0, 1);
export const hour = 3_600_000;
export const day = 24 * hour;

/** A sha that a test can read: `sha('a')` is 40 digits that begin with the code of the letter. */
export function sha(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(40, '0');
}

type CommitInput = { name: string; parents?: string[]; at?: number } & Partial<
  Omit<DomainCommit, 'sha' | 'parents'>
>;

/** A commit by its readable name; authored and committed at `at`. */
export function commit({ name, parents = [], at = start, ...rest }: CommitInput): DomainCommit {
  return {
    sha: sha(name),
    parents: parents.map(sha),
    author_key: '',
    author_is_bot: false,
    authored_at: at,
    committed_at: at,
    subject: name,
    number: null,
    head_branch: null,
    reverts_sha: null,
    reverts_number: null,
    cherry_picked_from: null,
    has_paths: false,
    paths: [],
    ...rest,
  };
}

/** A counted production release of `commitName`, its ref being its id. */
export function release(
  ref: string,
  commitName: string,
  finishedAt: number | null,
  rest: Partial<DomainDeployment> = {},
): DomainDeployment {
  return {
    deployment_id: ref,
    service: 'app',
    environment: 'production',
    environment_kind: 'production',
    signal: 'tag',
    is_counted: true,
    sha: sha(commitName),
    ref,
    status: 'success',
    is_planned: true,
    started_at: null,
    finished_at: finishedAt,
    finished_at_is_exact: true,
    url: '',
    ...rest,
  };
}

type PullRequestInput = {
  number: number;
  merge: string | null;
  commits?: Record<string, number | null>;
} & Partial<
  Omit<
    DomainPullRequest,
    'number' | 'merge_commit_sha' | 'commit_shas' | 'commit_authored_at' | 'commit_count'
  >
>;

/**
 * A person's pull request that was merged into `main` as the commit `merge`.
 *
 * @param commits its own commits by name, with the instants at which they were authored
 */
export function pullRequest({ number, merge, commits = {}, ...rest }: PullRequestInput): DomainPullRequest {
  return {
    number,
    title: `Title of ${String(number)}`,
    author_key: 'ann',
    author_is_bot: false,
    base_branch: 'main',
    head_branch: `topic-${String(number)}`,
    is_from_fork: false,
    merged_at: start,
    merge_commit_sha: merge === null ? null : sha(merge),
    changed_file_count: 0,
    commit_count: Object.keys(commits).length,
    commit_shas: Object.keys(commits).map(sha),
    commit_authored_at: Object.values(commits),
    file_paths: [],
    labels: [],
    reverts_number: null,
    ...rest,
  };
}

/** An incident reported in the repository itself, naming neither service nor cause, and still open. */
export function incident(id: string, openedAt: number, rest: Partial<DomainIncident> = {}): DomainIncident {
  return {
    repo: 'local/app',
    incident_id: id,
    service: '',
    environment: '',
    severity: '',
    opened_at: openedAt,
    acknowledged_at: null,
    resolved_at: null,
    caused_by: null,
    ruled_cause: null,
    is_only_here: true,
    is_about: true,
    is_primary: true,
    ...rest,
  };
}

type SnapshotInput = Partial<DomainSnapshot> & Partial<TeamRecords> & { head: string };

/** A repository of which only the head is known; nobody is withheld, so that tests can read who is who. */
export function snapshot({ head, memberships = [], teams = [], ...input }: SnapshotInput): DomainSnapshot {
  const records = { memberships, teams };
  return {
    repo: 'local/app',
    defaultBranch: 'main',
    headSha: sha(head),
    commits: [],
    pullRequests: [],
    deployments: [],
    failedDeployments: [],
    services: [],
    incidents: [],
    hasIncidentSource: false,
    overrides: [],
    standards,
    backwardBuilds: [],
    flow: { pullRequests: [], reviews: [], requests: [], events: [] },
    directory: teamDirectory(records, { timeZone: 'UTC', minimumGroupSize: 1 }),
    ...input,
  };
}

const standards: DomainStandards = {
  branchRules: [],
  codeOwners: [],
  isProtectionOutOfReach: false,
  streams: new Set(),
  isFork: false,
  isArchived: false,
  observedAt: start,
};
