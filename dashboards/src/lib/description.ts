import { findMetric } from '@bellwether/metrics';
import type { PanelSpec } from './spec.ts';

/** What stands behind the (i) of a panel: the definition, from the catalogue, and how to ask on. */
export function descriptionOf(panel: PanelSpec): string {
  if (panel.kind === 'text') return panel.about ?? panel.title;
  const { question } = panel;
  const metric = findMetric(question.metric);
  const misleads = metric.howItMisleads[0];
  return [
    ...(panel.about === undefined ? [] : [panel.about]),
    metric.description,
    `**One row is** ${metric.grain}; its time is ${metric.at}.`,
    `**Coverage:** ${metric.coverage}.`,
    ...(panel.kind === 'stages'
      ? [
          '**Means, not medians:** only means of parts add up to the mean of the whole. Read the percentiles beside them.',
        ]
      : []),
    ...(misleads === undefined ? [] : [`**How it can mislead:** ${misleads}`]),
    `**Source:** ${metric.source}`,
    `More: \`bellwether explain ${metric.id}\``,
  ].join('\n\n');
}

/** The title of a panel: its own, else that of its metric with what of it is shown. */
export function titleOf(panel: PanelSpec): string {
  if (panel.title !== undefined) return panel.title;
  if (panel.kind === 'text') return '';
  const { question, kind } = panel;
  const { title } = findMetric(question.metric);
  const measure =
    question.measure === 'per-week'
      ? `${title} per week`
      : question.measure === 'age'
        ? `${title}: age`
        : title;
  if (kind === 'trend' && question.groupBy !== undefined) {
    return `${measure} by ${question.groupBy.replaceAll('_', ' ')}`;
  }
  if (kind === 'parts') return `${measure} by ${question.groupBy.replaceAll('_', ' ')}`;
  if (kind === 'rows') return `${title}: what is behind it`;
  if (kind === 'evidence') return `${title}: how to judge it`;
  return measure;
}
