import { readFileSync } from 'node:fs';
import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import type { DeriveRules } from '../compute/facts.ts';
import type { Written } from '../write-facts.ts';
import type { OwnershipStep } from './ownership.ts';
import {
  forgetDigests,
  ofBuilds,
  readBuildDigests,
  readStoredDigests,
  storeDigests,
} from './build-digests.ts';
import { type BuildSpan, buildSpans } from './build-span.ts';
import { pricedPipelines } from './prices.ts';

const query = readFileSync(new URL('../../sql/builds.sql', import.meta.url), 'utf8');

/**
 * Makes the stored facts of builds equal what the domain tables give for some repositories. In the engine: a company
 * has as many builds as all else together, and what is asked of them is asked of neighbours. Only from where on they can
 * differ: most builds are years old.
 *
 * @param ownership what may be shown of the repositories, from the beginning of time
 */
export async function writeBuilds(
  warehouse: Warehouse,
  repos: readonly string[],
  ownership: readonly OwnershipStep[],
  rules: DeriveRules,
): Promise<Written> {
  const stored = await readStoredDigests(warehouse, repos, ofBuilds);
  // Read before the builds are: what comes in between is found different the next time.
  const fresh = await readBuildDigests(warehouse, repos, ownership, rules);
  const spans = await buildSpans(warehouse, stored, fresh);
  const result = { written: 0, removed: 0 };
  if (spans.length === 0) return result;
  const touched = spans.flatMap((span) => span.repos);
  await forgetDigests(warehouse, touched, ofBuilds);
  for (const span of spans) {
    const { written, removed } = await writeSpan(warehouse, span, ownership, rules);
    result.written += written;
    result.removed += removed;
  }
  await storeDigests(warehouse, new Map([...fresh].filter(([repo]) => touched.includes(repo))), ofBuilds);
  return result;
}

async function writeSpan(
  warehouse: Warehouse,
  { since, repos }: BuildSpan,
  allOwners: readonly OwnershipStep[],
  rules: DeriveRules,
): Promise<Written> {
  const isHere = new Set(repos);
  const ownership = allOwners.filter(({ repo }) => isHere.has(repo));
  const pairs =
    rules.ci.prices.length === 0
      ? []
      : await warehouse.query<{ provider: string; pipeline: string }>(
          'SELECT DISTINCT provider, pipeline FROM domain.builds WHERE repo IN {repos:Array(String)}',
          { repos },
        );
  const prices = pricedPipelines(pairs, rules.ci);
  const params = {
    repos,
    since,
    owner_repos: ownership.map(({ repo }) => repo),
    owner_since: ownership.map(({ since }) => since),
    owner_services: ownership.map(({ service }) => service),
    owner_teams: ownership.map(({ team }) => team),
    owner_groups: ownership.map(({ team_group }) => team_group),
    price_providers: prices.map(({ provider }) => provider),
    price_pipelines: prices.map(({ pipeline }) => pipeline),
    price_minutes: prices.map(({ perMinute }) => perMinute),
  };
  return warehouse.replaceByQuery(
    buildFacts,
    { repo: repos, created_at: { from: since } },
    { sql: query, params },
  );
}

/** How many builds each repository has, about. */
export async function readBuildCounts(warehouse: Warehouse): Promise<ReadonlyMap<string, number>> {
  const rows = await warehouse.query<{ repo: string; builds: number }>(
    'SELECT repo, count() AS builds FROM domain.builds GROUP BY repo',
  );
  return new Map(rows.map(({ repo, builds }) => [repo, builds]));
}
