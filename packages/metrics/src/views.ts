import { readFileSync } from 'node:fs';
import { folderOf, type MetricDefinition } from './metric.ts';
import { metrics } from './registry.ts';

/** A view as `migrate` of the warehouse takes it; `{{on_cluster}}` is rendered there. */
export interface MetricView {
  name: string;
  sql: string;
}

/** The views of all metrics, `metrics.<id>`, ready for `migrate(warehouse, { views })`. */
export function metricViews(catalogue: readonly Pick<MetricDefinition, 'id'>[] = metrics): MetricView[] {
  return catalogue.map((metric) => {
    // SQL files stay in src/; this path holds from src/ and from dist/ alike.
    const file = new URL(`../src/${folderOf(metric)}/view.sql`, import.meta.url);
    const name = `metrics.${metric.id}`;
    return {
      name,
      sql: `CREATE OR REPLACE VIEW ${name} {{on_cluster}} AS\n${readFileSync(file, 'utf8').trimEnd()}\n`,
    };
  });
}
