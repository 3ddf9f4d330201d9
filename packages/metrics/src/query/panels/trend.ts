import type { Catalogue } from '../../catalogue.ts';
import { compilePlan } from '../compile.ts';
import { measured } from './measured.ts';
import { planPanel } from './plan-panel.ts';
import type { CompiledPanel, PanelColumn, PanelContext, PanelQuestion } from './question.ts';

/**
 * The course of a figure. What is counted or added up has no value in a period that the window cuts off: half a week
 * has half the deployments, and the line would fall at both ends of every chart.
 */
export function compileTrend(
  question: Extract<PanelQuestion, { shape: 'trend' }>,
  context: PanelContext,
  catalogue?: Catalogue,
): CompiledPanel {
  const { grain, groupBy, isSpread = false } = question;
  const { plan, dialect } = planPanel(question, context, {
    grain,
    groupBy: groupBy ? [groupBy] : [],
    catalogue,
  });
  const whole = (value: string): string =>
    plan.kind === 'count' || plan.kind === 'sum' ? `if(is_partial, NULL, ${value})` : value;
  const spread = ['p50', 'p75', 'p90'] as const;
  const values: [PanelColumn, string][] = isSpread
    ? spread.map((percentile) => [
        { name: percentile, role: 'measure' },
        measured(plan, { ...question, percentile }),
      ])
    : [[{ name: 'value', role: 'measure' }, whole(measured(plan, question))]];
  const columns: [PanelColumn, string][] = [
    [{ name: 'time', role: 'time' }, 'period_start'],
    ...plan.groups.map((name): [PanelColumn, string] => [{ name, role: 'label' }, `toString(${name})`]),
    ...values,
    // Beside a line for each name they would be lines of their own.
    ...(groupBy ? [] : ([[{ name: 'n', role: 'count' }, 'n']] as [PanelColumn, string][])),
  ];
  return {
    columns: columns.map(([column]) => column),
    sql: [
      // Of another name than its column: the engine would take the one for the other.
      `SELECT ${columns.map(([{ name }, sql]) => (name === sql ? name : `${aliased(sql)} AS ${name}`)).join(', ')}`,
      'FROM (',
      compilePlan(plan, dialect).sql.replaceAll(/^/gm, '  '),
      ') AS figure',
      `ORDER BY ${['time', ...plan.groups].join(', ')}`,
    ].join('\n'),
  };
}

/** An alias hides the column of its name within the statement: columns are named with where they come from. */
function aliased(sql: string): string {
  return sql.replaceAll(
    /\b(value|p75|p90|age_seconds|age_p75_seconds|age_p90_seconds|observed_seconds|is_partial)\b/g,
    'figure.$1',
  );
}
