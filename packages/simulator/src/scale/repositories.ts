import type { BranchRuleRow, CodeOwnerRow, CursorRow, ServiceRow } from '@bellwether/warehouse';
import type { Random } from '../world/random.ts';
import type { PlannedTeam } from './organisation.ts';
import { beginning, firstLook, planEnd, type ScaleSize } from './size.ts';

/** What the SQL of this folder reads of a repository: `scale.repositories`. Instants in ms. */
export interface PlannedRepository {
  readonly repo_index: number;
  readonly repo: string;
  readonly method: 'squash' | 'merge' | 'rebase';
  readonly planned: number;
  readonly begins_ms: number;
  readonly ends_ms: number;
  readonly offset_ms: number;
  readonly members: readonly number[];
  readonly owner_team: string;
  readonly slots: number;
  readonly pipelines: number;
  readonly has_queue: boolean;
  readonly is_archived: boolean;
  readonly is_fork: boolean;
}

/** `scale.services`: where it stands among the services of its repository, and how it is released. */
export interface PlannedService {
  readonly service_index: number;
  readonly repo_index: number;
  readonly slot: number;
  readonly service: string;
  /** Of a thousand changes that touch it, how many are released at once. */
  readonly releases_per_mille: number;
  readonly environments: readonly string[];
  readonly has_staging: boolean;
}

export interface PlannedRepositories {
  readonly repositories: readonly PlannedRepository[];
  readonly services: readonly PlannedService[];
  readonly rows: {
    readonly services: readonly ServiceRow[];
    readonly codeOwners: readonly CodeOwnerRow[];
    readonly branchRules: readonly BranchRuleRow[];
    readonly cursors: readonly CursorRow[];
  };
}

const streams = [
  'repository',
  'pull-requests',
  'builds',
  'deployments',
  'releases',
  'tags',
  'incidents',
  'code-owners',
  'branch-rules',
  'commits',
];

export function planRepositories(
  size: ScaleSize,
  random: Random,
  teams: readonly PlannedTeam[],
): PlannedRepositories {
  const shares = sharesOf(size);
  const repositories = shares.map((planned, index) => planRepository(index, planned, size, random, teams));
  const services = repositories.flatMap((repository) => planServices(repository, teams, random));
  return {
    repositories,
    services: services.map(({ planned }, service_index) => ({ ...planned, service_index })),
    rows: {
      services: services.map(({ row }) => row),
      codeOwners: repositories.flatMap((each) => (random.chance(0.7) ? codeOwnersOf(each) : [])),
      branchRules: repositories.flatMap((each) => (random.chance(0.8) ? [branchRuleOf(each)] : [])),
      cursors: repositories.flatMap(({ repo }) =>
        streams.map((stream) => ({ source: 'github', stream, key: repo, cursor: '{}' })),
      ),
    },
  };
}

/** How many changes each repository has: a few have very many, as in any company; all together exactly the plan. */
function sharesOf({ repositories, monorepos, plannedChanges }: ScaleSize): number[] {
  const weights = Array.from(
    { length: repositories },
    (_, index) => (index + 10) ** -0.8 * (index < monorepos ? 2 : 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let passed = 0;
  return weights.map((weight) => {
    passed += weight;
    const until = Math.round((passed / total) * plannedChanges);
    const share = until - given;
    given = until;
    return share;
  });
}

function planRepository(
  index: number,
  planned: number,
  { monorepos }: ScaleSize,
  random: Random,
  teams: readonly PlannedTeam[],
): PlannedRepository {
  const isMonorepo = index < monorepos;
  const owner = teams[isMonorepo ? index % teams.length : random.integer(0, teams.length - 1)];
  if (owner === undefined) throw new RangeError('an organisation needs a team');
  const isYoung = index >= monorepos && random.chance(0.5);
  const isArchived = !isMonorepo && index > 20 && random.chance(0.05);
  const span = firstLook - beginning;
  const begins = beginning + (isYoung ? Math.floor(random.next() * 0.7 * span) : 0);
  return {
    repo_index: index,
    repo: `github.com/bellwether-sim/${isMonorepo ? 'platform' : 'repo'}-${String(index + 1).padStart(4, '0')}`,
    method: random.weighted({ squash: 0.6, merge: 0.25, rebase: 0.15 }),
    planned,
    begins_ms: begins,
    ends_ms: isArchived ? begins + Math.floor((0.3 + 0.6 * random.next()) * (firstLook - begins)) : planEnd,
    offset_ms: owner.offsetHours * 3_600_000,
    // Everybody works in a monorepo.
    members: isMonorepo ? [...new Set(teams.flatMap(({ members }) => members))] : owner.members,
    owner_team: owner.team,
    slots: isMonorepo ? 8 : 1,
    pipelines: random.integer(2, 5),
    has_queue: isMonorepo || random.chance(0.1),
    is_archived: isArchived,
    is_fork: !isMonorepo && random.chance(0.02),
  };
}

function planServices(
  { repo_index, repo, slots, owner_team }: PlannedRepository,
  teams: readonly PlannedTeam[],
  random: Random,
): { planned: Omit<PlannedService, 'service_index'>; row: ServiceRow }[] {
  const isMonorepo = slots > 1;
  // A library is never deployed.
  if (!isMonorepo && random.chance(0.35)) return [];
  return Array.from({ length: slots }, (_, slot) => {
    const name = repo.slice(repo.lastIndexOf('/') + 1);
    const service = isMonorepo ? `${name}-part-${String(slot + 1)}` : name;
    const owner = isMonorepo ? (teams[(repo_index + slot) % teams.length]?.team ?? '') : owner_team;
    return {
      planned: {
        repo_index,
        slot,
        service,
        releases_per_mille: random.integer(95, 375),
        environments: random.chance(0.15) ? ['prod-eu', 'prod-us'] : ['production'],
        has_staging: random.chance(0.85),
      },
      row: {
        service,
        repo,
        path_globs: isMonorepo ? [`services/part-${String(slot + 1)}/**`] : [],
        release_names: [],
        owner_team: random.chance(0.97) ? owner : '',
        tier: random.pick(['1', '2', '3']),
      },
    };
  });
}

function codeOwnersOf({ repo, owner_team, slots }: PlannedRepository): CodeOwnerRow[] {
  const owners = [`team:${owner_team}`];
  const parts = Array.from({ length: slots > 1 ? slots : 0 }, (_, slot) => ({
    repo,
    line: slot + 2,
    pattern: `/services/part-${String(slot + 1)}/`,
    owners,
  }));
  return [{ repo, line: 1, pattern: '*', owners }, ...parts];
}

function branchRuleOf({ repo }: PlannedRepository): BranchRuleRow {
  return {
    repo,
    rule_id: `${repo}:main`,
    origin: 'protection',
    name: 'main',
    includes: ['main'],
    excludes: [],
    enforcement: 'active',
    required_approvals: 1,
    requires_pull_request: true,
    requires_code_owner_review: false,
    requires_status_checks: true,
    requires_linear_history: false,
    allows_force_pushes: false,
    is_admin_enforced: null,
  };
}
