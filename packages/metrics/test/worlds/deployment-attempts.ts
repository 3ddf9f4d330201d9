import { type DeploymentAttemptRow, deploymentAttempts } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import type { ReferenceRow } from '../reference.ts';
import { environments, services, teams } from '../requests.ts';
import { attempt } from '../rows/deployment-attempts.ts';
import { isProduction, pick, shownEnvironment, shownService, teamGroupOf, type WorldKind } from '../world.ts';

/** The attempts to deploy one repository, at random. */
export interface AttemptWorld {
  repo: string;
  attempts: DeploymentAttemptRow[];
}

const anAttempt = fc.record({
  service: fc.constantFrom(...services),
  is_service_withheld: fc.constantFrom(false, false, false, true),
  team: fc.constantFrom(...teams),
  environment: fc.constantFrom(...environments, 'staging'),
  signal: fc.constantFrom('deployment', 'workflow_run', 'imported', 'tag', 'release'),
  attempted_at: instant,
  took: fc.option(fc.integer({ min: 0, max: 20 * 86_400_000 }), { freq: 5 }),
  result: fc.constantFrom('success', 'success', 'failure', 'cancelled', 'unfinished'),
  has_revision: fc.boolean(),
});

export const deploymentTries: WorldKind<AttemptWorld> = {
  of: (repo) =>
    fc.array(anAttempt, { maxLength: 40 }).map((drafts) => ({
      repo,
      attempts: drafts.map(({ took, ...draft }, index) =>
        attempt({
          ...draft,
          repo,
          deployment_id: `${repo} ${String(index)}`,
          team_group: teamGroupOf(draft.team),
          environment_kind: isProduction(draft) ? 'production' : 'staging',
          finished_at: took === null ? null : draft.attempted_at + took,
        }),
      ),
    })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      deploymentAttempts,
      worlds.flatMap(({ attempts }) => attempts),
    );
  },
};

/** What figures of an attempt can be grouped by. */
export function attemptDimensions(row: DeploymentAttemptRow): ReferenceRow['dimensions'] {
  return {
    ...pick(row, ['repo', 'team', 'team_group']),
    service: shownService(row),
    environment: shownEnvironment(row),
  };
}
