import { describe, expect, it } from 'vitest';
import type { Figure } from '../query/figure.ts';
import { bandOf, bandOfValue, type BenchmarkedMetric, type BenchmarkYear } from './index.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const MONTH = 30.5 * DAY;

/** A row of the table below: metric, year, value, band. */
type Case = [metric: BenchmarkedMetric, year: BenchmarkYear, value: number, band: string];

describe('the band of a value', () => {
  const lead = 'change_lead_time';
  const frequency = 'deployment_frequency';
  const fail = 'change_fail_rate';
  const recovery = 'failed_deployment_recovery_time';
  const cases: Case[] = [
    [lead, '2019', 23 * HOUR, 'elite'],
    [lead, '2019', 1 * DAY, 'high'],
    [lead, '2019', 8 * DAY, 'medium'],
    [lead, '2019', 3 * MONTH, 'low'],
    [lead, '2019', 9 * MONTH, 'worse than low'],
    [lead, '2021', 0.5 * HOUR, 'elite'],
    [lead, '2021', 5 * HOUR, 'between elite and high'],
    [lead, '2021', 2 * DAY, 'high'],
    [lead, '2021', 14 * DAY, 'between high and medium'],
    [lead, '2021', 9 * MONTH, 'low'],
    [lead, '2023', 14 * DAY, 'medium/low'],
    [lead, '2023', 3 * MONTH, 'worse than medium/low'],
    [lead, '2024', 14 * DAY, 'medium'],
    [lead, '2024', 3 * MONTH, 'low'],
    // Deployments per week.
    [frequency, '2019', 5.1, 'elite'],
    [frequency, '2019', 5, 'high'],
    [frequency, '2019', 1, 'high'],
    [frequency, '2019', 0.5, 'medium'],
    [frequency, '2019', 0.1, 'low'],
    [frequency, '2019', 0, 'worse than low'],
    [frequency, '2021', 2, 'between elite and high'],
    [frequency, '2021', 0.5, 'high'],
    [frequency, '2021', 0, 'low'],
    [frequency, '2023', 0.5, 'medium/low'],
    [fail, '2019', 0, 'elite/high/medium'],
    [fail, '2019', 0.15, 'elite/high/medium'],
    [fail, '2019', 0.3, 'between elite/high/medium and low'],
    [fail, '2019', 0.5, 'low'],
    [fail, '2019', 0.7, 'worse than low'],
    [fail, '2021', 0.1, 'elite'],
    // 15.4% rounds to 15 but is more than it: whole percents have no room between 15 and 16.
    [fail, '2021', 0.154, 'high/medium/low'],
    [fail, '2021', 0.4, 'worse than high/medium/low'],
    [fail, '2023', 0.02, 'elite'],
    [fail, '2023', 0.1, 'high'],
    [fail, '2023', 0.3, 'between medium and low'],
    [fail, '2023', 0.65, 'worse than low'],
    // 2024: elite 5, medium 10, high 20, low 40.
    [fail, '2024', 0.07, 'between elite and medium'],
    [fail, '2024', 0.1, 'medium'],
    [fail, '2024', 0.15, 'between medium and high'],
    [fail, '2024', 0.2, 'high'],
    [fail, '2024', 0.3, 'between high and low'],
    [recovery, '2019', 2 * HOUR, 'high/medium'],
    [recovery, '2019', 3 * DAY, 'between high/medium and low'],
    [recovery, '2021', 3 * DAY, 'medium'],
    [recovery, '2021', 14 * DAY, 'between medium and low'],
    [recovery, '2023', 14 * DAY, 'between medium and low'],
    [recovery, '2024', 0.5 * HOUR, 'elite'],
    [recovery, '2024', 14 * DAY, 'low'],
  ];
  it.each(cases)('%s %s: %d is %s', (metric, year, value, band) => {
    expect(bandOfValue(metric, value, year).band).toBe(band);
  });

  it('does not exist in 2025', () => {
    expect(bandOfValue(lead, HOUR, '2025')).toMatchObject({
      band: null,
      reason: 'DORA published no tiers in 2025',
    });
  });

  it('says that a table is secondary, and that 2024 cannot be ranked by failures', () => {
    expect(bandOfValue(lead, HOUR, '2021').caveats).toEqual([]);
    expect(bandOfValue(lead, HOUR, '2023').caveats).toEqual([
      'the table of 2023 is taken from secondary sources',
    ]);
    expect(bandOfValue(fail, 0.2, '2024').caveats.join()).toContain('does not rank the tiers');
  });
});

