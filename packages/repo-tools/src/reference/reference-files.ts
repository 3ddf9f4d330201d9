import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { GeneratedFile } from '../registries/generated-files.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { metricIndex, metricPage } from './metric-page.ts';

const metricFolder = 'docs/reference/metrics';

/**
 * The reference pages, from the definitions. Metrics are loaded only here and only now, so that the registry that they
 * are listed in can be written before.
 */
export async function referenceFiles(): Promise<GeneratedFile[]> {
  const { askable, categories, explainMetric, folderOf, metrics, rivalSystems } =
    await import('@bellwether/metrics');
  const from = 'the definitions of @bellwether/metrics';
  return [
    ...metrics.map((definition) => ({
      path: `${metricFolder}/${definition.id}.md`,
      from,
      text: metricPage({
        definition,
        explanation: explainMetric(definition.id),
        folder: folderOf(definition),
        dimensions: askable(definition),
      }),
    })),
    { path: `${metricFolder}/README.md`, from, text: metricIndex(metrics, categories) },
    { path: 'docs/reference/compatibility.md', from, text: compatibilityPage(rivalSystems) },
  ];
}

/** Pages of metrics that are gone. */
export function orphanedPages(root: string, files: readonly Pick<GeneratedFile, 'path'>[]): string[] {
  const folder = path.join(root, metricFolder);
  if (!existsSync(folder)) return [];
  const wanted = new Set(files.map((file) => file.path));
  return readdirSync(folder)
    .map((name) => `${metricFolder}/${name}`)
    .filter((page) => !wanted.has(page))
    .map((page) => `${page} belongs to no metric: delete it`);
}
