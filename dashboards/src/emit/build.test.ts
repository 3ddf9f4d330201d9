import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../registry.ts';
import { defineDashboard } from '../lib/spec.ts';
import { stat, trend } from '../lib/panels.ts';
import { buildDashboards, defaultSettings, outputFiles } from './build.ts';

const built = buildDashboards();

const small = (order: 'this' | 'other') =>
  defineDashboard(() => {
    const panels = [
      stat('cycle_time', { width: 6 }),
      trend('cycle_time', { width: 12, title: 'Cycle time by week' }),
    ];
    return {
      id: 'small',
      title: 'Small',
      question: 'Is it stable?',
      audience: 'a test',
      from: 'now-30d',
      variables: ['team'],
      annotations: [],
      rows: [{ key: 'only', title: 'Only', panels: order === 'this' ? panels : panels.toReversed() }],
    };
  });

const idsByTitle = (order: 'this' | 'other'): Record<string, number> => {
  const [dashboard] = buildDashboards(defaultSettings, [small(order)]);
  return Object.fromEntries((dashboard?.classic.panels ?? []).map(({ title = '', id = 0 }) => [title, id]));
};

describe('what is built', () => {
  it('is every folder, and the same in every build', () => {
    expect(built.map(({ id }) => id)).toHaveLength(dashboards.length);
    expect(outputFiles(buildDashboards())).toEqual(outputFiles(built));
  });

  it('keeps the ids of panels that move', () => {
    expect(idsByTitle('other')).toEqual(idsByTitle('this'));
  });

  it('asks a title, a unit and a description of the catalogue', () => {
    const panel = built
      .find(({ id }) => id === 'flow-of-changes')
      ?.classic.panels?.find(({ title }) => title === 'Coding time');
    expect(panel).toMatchObject({ type: 'stat', fieldConfig: { defaults: { unit: 's' } } });
    expect(panel && 'description' in panel && panel.description).toContain('bellwether explain coding_time');
  });

  it('colours a figure where there is a target, and only there', () => {
    const [with_] = buildDashboards({ ...defaultSettings, targets: { change_lead_time: 86_400 } }).filter(
      ({ id }) => id === 'engineering-at-a-glance',
    );
    const steps = (dashboard: (typeof built)[number] | undefined, title: string): unknown =>
      JSON.parse(
        JSON.stringify(
          dashboard?.classic.panels?.find((panel) => panel.title === title && panel.type === 'stat'),
        ),
      ).fieldConfig.defaults.thresholds.steps.map(({ color }: { color: string }) => color);
    expect(steps(with_, 'Change lead time')).toEqual(['green', 'orange']);
    expect(steps(with_, 'Change fail rate')).toEqual(['text']);
  });

  it('has a panel for each agreement, or says how to make one', () => {
    const agreement = {
      name: 'First review within a day',
      metric: 'time_to_first_review',
      limit: '1bd',
      keeps: { atMost: 28_800 },
      clock: 'business',
      target: 0.9,
    } as const;
    const titles = (agreements: readonly (typeof agreement)[]): string[] =>
      buildDashboards({ ...defaultSettings, agreements })
        .filter(({ id }) => id === 'team-page')
        .flatMap(({ classic }) => (classic.panels ?? []).map(({ title = '' }) => title));
    expect(titles([])).toContain('No agreements yet');
    expect(titles([agreement])).toContain('First review within a day');
  });
});

describe('the second model', () => {
  it('shows the same panels, in rows', () => {
    const manifests = outputFiles(built).filter(({ path: file }) => file.startsWith('manifests/'));
    for (const [index, { text }] of manifests.entries()) {
      const { apiVersion, metadata, spec } = JSON.parse(text);
      const panels = (built[index]?.classic.panels ?? []).filter(({ type }) => type !== 'row');
      expect(apiVersion).toBe('dashboard.grafana.app/v2');
      expect(metadata.name).toBe(built[index]?.classic.uid);
      expect(Object.keys(spec.elements).sort()).toEqual(
        panels.map(({ id = 0 }) => `panel-${String(id)}`).sort(),
      );
      const placed = spec.layout.spec.rows.flatMap(
        (row: { spec: { layout: { spec: { items: { spec: { element: { name: string } } }[] } } } }) =>
          row.spec.layout.spec.items.map((item) => item.spec.element.name),
      );
      expect(placed.sort()).toEqual(Object.keys(spec.elements).sort());
    }
  });
});

describe('provisioning', () => {
  it('holds no secret, only names of what the environment has', () => {
    const file = outputFiles(built).find(({ path: name }) => name.endsWith('datasources/bellwether.yaml'));
    expect(file?.text).toContain('password: $BELLWETHER_PASSWORD');
    expect(file?.text).toContain('host: $BELLWETHER_HOST');
  });
});

it('has no SQL in the folder of a dashboard, and no import that could make some', () => {
  const source = path.join(import.meta.dirname, '..');
  const folders = readdirSync(source, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && readdirSync(path.join(source, entry.name)).includes('dashboard.ts'),
  );
  expect(folders).toHaveLength(dashboards.length);
  for (const { name } of folders) {
    const text = readFileSync(path.join(source, name, 'dashboard.ts'), 'utf8');
    expect(text, name).not.toMatch(/\b(SELECT|FROM|WHERE|JOIN|UNION)\b|\$__|rawSql|compile[A-Z]/);
  }
});
