import type { Warehouse } from '@bellwether/warehouse';

/** A commit's worth of rows; more at once only costs memory. */
const MOST_WEIGHT = 100_000;
/** Names of so many fit into one query with ease. */
const MOST_REPOSITORIES = 200;

/**
 * Puts repositories together that are read and written at once: of most there is little, and a query or an insert
 * costs milliseconds whatever it carries. A large one stands alone.
 */
export function inBatches<Item extends { repo: string }>(
  items: readonly Item[],
  weightOf: (repo: string) => number,
): Item[][] {
  const batches: Item[][] = [];
  let weight = Infinity;
  for (const item of items) {
    const own = weightOf(item.repo);
    const last = batches.at(-1);
    if (last === undefined || weight + own > MOST_WEIGHT || last.length >= MOST_REPOSITORIES) {
      batches.push([item]);
      weight = own;
    } else {
      last.push(item);
      weight += own;
    }
  }
  return batches;
}

/** How many rows a repository has to read, about; replaced rows count until they are merged away. */
export async function readWeights(warehouse: Warehouse): Promise<(repo: string) => number> {
  const rows = await warehouse.query<{ repo: string; weight: number }>(
    `SELECT repo, sum(rows) AS weight FROM (
       SELECT repo, count() AS rows FROM domain.commits GROUP BY repo
       UNION ALL SELECT repo, count() * 3 FROM domain.pull_requests GROUP BY repo
       UNION ALL SELECT repo, count() FROM domain.reviews GROUP BY repo
     ) GROUP BY repo`,
  );
  const weights = new Map(rows.map(({ repo, weight }) => [repo, weight]));
  return (repo) => weights.get(repo) ?? 0;
}
