import type { Catalogue } from '../../catalogue.ts';
import { variableChoice } from '../choice.ts';
import { column } from '../columns.ts';
import { compileRows } from '../drill-down.ts';
import { planPanel } from './plan-panel.ts';
import type { CompiledPanel, PanelColumn, PanelContext, PanelQuestion } from './question.ts';
import { reasonSql } from './reasons.ts';

/** Texts that need no column of their own here: the reason stands for the gap, and `services` is a list. */
const LEFT_OUT = new Set(['gap', 'services', 'is_kept', 'is_bot', 'is_draft', 'team_group']);

/**
 * The rows behind a figure, latest first, with `link`: the page of the pull request, commit or incident, where the
 * repository stands on a host.
 */
export function compileRowsPanel(
  question: Extract<PanelQuestion, { shape: 'rows' }>,
  context: PanelContext,
  catalogue?: Catalogue,
): CompiledPanel {
  const { limit, only, keys = {} } = question;
  const { plan, dialect } = planPanel(question, context, { grain: 'whole', catalogue });
  const conditions = [
    ...Object.entries(keys).map(([name, variable]) =>
      variableChoice(variable).includes(column(keyOf(plan, name))),
    ),
    ...(only === 'failures' ? [`${column('value')} = 1`] : []),
    ...(only === 'open' ? [`${column('gap')} = 'open'`] : []),
  ];
  const narrowed = { ...plan, conditions: [...plan.conditions, ...conditions] };
  const compiled = compileRows(narrowed, dialect, { limit });
  const texts = compiled.columns.filter((name) => !LEFT_OUT.has(name));
  const link = linkSql(compiled.columns);
  const columns: [PanelColumn, string][] = [
    ...texts.map((name): [PanelColumn, string] => [roleOf(name), name]),
    [{ name: 'reason', role: 'text' }, reasonSql(plan, context, question, 'gap')],
    ...(link === null ? [] : ([[{ name: 'link', role: 'link' }, link]] as [PanelColumn, string][])),
  ];
  return {
    columns: columns.map(([each]) => each),
    sql: [
      `SELECT ${columns.map(([{ name }, sql]) => (name === sql ? name : `${sql} AS ${name}`)).join(', ')}`,
      'FROM (',
      compiled.sql.replaceAll(/^/gm, '  '),
      ')',
    ].join('\n'),
  };
}

function keyOf({ metric }: { metric: { id: string; drillDown: readonly string[] } }, name: string): string {
  const found = metric.drillDown.find((each) => each === name);
  if (found === undefined) throw new Error(`${metric.id} does not lead to ${name}`);
  return found;
}

function roleOf(name: string): PanelColumn {
  if (name.endsWith('at')) return { name, role: 'time' };
  if (name === 'value') return { name, role: 'measure' };
  return { name, role: 'label' };
}

/** Only what stands on a host has a page; `local/…` is a folder of somebody's disk. */
function linkSql(columns: readonly string[]): string | null {
  const has = (name: string): boolean => columns.includes(name);
  if (!has('repo')) return null;
  const isHosted = "match(repo, '^[a-z0-9.-]+\\\\.[a-z]+/')";
  if (has('sha')) {
    return `if(${isHosted} AND ifNull(sha, '') != '', concat('https://', repo, '/commit/', assumeNotNull(sha)), '')`;
  }
  if (!has('change_id')) return null;
  const number = "extract(change_id, '#([0-9]+)')";
  const sha = "extract(change_id, '@([0-9a-f]+)')";
  return `multiIf(NOT ${isHosted}, '', ${number} != '', concat('https://', repo, '/pull/', ${number}), ${sha} != '', concat('https://', repo, '/commit/', ${sha}), '')`;
}
