import { usageError } from '@bellwether/core';
import type { MetricDefinition } from './metric.ts';
import { metrics } from './registry.ts';

export type MetricId = (typeof metrics)[number]['id'];

/** The metrics that a query can name. Tests bring their own. */
export type Catalogue = readonly MetricDefinition[];

/**
 * Finds a metric by its id; `change-lead-time` is understood as well.
 *
 * @throws BellwetherError `metric-unknown`
 */
export function findMetric(id: string, catalogue: Catalogue = metrics): MetricDefinition {
  const wanted = id.trim().toLowerCase().replaceAll('-', '_');
  const found = catalogue.find((metric) => metric.id === wanted);
  if (found) return found;
  throw usageError(
    'metric-unknown',
    `There is no metric ${JSON.stringify(id.slice(0, 80))}.`,
    `Use one of: ${catalogue.map((metric) => metric.id).join(', ')}.`,
  );
}
