import { readFileSync } from 'node:fs';
import type { Warehouse } from '@bellwether/warehouse';
import type { BuildDigest } from './build-digests.ts';

/** Repositories whose builds are computed together, from an instant on. */
export interface BuildSpan {
  since: number;
  repos: string[];
}

/** Before all builds: 1900, the first instant that the engine knows. */
export const EVER = Date.UTC(1900, 0, 1);
/** Repositories whose spans begin so close to each other share one: a query costs more than a few more rows. */
const CLOSE_MS = 90 * 86_400_000;

const query = readFileSync(new URL('../../sql/touched-builds.sql', import.meta.url), 'utf8');

/** From when on the facts of builds can differ from those that are stored; no span where none can. */
export async function buildSpans(
  warehouse: Warehouse,
  stored: ReadonlyMap<string, BuildDigest>,
  fresh: ReadonlyMap<string, BuildDigest>,
): Promise<BuildSpan[]> {
  const since = new Map<string, number>();
  const changed: { repo: string; month: number }[] = [];
  for (const [repo, digest] of fresh) {
    const old = stored.get(repo);
    if (old?.context !== digest.context) since.set(repo, EVER);
    else changed.push(...changedMonths(old, digest).map((month) => ({ repo, month })));
  }
  if (changed.length > 0) {
    const rows = await warehouse.query<{ repo: string; since: number }>(query, {
      repos: [...new Set(changed.map(({ repo }) => repo))],
      changed_repos: changed.map(({ repo }) => repo),
      changed_months: changed.map(({ month }) => month),
      changed_from: beginningOf(changed.reduce((least, { month }) => Math.min(least, month), Infinity)),
    });
    for (const row of rows) since.set(row.repo, row.since);
  }
  return together(since);
}

export function changedMonths(old: BuildDigest, fresh: BuildDigest): number[] {
  const months = new Set([...Object.keys(old.months), ...Object.keys(fresh.months)]);
  return [...months].filter((month) => old.months[month] !== fresh.months[month]).map(Number);
}

/** Of a month by its number, 202401: ms since 1970. */
export function beginningOf(month: number): number {
  return Date.UTC(Math.floor(month / 100), (month % 100) - 1);
}

/** The repositories in as few spans as is sensible. */
export function together(since: ReadonlyMap<string, number>): BuildSpan[] {
  const latestFirst = [...since].sort(([, a], [, b]) => b - a);
  const spans: BuildSpan[] = [];
  let newest = -Infinity;
  for (const [repo, from] of latestFirst) {
    const last = spans.at(-1);
    if (last === undefined || newest - from > CLOSE_MS) {
      spans.push({ since: from, repos: [repo] });
      newest = from;
    } else {
      last.repos.push(repo);
      last.since = from;
    }
  }
  return spans;
}
