import {
  type CollectorRunRow,
  collectorRuns,
  type FindingRow,
  findings,
  type RepositoryFactRow,
  repositoryFacts,
  type TruncationRow,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import { services } from '../requests.ts';
import { collectorRun, findingRow, truncation } from '../rows/data-quality.ts';
import type { WorldKind } from '../world.ts';
import { aRepository, repositoryRow } from './repositories.ts';

/** What collecting and computing left behind of a repository, at random. Instants of findings are their versions. */
export interface DataQualityWorld {
  repo: string;
  /** Null: collected, but nothing computed yet. */
  repository: RepositoryFactRow | null;
  runs: CollectorRunRow[];
  truncations: { at: number; row: TruncationRow }[];
  findings: { at: number; row: FindingRow }[];
}

const aRun = fc.record({
  source: fc.constantFrom('github', 'git'),
  started_at: instant,
  took: fc.integer({ min: 0, max: 40 * 86_400_000 }),
  status: fc.constantFrom('ok', 'ok', 'partial', 'failed', 'cancelled', 'running'),
});

const aTruncation = fc.record({
  at: instant,
  source: fc.constantFrom('github', 'git'),
  reason: fc.constantFrom('shallow-history', 'cut-list', 'no-permission'),
});

const aFinding = fc.record({
  at: instant,
  service: fc.constantFrom(...services, ''),
  kind: fc.constantFrom('unrealistic-commit-date', 'negative-stage', 'authors-without-team'),
});

export const dataQuality: WorldKind<DataQualityWorld> = {
  of: (repo) =>
    fc
      .record({
        repository: fc.option(aRepository, { freq: 8 }),
        runs: fc.array(aRun, { maxLength: 12 }),
        cut: fc.array(aTruncation, { maxLength: 8 }),
        found: fc.array(aFinding, { maxLength: 8 }),
      })
      .map(({ repository, runs, cut, found }) => ({
        repo,
        repository: repository === null ? null : repositoryRow(repo, repository),
        runs: runs.map(({ took, ...run }, index) =>
          collectorRun({
            ...run,
            run_id: `${repo} ${String(index)}`,
            target: repo,
            finished_at: run.status === 'running' ? null : run.started_at + took,
          }),
        ),
        truncations: cut.map(({ at, ...each }, index) => ({
          at,
          row: truncation({ ...each, repo, entity: String(index) }),
        })),
        findings: found.map(({ at, ...each }, index) => ({
          at,
          row: findingRow({ ...each, repo, entity: String(index) }),
        })),
      })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      repositoryFacts,
      worlds.flatMap(({ repository }) => repository ?? []),
    );
    await warehouse.insert(
      collectorRuns,
      worlds.flatMap(({ runs }) => runs),
    );
    for (const { at, row } of worlds.flatMap((world) => world.truncations)) {
      await warehouse.insert(truncations, [row], { version: at });
    }
    for (const { at, row } of worlds.flatMap((world) => world.findings)) {
      await insertFinding(warehouse, at, row);
    }
  },
};

/** A finding that was found then: its version says when. */
export async function insertFinding(warehouse: Warehouse, at: number, row: FindingRow): Promise<void> {
  await warehouse.insert(findings, [row], { version: at });
}
