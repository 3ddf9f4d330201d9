import {
  botFindings,
  branchRules,
  buildJobs,
  builds,
  codeOwners,
  collectorRuns,
  commits,
  deployments,
  derivations,
  incidents,
  lintReports,
  pullRequestEvents,
  pullRequests,
  repositories,
  reviewRequests,
  reviews,
  type RowOf,
  services,
  type Table,
  teamMembers,
  teams,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import { blankRow } from './blank-row.ts';

/** What nothing that is shown may say: the small team, its group, the services that it owns. */
export const hiddenNames = [
  'acme/minnow-team',
  'acme/minnow-group',
  'minnow-service',
  'krill-service',
  'plankton-service',
];
/** What has to be shown, or the test would prove nothing. */
export const shownNames = ['acme/whale-team', 'acme/whale-group', 'whale-service'];
/** Each key holds this. */
export const personMark = 'key-of-a-person';

const DAY = 86_400_000;
const HOUR = DAY / 24;
/** Monday. */
const start = Date.UTC(2024, 0, 1);
export const companyPeriod = { since: start - 60 * DAY, until: start + 120 * DAY };

const whales = [1, 2, 3, 4, 5, 6].map((number) => `${personMark}-whale-${String(number)}`);
const minnows = [1, 2].map((number) => `${personMark}-minnow-${String(number)}`);
const mono = 'github.com/acme/mono';
const solo = 'github.com/acme/solo';

/** Domain rows of a company with one team of six and one of two, in two repositories, of every kind that there is. */
export async function storeCompanyWithSmallTeam(warehouse: Warehouse): Promise<void> {
  const store = <T extends Table>(table: T, rows: Partial<RowOf<T>>[]): Promise<void> =>
    warehouse.insert(
      table,
      rows.map((row) => ({ ...blankRow(table), ...row })),
    );
  await store(teams, [
    { team: 'acme/whale-group', team_id: 'a', name: 'whale-group' },
    { team: 'acme/minnow-group', team_id: 'b', name: 'minnow-group' },
    { team: 'acme/whale-team', team_id: 'c', name: 'whale-team', parent_team: 'acme/whale-group' },
    { team: 'acme/minnow-team', team_id: 'd', name: 'minnow-team', parent_team: 'acme/minnow-group' },
  ]);
  await store(teamMembers, [
    ...whales.map((person_key) => ({ team: 'acme/whale-team', person_key, valid_from: 0 })),
    ...minnows.map((person_key) => ({ team: 'acme/minnow-team', person_key, valid_from: 0 })),
  ]);
  // Each of these makes a finding about the small team, its people or its services.
  await store(teamMembers, [{ team: 'acme/minnow-team', person_key: minnows[0]!, valid_from: DAY }]);
  await store(services, [
    { repo: mono, service: 'krill-service', path_globs: ['never/**'], owner_team: 'acme/minnow-team' },
    { repo: mono, service: 'whale-service', path_globs: ['a/**'], owner_team: 'acme/whale-team' },
    { repo: mono, service: 'minnow-service', path_globs: ['b/**'], owner_team: 'acme/minnow-team' },
    { repo: solo, service: 'plankton-service', owner_team: 'acme/minnow-team' },
  ]);
  for (const repo of [mono, solo]) await storeRepository(store, repo);
  await store(collectorRuns, [
    {
      run_id: 'one',
      source: 'github',
      target: mono,
      started_at: start,
      finished_at: start + HOUR,
      status: 'ok',
    },
    {
      run_id: 'two',
      source: 'github',
      target: solo,
      started_at: start,
      finished_at: start + HOUR,
      status: 'ok',
    },
  ]);
  // Derivation computes what is marked as collected.
  await store(
    derivations,
    [mono, solo].map((repo) => ({ repo, side: 'domain', mark: 'first' })),
  );
}

type Store = <T extends Table>(table: T, rows: Partial<RowOf<T>>[]) => Promise<void>;

interface Change {
  number: number;
  path: string;
  author: string;
  reviewer: string;
  at: number;
  sha: string;
}

async function storeRepository(store: Store, repo: string): Promise<void> {
  const made = Array.from({ length: 24 }, (_, index): Change => {
    const isWhale = repo === mono && index % 2 === 0;
    const people = isWhale ? whales : minnows;
    return {
      number: index + 1,
      path: isWhale ? 'a/x.ts' : 'b/x.ts',
      author: people[index % people.length]!,
      reviewer: (index % 3 === 0 ? minnows : whales)[(index + 1) % 2]!,
      at: start + index * 2 * DAY,
      sha: String(index + 1).padStart(40, '0'),
    };
  });
  await store(repositories, [
    {
      repo,
      default_branch: 'main',
      head_sha: made.at(-1)!.sha,
      has_paths: true,
      repo_id: `github.com:${repo}`,
      visibility: 'private',
    },
  ]);
  await storeChanges(store, repo, made);
  await storeOperations(store, repo, made);
  await store(codeOwners, [{ repo, line: 1, pattern: '*', owners: ['team:acme/minnow-team', minnows[0]!] }]);
  await store(branchRules, [
    { repo, rule_id: '1', origin: 'ruleset', name: 'main', includes: ['main'], enforcement: 'active' },
  ]);
  await store(botFindings, [
    {
      repo,
      number: 1,
      finding_id: 'f',
      rule: 'no-any',
      severity: 'warning',
      path: 'b/x.ts',
      found_at: start,
    },
  ]);
  await store(lintReports, [{ repo, report_id: 'r', collected_at: start, is_adopted: true }]);
  await store(truncations, [
    { repo, source: 'github', stream: 'reviews', entity: '1', reason: 'cut-list', detail: 'of 1' },
  ]);
}

async function storeChanges(store: Store, repo: string, made: readonly Change[]): Promise<void> {
  await store(
    commits,
    made.map(({ sha, number, author, at, path }, index) => ({
      repo,
      sha,
      parents: index === 0 ? [] : [made[index - 1]!.sha],
      author_key: author,
      authored_at: at,
      committed_at: at + 5 * HOUR,
      number,
      has_paths: true,
      paths: [path],
    })),
  );
  await store(
    pullRequests,
    made.map(({ sha, number, author, at, path }) => ({
      repo,
      number,
      title: 'A change',
      state: number === 24 ? ('open' as const) : number === 23 ? ('closed' as const) : ('merged' as const),
      author_key: author,
      base_branch: 'main',
      head_branch: `topic-${String(number)}`,
      created_at: at + HOUR,
      ready_at: at + HOUR,
      merged_at: number > 22 ? null : at + 5 * HOUR,
      closed_at: number === 24 ? null : at + 5 * HOUR,
      updated_at: at + 5 * HOUR,
      merge_commit_sha: number > 22 ? null : sha,
      merged_by_key: author,
      additions: 900,
      changed_file_count: 1,
      commit_count: 1,
      review_count: 1,
      commit_shas: [sha],
      commit_authored_at: [at],
      commit_author_keys: [author],
      file_paths: [path],
      file_additions: [900],
      file_deletions: [0],
    })),
  );
  await store(
    reviews,
    made.map(({ number, reviewer, at }) => ({
      repo,
      number,
      review_id: `r${String(number)}`,
      author_key: reviewer,
      state: 'approved' as const,
      submitted_at: at + 3 * HOUR,
    })),
  );
  await store(
    reviewRequests,
    made.map(({ number, reviewer, at }) => ({ repo, number, reviewer, first_requested_at: at + HOUR })),
  );
  await store(
    pullRequestEvents,
    made.flatMap(({ number, author, at }) => [
      { repo, number, event_id: 'q', kind: 'queued' as const, at: at + 4 * HOUR, actor_key: author },
      { repo, number, event_id: 'm', kind: 'merged' as const, at: at + 5 * HOUR, actor_key: author },
    ]),
  );
}

async function storeOperations(store: Store, repo: string, made: readonly Change[]): Promise<void> {
  const names = repo === mono ? ['whale-service', 'minnow-service'] : ['plankton-service'];
  await store(
    deployments,
    made.flatMap(({ sha, number, at }) =>
      names.map((service, index) => ({
        deployment_id: `${repo}!${String(number)}-${String(index)}`,
        repo,
        service,
        // Environments are often called after what runs in them.
        environment: `${service}-prod`,
        environment_kind: 'production' as const,
        signal: 'deployment' as const,
        is_counted: true,
        sha,
        ref: `v${String(number)}`,
        status: number % 5 === 0 ? ('failure' as const) : ('success' as const),
        is_planned: true,
        started_at: at + 6 * HOUR,
        finished_at: at + 7 * HOUR,
        finished_at_is_exact: true,
      })),
    ),
  );
  await store(
    incidents,
    names.map((service, index) => ({
      repo,
      incident_id: `${repo}#90${String(index)}`,
      service,
      environment: `${service}-prod`,
      severity: 'sev1',
      opened_at: made[6]!.at + 8 * HOUR,
      acknowledged_at: made[6]!.at + 9 * HOUR,
      resolved_at: made[6]!.at + 20 * HOUR,
      caused_by: `${repo}!7-${String(index)}`,
    })),
  );
  const runs = made.flatMap(({ sha, number, at }) =>
    [1, 2].map((attempt) => ({
      repo,
      build_id: `b${String(number)}`,
      attempt,
      provider: 'actions',
      pipeline: 'ci.yml',
      pipeline_name: 'ci',
      trigger: 'push',
      branch: 'main',
      sha,
      status: 'finished' as const,
      conclusion: attempt === 1 && number % 3 === 0 ? ('failure' as const) : ('success' as const),
      created_at: at + attempt * HOUR,
      started_at: at + attempt * HOUR + 60_000,
      finished_at: at + attempt * HOUR + 600_000,
    })),
  );
  await store(builds, runs);
  await store(
    buildJobs,
    runs.map(({ build_id, attempt, conclusion, created_at, started_at, finished_at }) => ({
      ...{ repo, build_id, job_id: `${build_id}-${String(attempt)}`, attempt, name: 'test' },
      ...{ status: 'finished' as const, conclusion, created_at, started_at, finished_at },
    })),
  );
}
