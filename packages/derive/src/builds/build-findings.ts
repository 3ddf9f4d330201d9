import { findings, type FindingRow, type Warehouse } from '@bellwether/warehouse';
import { finding } from '../compute/finding-fixes.ts';
import type { Written } from '../write-facts.ts';

/** Builds of a repository whose times run backwards, by pipeline. */
export interface BackwardBuilds {
  pipeline: string;
  count: number;
}

export async function readBackwardBuilds(
  warehouse: Warehouse,
  repos: readonly string[],
): Promise<(BackwardBuilds & { repo: string })[]> {
  return warehouse.query(
    `SELECT repo, pipeline, count() AS count FROM domain.builds FINAL
     WHERE repo IN {repos:Array(String)} AND (started_at < created_at OR finished_at < started_at)
     GROUP BY repo, pipeline ORDER BY repo, pipeline`,
    { repos },
  );
}

/** What is wrong with the builds of a repository: the one kind of finding that comes of builds. */
export function ofBuilds(backwardBuilds: readonly BackwardBuilds[]): Omit<FindingRow, 'repo'>[] {
  return backwardBuilds.map(({ pipeline, count }) =>
    finding('negative-build-time', pipeline, `${String(count)} attempts began or ended before they could`),
  );
}

/** Brings the findings about builds up to date, and leaves all others as they are. */
export async function writeBuildFindings(warehouse: Warehouse, repos: readonly string[]): Promise<Written> {
  const backward = await readBackwardBuilds(warehouse, repos);
  const rows = backward.flatMap(({ repo, ...each }) =>
    ofBuilds([each]).map((found): FindingRow => ({ repo, ...found })),
  );
  return warehouse.replaceByDifference(findings, { repo: repos, kind: 'negative-build-time' }, rows);
}
