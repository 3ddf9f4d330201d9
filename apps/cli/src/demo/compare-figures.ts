import { formatTable } from '../terminal/table.ts';
import type { DoraFigures } from './true-figures.ts';

/** What both sides say of one metric. */
export interface MetricComparison {
  readonly metric: keyof DoraFigures;
  readonly reported: string;
  readonly truth: string;
  /** Both figures are the same, and made of the very same things. */
  readonly isEqual: boolean;
  /** What the generator did and Bellwether does not report. */
  readonly missing: readonly string[];
  /** What Bellwether reports and the generator did not do. */
  readonly extra: readonly string[];
}

/** Holds both sides against each other, thing by thing. */
export function compareFigures(reported: DoraFigures, truth: DoraFigures): MetricComparison[] {
  return (Object.keys(truth) as (keyof DoraFigures)[]).map((metric) => {
    const missing = without(truth[metric].items, reported[metric].items);
    const extra = without(reported[metric].items, truth[metric].items);
    const isSameFigure = truth[metric].figure === reported[metric].figure;
    return {
      metric,
      reported: reported[metric].figure,
      truth: truth[metric].figure,
      isEqual: isSameFigure && missing.length + extra.length === 0,
      missing,
      extra,
    };
  });
}

/**
 * A table of the figures, and below it what differs.
 *
 * @param limit how many differences of each kind are shown
 */
export function comparisonText(comparisons: readonly MetricComparison[], limit: number): string {
  const columns = ['DORA metric', 'reported', 'what the generator did', 'equal?'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  const rows = comparisons.map(({ metric, reported, truth, isEqual }) => {
    return [metric, reported, truth, isEqual ? 'yes' : 'NO'];
  });
  const differences = comparisons.flatMap(({ metric, missing, extra }) => [
    ...listed(`${metric}, not reported`, missing, limit),
    ...listed(`${metric}, reported and not so`, extra, limit),
  ]);
  return [...formatTable(columns, rows), ...(differences.length > 0 ? ['', ...differences] : [])].join('\n');
}

function listed(title: string, items: readonly string[], limit: number): string[] {
  if (items.length === 0) return [];
  const left = items.length - limit;
  return [
    `${title}: ${String(items.length)}`,
    ...items.slice(0, limit).map((item) => `  ${item}`),
    ...(left > 0 ? [`  … and ${String(left)} more`] : []),
  ];
}

/** The items of one list that the other lacks, each as often as it lacks it. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of others) counts.set(item, (counts.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const left = counts.get(item) ?? 0;
    counts.set(item, left - 1);
    return left <= 0;
  });
}
