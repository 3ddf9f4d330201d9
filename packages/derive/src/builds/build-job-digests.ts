import type { Warehouse } from '@bellwether/warehouse';
import { FACTS_EDITION } from '../marks.ts';
import type { BuildDigest, DigestKind } from './build-digests.ts';

export const ofJobs: DigestKind = { side: 'job-digest', facts: 'facts.build_jobs' };

/** What the facts of the jobs of these repositories would be computed from now: nothing but the jobs. */
export async function readJobDigests(
  warehouse: Warehouse,
  repos: readonly string[],
): Promise<Map<string, BuildDigest>> {
  const digests = new Map(
    repos.map((repo): [string, BuildDigest] => [
      repo,
      { context: String(FACTS_EDITION), count: 0, months: {} },
    ]),
  );
  const rows = await warehouse.query<{ repo: string; month: number; count: number; hash: string }>(
    `SELECT repo, toYYYYMM(assumeNotNull(coalesce(started_at, created_at, finished_at))) AS month,
       count() AS count, toString(sum(cityHash64(
         build_id, job_id, name, status, conclusion, ifNull(toUnixTimestamp64Milli(created_at), -1),
         ifNull(toUnixTimestamp64Milli(started_at), -1), ifNull(toUnixTimestamp64Milli(finished_at), -1)))) AS hash
     FROM domain.build_jobs FINAL
     WHERE repo IN {repos:Array(String)} AND coalesce(started_at, created_at, finished_at) IS NOT NULL
     GROUP BY repo, month ORDER BY repo, month`,
    { repos },
  );
  for (const { repo, month, count, hash } of rows) {
    const digest = digests.get(repo);
    if (digest === undefined) continue;
    digest.count += count;
    digest.months[String(month)] = hash;
  }
  return digests;
}
