import type { Catalogue } from '../../catalogue.ts';
import { compilePlan } from '../compile.ts';
import { comparisonSql } from '../compile-comparison.ts';
import type { Plan } from '../plan.ts';
import { grafanaDialect } from '../grafana-dialect.ts';
import { targetSql } from './target.ts';
import { bandSql } from './band.ts';
import { measured } from './measured.ts';
import { planPanel, previousWindow } from './plan-panel.ts';
import type { CompiledPanel, PanelColumn, PanelContext, PanelQuestion } from './question.ts';
import { reasonSql } from './reasons.ts';
import { differenceSql } from './verdict.ts';

type FigureQuestion = Extract<PanelQuestion, { shape: 'figure' | 'parts' }>;

/**
 * The figure of the window beside that of the window before, with everything needed to judge it: of the whole, or of
 * each name of a dimension.
 */
export function compileFigure(
  question: FigureQuestion,
  context: PanelContext,
  catalogue?: Catalogue,
): CompiledPanel {
  if (question.shape === 'figure' && question.isBare === true) {
    return compileBare(question, context, catalogue);
  }
  const groupBy = question.shape === 'parts' ? [question.groupBy] : [];
  const { plan, dialect } = planPanel(question, context, { grain: 'whole', groupBy, catalogue });
  const shifted = previousWindow();
  const { plan: before } = planPanel(question, context, {
    grain: 'whole',
    groupBy,
    dialect: shifted,
    catalogue,
  });
  const { groups } = plan;
  const value = measured(plan, question, 'now.');
  const previous = measured(plan, question, 'before.');
  const { relative, verdict } = differenceSql(plan, value, previous);
  const band = question.measure === 'age' ? null : bandSql(plan);
  const target = question.shape === 'figure' ? question.target : undefined;
  const columns: [PanelColumn, string][] = [
    ...groups.map((name): [PanelColumn, string] => [{ name, role: 'label' }, `now.${name}`]),
    [{ name: 'value', role: 'measure' }, value],
    [{ name: 'previous', role: 'measure' }, previous],
    [{ name: 'change', role: 'share' }, relative],
    [{ name: 'verdict', role: 'text' }, verdict],
    ...(target === undefined
      ? []
      : ([
          [{ name: 'target', role: 'measure' }, String(target)],
          [{ name: 'target_met', role: 'text' }, targetSql(plan, value, target)],
        ] as [PanelColumn, string][])),
    ...(band === null ? [] : ([[{ name: 'band', role: 'text' }, band]] as [PanelColumn, string][])),
    [{ name: 'n', role: 'count' }, 'now.n'],
    [{ name: 'coverage', role: 'share' }, 'now.coverage'],
    [{ name: 'reason', role: 'text' }, reasonSql(plan, context, question, 'now.gap')],
  ];
  const on = (alias: string): string => groups.map((name) => `${alias}.${name} = now.${name}`).join(' AND ');
  const join = (sql: string, alias: string): string[] =>
    groups.length === 0
      ? ['CROSS JOIN (', indent(sql), `) AS ${alias}`]
      : ['LEFT JOIN (', indent(sql), `) AS ${alias} ON ${on(alias)}`];
  const tested = plan.kind === 'distribution' ? join(testSql(plan), 'tested') : [];
  const isWorseFirst = question.shape === 'parts';
  return {
    columns: columns.map(([column]) => column),
    sql: [
      `SELECT\n${columns.map(([{ name }, sql]) => `  ${sql} AS ${name}`).join(',\n')}`,
      'FROM (',
      indent(compilePlan(plan, dialect).sql),
      ') AS now',
      ...join(compilePlan(before, shifted).sql, 'before'),
      ...tested,
      // Names in brackets say that a name is missing or withheld; they come last, whatever their figures.
      ...(isWorseFirst
        ? [
            `ORDER BY ${groups.map((name) => `startsWith(toString(now.${name}), '(') OR now.${name} = ''`).join(', ')}, verdict = 'worse' DESC, ${groups.map((name) => `now.${name}`).join(', ')}`,
            `LIMIT ${dialect.integer('limit', question.limit)}`,
          ]
        : []),
    ].join('\n'),
  };
}

function compileBare(
  question: FigureQuestion,
  context: PanelContext,
  catalogue: Catalogue | undefined,
): CompiledPanel {
  const { plan, dialect } = planPanel(question, context, { grain: 'whole', catalogue });
  const columns: [PanelColumn, string][] = [
    [{ name: 'value', role: 'measure' }, measured(plan, question, 'now.')],
    [{ name: 'n', role: 'count' }, 'now.n'],
    [{ name: 'total', role: 'count' }, 'now.total'],
    [{ name: 'coverage', role: 'share' }, 'now.coverage'],
    [{ name: 'reason', role: 'text' }, reasonSql(plan, context, question, 'now.gap')],
  ];
  return {
    columns: columns.map(([column]) => column),
    sql: [
      `SELECT ${columns.map(([{ name }, sql]) => `${sql} AS ${name}`).join(', ')}`,
      'FROM (',
      indent(compilePlan(plan, dialect).sql),
      ') AS now',
    ].join('\n'),
  };
}

/** The test of all values. Where a side has none there is no row: then null, and not a default of 0, the clearest of all. */
function testSql(plan: Plan): string {
  const { groups } = plan;
  const sql = comparisonSql(plan, previousBounds());
  if (groups.length === 0) return `SELECT (\n${sql}\n) AS p_value`;
  return `SELECT ${groups.join(', ')}, toNullable(p_value) AS p_value FROM (\n${sql}\n)`;
}

function previousBounds(): readonly [string, string] {
  const dialect = grafanaDialect();
  return [dialect.instant('previous_since', 0), dialect.instant('previous_until', 0)];
}

function indent(sql: string): string {
  return sql.replaceAll(/^/gm, '  ');
}
