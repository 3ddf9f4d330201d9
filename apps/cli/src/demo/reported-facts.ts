import type { DoraFacts } from './true-figures.ts';

/** Runs one reading statement through the command line and gives its rows. */
export type RunQuery = (sql: string) => Promise<Record<string, unknown>[]>;

const deploymentSql = `
  SELECT repo, service, deployment_id, toUnixTimestamp64Milli(frequency.at) AS finished_ms,
         fail.value AS is_failure, rework.value AS is_rework, recovery.seconds AS recovery_seconds
  FROM metrics.deployment_frequency AS frequency
  LEFT JOIN (SELECT deployment_id, value FROM metrics.change_fail_rate) AS fail USING deployment_id
  LEFT JOIN (SELECT deployment_id, value FROM metrics.deployment_rework_rate) AS rework USING deployment_id
  LEFT JOIN (SELECT deployment_id, toString(value) AS seconds FROM metrics.failed_deployment_recovery_time) AS recovery
    USING deployment_id`;

/** A change counts once per service: by the first production that got it. */
const deliverySql = `
  SELECT repo, service, change_id, toUnixTimestamp64Milli(min(at)) AS deployed_ms, argMin(value, at) AS lead_seconds
  FROM metrics.change_lead_time WHERE gap = '' GROUP BY repo, service, change_id`;

/**
 * The facts as the views say that every figure is made from, read through `bellwether query`.
 *
 * @param owner `<host>/<organisation>`
 */
export async function reportedFacts(query: RunQuery, owner: string): Promise<DoraFacts> {
  const short = (repo: unknown): string => String(repo).slice(owner.length + 1);
  const deployments = await query(deploymentSql);
  const deliveries = await query(deliverySql);
  return {
    deployments: deployments.map((row) => ({
      repository: short(row['repo']),
      service: String(row['service']),
      finishedAt: Number(row['finished_ms']),
      isFailure: Number(row['is_failure']) === 1,
      isRework: Number(row['is_rework']) === 1,
      recoverySeconds: isNumber(row['recovery_seconds']) ? Number(row['recovery_seconds']) : null,
    })),
    deliveries: deliveries.map((row) => ({
      repository: short(row['repo']),
      change: changeName(String(row['change_id'])),
      service: String(row['service']),
      deployedAt: Number(row['deployed_ms']),
      leadSeconds: Number(row['lead_seconds']),
    })),
  };
}

/** `#12` of `<repo>#12`, the sha of `<repo>@<sha>`. */
function changeName(id: string): string {
  return /#\d+$/.exec(id)?.[0] ?? id.slice(id.lastIndexOf('@') + 1);
}

function isNumber(value: unknown): boolean {
  return value !== null && value !== '' && Number.isFinite(Number(value));
}
