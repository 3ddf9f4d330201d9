import {
  type BotFindingRow,
  botFindings,
  type LintReportRow,
  lintReports,
  type RepositoryFactRow,
  repositoryFacts,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import type { ReferenceRow } from '../reference.ts';
import { services, teams } from '../requests.ts';
import { botFinding, lintReport, repositoryFact } from '../rows/repositories.ts';
import { pick, teamGroupOf, type WorldKind } from '../world.ts';

/** A repository, with which standards it keeps, at random. */
export interface StandardsWorld {
  repo: string;
  repository: RepositoryFactRow;
  botFindings: BotFindingRow[];
  lintReports: LintReportRow[];
}

/** Whose a repository is: one service's, several services', or nobody's. */
const belonging = fc.oneof(
  fc.constantFrom(...services).map((service) => ({ service, services: [service as string] })),
  fc
    .subarray([...services], { minLength: 2 })
    .map((several) => ({ service: '(several)', services: several })),
  fc.constant({ service: '', services: [] as string[] }),
);

export const aRepository = fc.record({
  belonging,
  team: fc.constantFrom(...teams),
  is_archived: fc.constantFrom(false, false, false, true),
  is_fork: fc.constantFrom(false, false, false, true),
  observed_at: instant,
  has_code_owners: fc.option(fc.boolean(), { freq: 4 }),
  is_protected: fc.option(fc.boolean(), { freq: 4 }),
});
type RandomRepository = typeof aRepository extends fc.Arbitrary<infer Each> ? Each : never;

const aFinding = fc.record({
  rule: fc.constantFrom('require-linked-issue', 'limit-size'),
  severity: fc.constantFrom('info', 'warning', 'error'),
  resolution: fc.constantFrom('', 'fixed', 'dismissed', 'merged-anyway', 'closed'),
  found_at: instant,
});

const aReport = fc.record({
  collected_at: instant,
  is_adopted: fc.boolean(),
  config_version: fc.constantFrom('', '1.0.0', '1.1.0'),
});

export const standards: WorldKind<StandardsWorld> = {
  of: (repo) =>
    fc
      .record({
        repository: aRepository,
        found: fc.array(aFinding, { maxLength: 20 }),
        reports: fc.array(aReport, { maxLength: 6 }),
      })
      .map(({ repository, found, reports }) => ({
        repo,
        repository: repositoryRow(repo, repository),
        botFindings: found.map((each, index) => botFinding({ ...each, repo, finding_id: String(index) })),
        lintReports: reports.map((each, index) => lintReport({ ...each, repo, report_id: String(index) })),
      })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      repositoryFacts,
      worlds.map(({ repository }) => repository),
    );
    await warehouse.insert(
      botFindings,
      worlds.flatMap((world) => world.botFindings),
    );
    await warehouse.insert(
      lintReports,
      worlds.flatMap((world) => world.lintReports),
    );
  },
};

export function repositoryRow(
  repo: string,
  { belonging: whose, ...draft }: RandomRepository,
): RepositoryFactRow {
  return repositoryFact({
    ...draft,
    ...whose,
    repo,
    team_group: teamGroupOf(draft.team),
    protection_gap: draft.is_protected !== null ? '' : draft.is_fork ? 'not-collected' : 'out-of-reach',
  });
}

/** What figures of something in a repository can be grouped by, and the services that it belongs to. */
export function ofRepository(row: RepositoryFactRow): Pick<ReferenceRow, 'dimensions' | 'services'> {
  return { dimensions: pick(row, ['repo', 'service', 'team', 'team_group']), services: row.services };
}
