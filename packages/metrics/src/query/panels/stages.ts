import { usageError } from '@bellwether/core';
import type { Catalogue } from '../../catalogue.ts';
import { column } from '../columns.ts';
import { rowsSql } from '../rows.ts';
import { planPanel } from './plan-panel.ts';
import type { CompiledPanel, PanelContext, PanelQuestion } from './question.ts';

/**
 * What each part of a whole took on average, in each period, over the rows whose whole is known. A part that did not
 * happen took nothing: its time is in the part that held it. So the parts add up to the mean of the whole.
 *
 * @throws BellwetherError `parts-unknown` for a metric that is no sum
 */
export function compileStages(
  question: Extract<PanelQuestion, { shape: 'stages' }>,
  context: PanelContext,
  catalogue?: Catalogue,
): CompiledPanel {
  const { plan } = planPanel(question, context, { grain: question.grain, catalogue });
  const { calendar, metric } = plan;
  const parts = metric.parts ?? [];
  if (parts.length === 0) {
    throw usageError('parts-unknown', `${metric.title} is no sum of parts.`, 'Ask for cycle_time.');
  }
  const at = column('at');
  const window = [`${at} >= ${calendar.since}`, `${at} < ${calendar.until}`];
  return {
    columns: [
      { name: 'time', role: 'time' },
      ...parts.map(({ metric: name }) => ({ name, role: 'measure' as const })),
      { name: 'n', role: 'count' },
    ],
    sql: [
      `WITH ${calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
      `SELECT ${calendar.startOf('period')} AS time, ${parts.map(({ metric: name }) => name).join(', ')}, n`,
      'FROM (',
      `  SELECT ${calendar.periodOf('at')} AS period,`,
      `    ${parts.map(({ metric: name, column: part }) => `sum(ifNull(${part}, 0)) / count() AS ${name}`).join(', ')},`,
      '    count() AS n',
      '  FROM (',
      rowsSql(plan, ['at', 'value', ...parts.map(({ column: part }) => part)], window).replaceAll(
        /^/gm,
        '    ',
      ),
      '  )',
      '  WHERE value IS NOT NULL',
      '  GROUP BY period',
      ')',
      'ORDER BY time',
    ].join('\n'),
  };
}
