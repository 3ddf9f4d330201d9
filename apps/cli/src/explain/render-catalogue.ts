import type { MetricDefinition } from '@bellwether/metrics';
import { formatTable } from '../terminal/table.ts';

/** The list of all metrics, by the parts of the catalogue. */
export function renderCatalogue(
  metrics: readonly Pick<MetricDefinition, 'id' | 'title' | 'category' | 'unit'>[],
  categories: readonly string[],
): string {
  const lines = categories.flatMap((category) => {
    const rows = metrics
      .filter((metric) => metric.category === category)
      .map(({ id, title, unit }) => [id, title, unit]);
    if (rows.length === 0) return [];
    const table = formatTable(
      [
        { title: '', align: 'left' },
        { title: '', align: 'left' },
        { title: '', align: 'left' },
      ],
      rows,
    );
    return [category, ...table.slice(1).map((line) => `  ${line}`), ''];
  });
  return `${[...lines, 'One of them in words: bellwether explain <metric>. The rows behind its figure: --rows.'].join('\n')}\n`;
}
