import { compilePanel, findMetric, type PanelContext, type PanelQuestion } from '@bellwether/metrics';
import { unitOf } from '../lib/units.ts';
import { VALID_UNITS } from './units-of-grafana.ts';
import type { UnderstoodPanel } from './understood.ts';

export type Complain = (rule: string, message: string) => void;

type QueriedPanel = Exclude<UnderstoodPanel, { type: 'row' | 'text' }>;

/** What must be true of a panel by itself. Names of rules are those of grafana/dashboard-linter where it has them. */
export function lintPanel(
  panel: UnderstoodPanel,
  { context, currency, uids }: { context: PanelContext; currency: string; uids: ReadonlySet<string> },
  complain: Complain,
): void {
  if (panel.type === 'row') return;
  if (panel.title.trim() === '' || panel.description.trim() === '') {
    complain('panel-title-description-rule', 'it has no title or no description');
  }
  if (panel.type === 'text') return;
  lintUnit(panel, currency, complain);
  lintQuery(panel, context, complain);
  lintLinks(panel, uids, complain);
}

function questionOf(panel: QueriedPanel): PanelQuestion | undefined {
  return panel.targets[0].bellwether?.question as PanelQuestion | undefined;
}

function lintUnit(panel: QueriedPanel, currency: string, complain: Complain): void {
  const { unit } = panel.fieldConfig.defaults;
  if (!VALID_UNITS.has(unit)) complain('panel-units-rule', `Grafana knows no unit "${unit}"`);
  const question = questionOf(panel);
  if (question === undefined) return;
  const { measure, keeps } = question;
  const right = unitOf(findMetric(question.metric), { measure, keeps, currency });
  if (unit !== right) {
    complain('unit-of-metric', `its unit is "${unit}", and that of ${question.metric} is "${right}"`);
  }
}

function lintQuery(panel: QueriedPanel, context: PanelContext, complain: Complain): void {
  const [{ rawSql, bellwether, format }] = panel.targets;
  const question = questionOf(panel);
  if (question === undefined || bellwether === undefined) {
    complain('sql-from-question', 'its query does not say which question it was made from');
    return;
  }
  const compiled = compilePanel(question, context);
  if (compiled.sql !== rawSql) {
    complain(
      'sql-from-question',
      'its SQL is not what its question compiles to: SQL is written by the compiler alone',
    );
  }
  const names = compiled.columns.map(({ name }) => name);
  for (const { matcher } of panel.fieldConfig.overrides) {
    if (!names.includes(matcher.options)) {
      complain('override-of-column', `it shows a column "${matcher.options}", which the query does not give`);
    }
  }
  const isNamed = question.shape === 'trend' && question.groupBy !== undefined;
  if (format !== (isNamed ? 0 : 1)) {
    complain('query-format', 'a line for each name needs a time series, all else a table');
  }
  const person = names.find((name) => /person|author|login|reviewer|assignee|e_?mail/i.test(name));
  if (person !== undefined) complain('no-people', `the column "${person}" would tell people apart`);
}

/** Links within Grafana have to lead to a dashboard of ours. */
function lintLinks(panel: QueriedPanel, uids: ReadonlySet<string>, complain: Complain): void {
  const urls = [
    ...(panel.links ?? []).map(({ url = '' }) => url),
    ...panel.fieldConfig.overrides.flatMap(({ properties }) =>
      properties.flatMap((property) => (property.id === 'links' ? property.value.map(({ url }) => url) : [])),
    ),
  ];
  for (const url of urls) {
    const uid = /^\/d\/([a-z0-9-]+)\?/.exec(url)?.[1];
    if (uid === undefined ? url !== '${__value.raw}' : !uids.has(uid)) {
      complain('link-leads-somewhere', `it links to ${url.slice(0, 60)}, which is no dashboard of ours`);
    }
  }
}
