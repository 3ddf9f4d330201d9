import { type Config, type Role, ROLES, usageError } from '@bellwether/core';
import { metricViews } from '@bellwether/metrics';
import { type GrantedLimits, grantStatements, roleName, type WarehouseTarget } from '@bellwether/warehouse';

/** No default is cut to the memory of this machine: it is not the one that computes. */
const ANY_MEMORY = Number.MAX_SAFE_INTEGER;

/**
 * The roles, limits and definer of views for a ClickHouse server, from what the configuration says of `bellwether serve`.
 *
 * @throws BellwetherError `grants-embedded` where the warehouse is a folder
 */
export async function serverGrants(target: WarehouseTarget, { serve }: Config): Promise<string[]> {
  if ('path' in target) {
    throw usageError(
      'grants-embedded',
      'An embedded warehouse has no users of its own: bellwether serve has them, under `serve.users`.',
      'bellwether serve   (or set `warehouse: { url: … }` to a ClickHouse server)',
    );
  }
  const { roleShares } = await import('@bellwether/server');
  const shares = roleShares(serve.limits, ANY_MEMORY);
  const limits = Object.fromEntries(
    ROLES.map((role) => [role, { ...shares[role].query, concurrent: shares[role].concurrent }]),
  ) as Record<Role, GrantedLimits>;
  return grantStatements({ cluster: target.cluster, limits, views: metricViews().map(({ name }) => name) });
}

/** As a script: users and their passwords are the server's own business, so they stand there as a remark. */
export function grantScript(statements: readonly string[]): string {
  return [
    '-- Roles, limits and quotas as `bellwether serve` has them. Can run again after every update of Bellwether.',
    ...statements.map((sql) => `${sql};`),
    '-- Then, for each person or program:',
    ...ROLES.map(
      (role) =>
        `-- CREATE USER <name> IDENTIFIED WITH sha256_password BY '<password>' DEFAULT ROLE ${roleName(role)};` +
        ` GRANT ${roleName(role)} TO <name>;`,
    ),
    '',
  ].join('\n');
}
