import { readFileSync } from 'node:fs';
import { buildJobFacts, type Warehouse } from '@bellwether/warehouse';
import type { Written } from '../write-facts.ts';
import { type BuildDigest, forgetDigests, readStoredDigests, storeDigests } from './build-digests.ts';
import { ofJobs, readJobDigests } from './build-job-digests.ts';
import { beginningOf, type BuildSpan, changedMonths, EVER, together } from './build-span.ts';

const query = readFileSync(new URL('../../sql/build-jobs.sql', import.meta.url), 'utf8');

/** As many as the engine compares at once with ease: a build has several. */
const JOBS_AT_ONCE = 3_000_000;

/**
 * Makes the stored facts of jobs equal the domain's for some repositories: the same rows, sorted by time. A job tells
 * nothing about another, so they can differ from the first month on whose jobs do.
 */
export async function writeBuildJobs(warehouse: Warehouse, repos: readonly string[]): Promise<Written> {
  const stored = await readStoredDigests(warehouse, repos, ofJobs);
  // Read before the jobs are: what comes in between is found different the next time.
  const fresh = await readJobDigests(warehouse, repos);
  const spans = jobSpans(stored, fresh);
  const result = { written: 0, removed: 0 };
  if (spans.length === 0) return result;
  const touched = spans.flatMap((span) => span.repos);
  await forgetDigests(warehouse, touched, ofJobs);
  for (const span of spans.flatMap((each) => inParts(each, fresh))) {
    const { written, removed } = await warehouse.replaceByQuery(
      buildJobFacts,
      { repo: span.repos, began_at: { from: span.since } },
      { sql: query, params: { repos: span.repos, since: span.since } },
    );
    result.written += written;
    result.removed += removed;
  }
  await storeDigests(warehouse, new Map([...fresh].filter(([repo]) => touched.includes(repo))), ofJobs);
  return result;
}

/** Of a job that moved, both the month it was in and the month it is in have changed. */
function jobSpans(
  stored: ReadonlyMap<string, BuildDigest>,
  fresh: ReadonlyMap<string, BuildDigest>,
): BuildSpan[] {
  const since = new Map<string, number>();
  for (const [repo, digest] of fresh) {
    const old = stored.get(repo);
    if (old?.context !== digest.context) since.set(repo, EVER);
    else {
      const months = changedMonths(old, digest);
      if (months.length > 0) since.set(repo, beginningOf(Math.min(...months)));
    }
  }
  return together(since);
}

function inParts({ since, repos }: BuildSpan, fresh: ReadonlyMap<string, BuildDigest>): BuildSpan[] {
  const parts: BuildSpan[] = [];
  let room = 0;
  for (const repo of repos) {
    const count = fresh.get(repo)?.count ?? 0;
    const last = parts.at(-1);
    if (last === undefined || count > room) {
      parts.push({ since, repos: [repo] });
      room = JOBS_AT_ONCE - count;
    } else {
      last.repos.push(repo);
      room -= count;
    }
  }
  return parts;
}