const base = {
  group: {},
  periodStart: 0,
  periodEnd: 1,
  isPartial: false,
  n: 10,
  total: 10,
  coverage: 1,
  gap: '',
  basis: {},
  gaps: {},
};

describe('the band of a figure', () => {
  it('is withheld from a lead time that starts at the merge', () => {
    const figure: Figure = { ...base, kind: 'distribution', value: HOUR, p75: null, p90: null };
    expect(bandOf('change_lead_time', { ...figure, basis: { first_commit: 10 } }, '2024').band).toBe('elite');
    const mixed = bandOf(
      'change_lead_time',
      { ...figure, n: 1000, basis: { first_commit: 999, merge: 1 } },
      '2024',
    );
    expect(mixed).toMatchObject({ band: null, tiers: [] });
    expect(mixed.reason).toContain('under 1% of the changes starts at the merge');
  });

  it('is withheld from failures that incidents do not tell', () => {
    const figure: Figure = { ...base, kind: 'ratio', value: 0, numerator: 0, denominator: 10 };
    const band = (basis: Record<string, number>): string | null =>
      bandOf('change_fail_rate', { ...figure, basis }, '2019').band;
    expect(band({ incidents: 10 })).toBe('elite/high/medium');
    expect(band({ incidents: 9, 'reverts-and-rollbacks': 1 })).toBeNull();
    expect(band({ 'reverts-and-rollbacks': 10 })).toBeNull();
  });

  it('is given to a frequency of four weeks and more, and says where tags stand in', () => {
    const figure: Figure = {
      ...base,
      kind: 'count',
      value: 8,
      observedSeconds: 28 * DAY,
      basis: { tag: 8 },
      n: 8,
    };
    // Eight in four weeks: two a week.
    expect(bandOf('deployment_frequency', figure, '2024')).toMatchObject({ band: 'high', reason: '' });
    expect(bandOf('deployment_frequency', figure, '2024').caveats).toContain(
      '100% of the deployments are tags that stand in for them',
    );
    expect(bandOf('deployment_frequency', { ...figure, observedSeconds: 27 * DAY }, '2024').band).toBeNull();
    // None in a month can be "monthly" or "never"; one in a long month is once per month.
    const month = { ...figure, value: 0, n: 0, basis: {}, observedSeconds: 31 * DAY };
    expect(bandOf('deployment_frequency', month, '2024')).toMatchObject({ band: null });
    expect(bandOf('deployment_frequency', { ...month, value: 1, n: 1 }, '2024').band).toBe('medium');
    // None at all in a year is a frequency as well.
    const silent = { ...figure, value: 0, n: 0, basis: {}, observedSeconds: 365 * DAY };
    expect(bandOf('deployment_frequency', silent, '2024').band).toBe('worse than low');
  });

  it('mentions failures that are still open', () => {
    const figure: Figure = { ...base, kind: 'distribution', value: HOUR / 2, p75: null, p90: null };
    const verdict = bandOf(
      'failed_deployment_recovery_time',
      { ...figure, basis: { incidents: 10 }, gaps: { open: 2 } },
      '2021',
    );
    expect(verdict).toEqual({
      band: 'elite',
      tiers: ['elite'],
      reason: '',
      caveats: ['2 still open and not in it'],
    });
  });

  it('needs a figure, a year, and a metric that DORA has bands for', () => {
    const figure: Figure = {
      ...base,
      kind: 'ratio',
      value: 0.1,
      numerator: 1,
      denominator: 10,
      basis: { incidents: 10 },
    };
    expect(bandOf('deployment_rework_rate', figure, '2024').reason).toBe(
      'DORA has published no bands for it',
    );
    expect(bandOf('change_fail_rate', { ...figure, value: null }, '2024').reason).toBe('there is no figure');
    expect(bandOf('change_fail_rate', figure, 'none').reason).toBe('no benchmark year is chosen');
    expect(() => bandOf('nonsense', figure, '2024')).toThrow(/no metric "nonsense"/);
  });
});
