import type { Config } from '@bellwether/core';
import type { DashboardSettings } from '@bellwether/dashboards';
import { resolveAgreements, resolveTargets } from '@bellwether/metrics';

/**
 * What of the configuration dashboards show. Targets of single teams stand in the report: a panel has one threshold,
 * whoever is picked.
 */
export function dashboardSettings(config: Config): DashboardSettings {
  const targets = resolveTargets(config).filter(({ teams }) => teams.length === 0);
  return {
    timeZone: config.timeZone,
    benchmark: config.benchmark,
    currency: config.ci.currency,
    targets: Object.fromEntries(targets.map(({ metric, value }) => [metric.id, value])),
    agreements: resolveAgreements(config).map(
      ({ name, metric, limit, atMost, overdueAfter, clock, target }) => ({
        name,
        metric: metric.id,
        limit,
        keeps: { atMost, ...(overdueAfter === undefined ? {} : { overdueAfter }) },
        clock,
        target,
      }),
    ),
  };
}
