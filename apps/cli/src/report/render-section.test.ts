import type { MetricReport, Report, ReportFigure } from '@bellwether/metrics';
import { expect, it } from 'vitest';
import { renderReport } from './render-report.ts';
import { renderSection } from './render-section.ts';

const HOUR = 3_600;

const standing: ReportFigure = {
  ...{ kind: 'snapshot', asOf: 2, ageSeconds: 5 * HOUR, ageP75Seconds: 6 * HOUR, ageP90Seconds: 9 * HOUR },
  ...{ group: {}, periodStart: 1, periodEnd: 2, isPartial: false, gap: '', basis: {}, gaps: {} },
  ...{ value: 15, n: 15, total: 15, coverage: 1, change: null },
  band: { band: null, tiers: [], reason: '', caveats: [] },
};

const metric = (id: string, title: string, whole: ReportFigure = standing): MetricReport => ({
  ...{ id, title, unit: 'things', direction: 'neither', whole, business: null, periods: [whole] },
  ...{ trend: null, signals: null, changePoint: null },
});

const report: Report = {
  ...{ scope: {}, repo: null, grain: 'month', timeZone: 'UTC', benchmark: 'none' },
  ...{ window: { since: 0, until: 2, lastActivityAt: 1 }, scopes: [], quietParts: [], sections: [] },
};

const textOf = (metrics: MetricReport[], notOfScope: string[] = []): string =>
  renderSection({ category: 'ci', metrics, notOfScope }, report, { currency: 'EUR' }).join('\n');

it('calls metrics by their titles, and CI as it is written', () => {
  const unknown = { ...standing, value: null, gap: 'no-data', n: 0 };
  const text = textOf([metric('ci_cost', 'CI cost', unknown)], ['cycle_time', 'ci_run_time']);
  expect(text).toMatch(/: CI cost$/m);
  expect(text).toContain('Not known for this scope: cycle time, CI run time');
});

it('says how long something stands where that says something', () => {
  expect(textOf([metric('work_in_progress', 'Work in progress')])).toContain('(at the end, for 5 h)');
  expect(textOf([metric('data_findings', 'Findings')])).toContain('Findings (at the end) ');
  expect(textOf([metric('source_freshness', 'Source freshness')])).toContain(
    'Source freshness (last read 5 h before the end, p90 9 h)',
  );
});

it('says of services that cannot be told apart nothing at each of their figures', () => {
  const guess = { ...standing, value: null, gap: 'service-unknown', n: 0 };
  const parts = ['api', 'web'].map((name) => ({
    part: { by: 'service' as const, name },
    metrics: [metric('change_lead_time', 'Change lead time', guess)],
  }));
  const text = renderReport(
    { ...report, scopes: [{ part: null, metrics: [] }, ...parts] },
    {
      notes: { askedAt: null, unknowns: ['Which service'], findings: [] },
      promises: { agreements: [], targets: [], warnings: [] },
      warnings: [],
    },
    { all: true, command: 'bellwether report', currency: 'EUR' },
  );
  expect(text).toContain('■ api');
  expect(text.match(/Which service/g)).toHaveLength(1);
  expect(text).not.toContain('Change lead time');
});
