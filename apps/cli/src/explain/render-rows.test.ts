import { type DrillDownRow, type Figure, findMetric } from '@bellwether/metrics';
import { describe, expect, it } from 'vitest';
import type { RowsView } from './print-rows.ts';
import { renderRows } from './render-rows.ts';

const march = Date.UTC(2024, 2, 1);
const april = Date.UTC(2024, 3, 1);
const words = { timeZone: 'UTC', currency: 'EUR', dataFlag: '' };

const base = {
  ...{ group: {}, periodStart: march, periodEnd: april, isPartial: false },
  ...{ n: 1, total: 1, coverage: 1, gap: '', basis: {}, gaps: {} },
};

const row: DrillDownRow = { at: march, value: 0.4, gap: '', basis: 'members' };

function textOf(view: Partial<RowsView> & Pick<RowsView, 'metric' | 'figure'>): string {
  const window = { since: march, until: april };
  return renderRows({ scope: {}, window, rows: [row], grain: 'month', ...view }, words).join('\n');
}

describe('the rows behind a figure', () => {
  it('say of a spread which month it is of, over how many people, and what a tenth carries', () => {
    const spread: Figure = {
      ...base,
      kind: 'concentration',
      value: 0.4,
      holders: 30,
      busiestTenthShare: 0.25,
    };
    const metric = findMetric('review_load_balance');
    expect(textOf({ metric, figure: spread })).toContain(
      '0.40 in Mar 2024: a spread over 30 people; the busiest tenth carries 25%.',
    );
    expect(textOf({ metric, figure: { ...spread, holders: 12, busiestTenthShare: null } })).toContain(
      'a spread over 12 people.',
    );
  });

  it('are dated in words, also where an instant is the beginning of something', () => {
    const metric = findMetric('knowledge_concentration');
    const figure: Figure = { ...base, kind: 'distribution', value: 2, p75: 2, p90: 2 };
    const text = textOf({ metric, figure, rows: [{ ...row, quarter_start: Date.UTC(2024, 0, 1) }] });
    expect(text).toContain('2024-01-01 00:00:00 UTC');
    expect(text).not.toContain(String(Date.UTC(2024, 0, 1)));
  });

  it('name the repository unless it is the only one that was asked about', () => {
    const metric = findMetric('ci_run_time');
    const figure: Figure = { ...base, kind: 'distribution', value: 60, p75: 60, p90: 60 };
    const rows = [{ ...row, repo: 'github.com/acme/shop', build_id: '7' }];
    expect(textOf({ metric, figure, rows })).toContain('github.com/acme/shop');
    const table = textOf({ metric, figure, rows, scope: { repo: ['github.com/acme/shop'] } });
    expect(table.split('\n').slice(2).join('\n')).not.toContain('github.com/acme/shop');
  });
});
