import { describe, expect, it } from 'vitest';
import { buildDashboards, defaultSettings } from '../emit/build.ts';
import { rows, stat, trend } from '../lib/panels.ts';
import { type DashboardSpec, defineDashboard, type PanelSpec } from '../lib/spec.ts';
import { diffDashboards } from './diff.ts';

const leadTime = (options: Partial<Parameters<typeof stat>[1]> = {}): PanelSpec =>
  stat('change_lead_time', { width: 6, title: 'Lead time', ...options });

function dashboardOf(panels: readonly PanelSpec[], more: Partial<DashboardSpec> = {}): unknown {
  const definition = defineDashboard(() => ({
    id: 'small',
    title: 'Small',
    question: 'What changes?',
    audience: 'a test',
    from: 'now-30d',
    variables: ['team'],
    annotations: [{ kind: 'incidents', isShown: false }],
    rows: [{ key: 'only', title: 'Only', panels }],
    ...more,
  }));
  return buildDashboards(defaultSettings, [definition])[0]?.classic;
}

const before = dashboardOf([leadTime()]);

describe('what a change does, in words', () => {
  it('is nothing where nothing is different', () => {
    expect(diffDashboards(before, dashboardOf([leadTime()]))).toEqual([]);
  });

  it.each<[string, readonly PanelSpec[], string[]]>([
    ['another percentile', [leadTime({ percentile: 'p75' })], ['panel "Lead time": percentile: p50 → p75']],
    ['another title', [leadTime({ title: 'Lead' })], ['panel "Lead time": title: "Lead time" → "Lead"']],
    ['another size', [leadTime({ width: 8 })], ['panel "Lead time": size: 6 × 7 → 8 × 7']],
    [
      'a target',
      [leadTime({ target: 3600 })],
      ['panel "Lead time": target: none → 3600', 'panel "Lead time": thresholds changed'],
    ],
    [
      'a panel more',
      [leadTime(), rows('cycle_time', { width: 12 })],
      ['panel "Cycle time: what is behind it": added'],
    ],
    [
      'a panel for another',
      [trend('cycle_time', { width: 6 })],
      ['panel "Lead time": removed', 'panel "Cycle time": added'],
    ],
  ])('%s', (_what, panels, expected) => {
    expect(diffDashboards(before, dashboardOf(panels))).toEqual(expected);
  });

  it('of the dashboard itself', () => {
    const after = dashboardOf([leadTime()], {
      title: 'Smaller',
      from: 'now-90d',
      annotations: [
        { kind: 'incidents', isShown: true },
        { kind: 'deployments', isShown: false },
      ],
    });
    expect(diffDashboards(before, after)).toEqual([
      'the title: "Small" → "Smaller"',
      'the time that is shown at first: "now-30d" → "now-90d"',
      'annotation Incidents: shown at first',
      'annotation Deployments: added',
    ]);
  });

  it('of a variable, which is in every query', () => {
    const changes = diffDashboards(before, dashboardOf([leadTime()], { variables: ['team', 'service'] }));
    expect(changes).toContain('variable service: added');
    expect(changes).toContain(
      'panel "Lead time": its query changed, and what it asks did not: the metric or the compiler is another',
    );
  });

  it('refuses what is no dashboard of ours', () => {
    expect(() => diffDashboards(before, { title: 'x' })).toThrow();
  });
});
