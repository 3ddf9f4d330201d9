import { createHash } from 'node:crypto';
import { derivations, type Warehouse } from '@bellwether/warehouse';
import type { DeriveRules } from '../compute/facts.ts';
import { rowsBy } from '../flow/rows-by.ts';
import { FACTS_EDITION } from '../marks.ts';
import type { OwnershipStep } from './ownership.ts';

/** What the facts of the builds of a repository were computed from. */
export interface BuildDigest {
  /** Of all but the builds: rules, owners, default branch. */
  context: string;
  /** How many builds there are. */
  count: number;
  /** A hash of the builds created in each month, by its number: 202401. */
  months: Record<string, string>;
}

/** Which facts a digest is of. */
export interface DigestKind {
  /** In a row of `ops.derivations`; its mark is empty while they are being written. */
  readonly side: 'build-digest' | 'job-digest';
  /** Their table. */
  readonly facts: 'facts.builds' | 'facts.build_jobs';
}

export const ofBuilds: DigestKind = { side: 'build-digest', facts: 'facts.builds' };

/** What the facts of builds of these repositories would be computed from now. */
export async function readBuildDigests(
  warehouse: Warehouse,
  repos: readonly string[],
  ownership: readonly OwnershipStep[],
  rules: DeriveRules,
): Promise<Map<string, BuildDigest>> {
  const params = { repos };
  const branches = await warehouse.query<{ repo: string; default_branch: string }>(
    'SELECT repo, default_branch FROM domain.repositories FINAL WHERE repo IN {repos:Array(String)}',
    params,
  );
  const branchOf = new Map(branches.map((row) => [row.repo, row.default_branch]));
  const stepsOf = rowsBy(ownership, ({ repo }) => repo);
  const digests = new Map(
    repos.map((repo): [string, BuildDigest] => {
      const rest = [FACTS_EDITION, rules.ci, branchOf.get(repo) ?? '', stepsOf.get(repo) ?? []];
      const context = createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 16);
      return [repo, { context, count: 0, months: {} }];
    }),
  );
  const rows = await warehouse.query<{ repo: string; month: number; count: number; hash: string }>(
    `SELECT repo, toYYYYMM(created_at) AS month, count() AS count, toString(sum(cityHash64(
       build_id, attempt, provider, pipeline, trigger, branch, sha, status, conclusion, created_at,
       ifNull(toUnixTimestamp64Milli(started_at), -1), ifNull(toUnixTimestamp64Milli(finished_at), -1)))) AS hash
     FROM domain.builds FINAL WHERE repo IN {repos:Array(String)} GROUP BY repo, month ORDER BY repo, month`,
    params,
  );
  for (const { repo, month, count, hash } of rows) {
    const digest = digests.get(repo);
    if (digest === undefined) continue;
    digest.count += count;
    digest.months[String(month)] = hash;
  }
  return digests;
}

/** What the stored facts were computed from; none where that is not known, or where rows of them were lost since. */
export async function readStoredDigests(
  warehouse: Warehouse,
  repos: readonly string[],
  { side, facts }: DigestKind,
): Promise<Map<string, BuildDigest>> {
  const marks = await warehouse.readRows(derivations, ['repo', 'mark'], {
    sql: `side = '${side}' AND mark != '' AND repo IN {repos:Array(String)}`,
    params: { repos },
  });
  const counts = await warehouse.query<{ repo: string; count: number }>(
    `SELECT repo, count() AS count FROM ${facts} FINAL WHERE repo IN {repos:Array(String)} GROUP BY repo`,
    { repos },
  );
  const countOf = new Map(counts.map(({ repo, count }) => [repo, count]));
  const parsed = marks.map(({ repo, mark }): [string, BuildDigest] => [
    repo,
    JSON.parse(mark) as BuildDigest,
  ]);
  return new Map(parsed.filter(([repo, { count }]) => (countOf.get(repo) ?? 0) === count));
}

/** To be called before the first row is written: cut off from here on, all of them are computed again. */
export async function forgetDigests(
  warehouse: Warehouse,
  repos: readonly string[],
  { side }: DigestKind,
): Promise<void> {
  await warehouse.insert(
    derivations,
    repos.map((repo) => ({ repo, side, mark: '' })),
  );
}

export async function storeDigests(
  warehouse: Warehouse,
  digests: ReadonlyMap<string, BuildDigest>,
  { side }: DigestKind,
): Promise<void> {
  await warehouse.insert(
    derivations,
    [...digests].map(([repo, digest]) => ({ repo, side, mark: JSON.stringify(digest) })),
  );
}
