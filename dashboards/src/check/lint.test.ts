import { describe, expect, it } from 'vitest';
import { buildDashboards, defaultSettings } from '../emit/build.ts';
import { lintDashboards } from './lint.ts';

const currency = defaultSettings.currency;

/** A copy that may be spoilt. Plain JSON, whose shape each case knows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- spoiling reaches everywhere, and the linter under test is what checks
type Spoilt = any;

const all = buildDashboards();

function rulesAfter(spoil: (dashboard: Spoilt, panel: Spoilt) => void): string[] {
  const one = structuredClone(all.find(({ id }) => id === 'flow-of-changes'))!;
  const dashboard = one.classic as Spoilt;
  spoil(
    dashboard,
    dashboard.panels.find(({ type }: { type: string }) => type === 'stat'),
  );
  return [...new Set(lintDashboards([one], { currency, all }).map(({ rule }) => rule))];
}

describe('lint', () => {
  it('finds nothing in what is built', () => {
    expect(lintDashboards(all, { currency })).toEqual([]);
  });

  it('knows of a dashboard alone what the others are', () => {
    expect(rulesAfter(() => {})).toEqual([]);
  });

  it.each<[string, string, (dashboard: Spoilt, panel: Spoilt) => void]>([
    ['no description', 'panel-title-description-rule', (_, panel) => (panel.description = ' ')],
    [
      'a unit that Grafana does not know',
      'panel-units-rule',
      (_, panel) => (panel.fieldConfig.defaults.unit = 'secs'),
    ],
    ['a unit of another metric', 'unit-of-metric', (_, panel) => (panel.fieldConfig.defaults.unit = 'short')],
    ['SQL by hand', 'sql-from-question', (_, panel) => (panel.targets[0].rawSql = 'SELECT 1')],
    ['a query of no question', 'sql-from-question', (_, panel) => delete panel.targets[0].bellwether],
    ['no query', 'beyond-the-preview', (_, panel) => (panel.targets = [])],
    ['a panel of another kind', 'beyond-the-preview', (_, panel) => (panel.type = 'gauge')],
    ['an option that nobody draws', 'beyond-the-preview', (_, panel) => (panel.options.graphMode = 'area')],
    ['a fixed data source', 'beyond-the-preview', (_, panel) => (panel.datasource.uid = 'P4711')],
    ['a field that is new', 'beyond-the-preview', (dashboard) => (dashboard.liveNow = true)],
    ['an id twice', 'panel-id-unique', (dashboard, panel) => (dashboard.panels.at(-1).id = panel.id)],
    ['panels on each other', 'layout', (_, panel) => (panel.gridPos.w = 24)],
    ['an editable dashboard', 'uneditable-dashboard', (dashboard) => (dashboard.editable = true)],
    [
      'names that are read once',
      'template-on-time-change-reload-rule',
      (dashboard) => (dashboard.templating.list[1].refresh = 1),
    ],
    [
      'another name of the data source',
      'template-datasource-rule',
      (dashboard) => (dashboard.templating.list[0].label = 'DB'),
    ],
    [
      'a link to nowhere',
      'link-leads-somewhere',
      (dashboard, panel) =>
        (panel.links = [{ ...dashboard.links[0], type: 'link', url: '/d/bellwether-gone?x' }]),
    ],
    [
      'a column that is none',
      'override-of-column',
      (_, panel) => (panel.fieldConfig.overrides[0].matcher.options = 'gone'),
    ],
  ])('finds %s', (_what, rule, spoil) => {
    expect(rulesAfter(spoil)).toContain(rule);
  });
});
