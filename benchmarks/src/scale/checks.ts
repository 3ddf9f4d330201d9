import { readTruths, type StoredOrganisation } from '@bellwether/simulator';
import type { Warehouse } from '@bellwether/warehouse';

/** Something that must hold whatever the size. */
export interface Check {
  name: string;
  expected: number;
  found: number;
}

/**
 * What the generator knows against what metrics say; and the stages of every pull request against its cycle time,
 * for what was merged and not deployed against the merge, wall clock and business hours.
 */
export async function runChecks(warehouse: Warehouse, organisation: StoredOrganisation): Promise<Check[]> {
  const truths = await readTruths(warehouse, organisation);
  const one = async (sql: string, params = {}): Promise<number> => {
    const [row] = await warehouse.query<{ found: number }>(sql, params);
    return row?.found ?? Number.NaN;
  };
  const plain = { repos: truths.plain_repositories };
  return [
    {
      name: 'pull requests',
      expected: truths.pull_requests,
      found: await one('SELECT count() AS found FROM facts.pull_requests FINAL'),
    },
    {
      name: 'merged pull requests',
      expected: truths.merged_pull_requests,
      found: await one("SELECT countIf(state = 'merged') AS found FROM facts.pull_requests FINAL"),
    },
    {
      name: 'deployments to production',
      expected: truths.production_deployments,
      found: await one('SELECT count(value) AS found FROM metrics.deployment_frequency'),
    },
    {
      name: 'pull requests with a first deployment',
      expected: truths.delivered_pull_requests,
      found: await one(`SELECT count() AS found ${deliveredSql}`, plain),
    },
    {
      name: 'seconds from merge to deployment',
      expected: Math.round(truths.seconds_from_merge_to_deployment),
      found: await one(
        `SELECT round(sum(dateDiff('millisecond', merged_at, deployed_at)) / 1000) AS found ${deliveredSql}`,
        plain,
      ),
    },
    ...(await stageChecks(one)),
  ];
}

const deliveredSql = `FROM facts.change_deployments FINAL
  WHERE kind = 'pull_request' AND is_primary AND NOT is_baseline AND environment_kind = 'production'
    AND repo IN {repos:Array(String)}`;

/** Violations: pull requests whose stages do not add up. */
async function stageChecks(one: (sql: string) => Promise<number>): Promise<Check[]> {
  const sumOf = (suffix: string): string =>
    ['coding', 'pickup', 'review', 'merge_wait', 'deploy']
      .map((stage) => `ifNull(${stage}${suffix}, 0)`)
      .join(' + ');
  return [
    {
      name: 'stages that do not sum to the cycle',
      expected: 0,
      found: await one(
        `SELECT countIf(${sumOf('_seconds')} != cycle_seconds) AS found FROM facts.pull_requests FINAL`,
      ),
    },
    {
      name: 'the same in business hours',
      expected: 0,
      found: await one(
        `SELECT countIf(${sumOf('_business_seconds')} != cycle_business_seconds) AS found FROM facts.pull_requests FINAL`,
      ),
    },
    {
      name: 'not deployed, stages that do not sum to the merge',
      expected: 0,
      found: await one(
        `SELECT countIf(${sumOf('_seconds')} != toUnixTimestamp(merged_at) - toUnixTimestamp(first_commit_at)) AS found
         FROM facts.pull_requests FINAL
         WHERE state = 'merged' AND cycle_gap IN ('not-deployed', 'never-deployed', 'baseline') AND first_commit_at IS NOT NULL`,
      ),
    },
  ];
}
