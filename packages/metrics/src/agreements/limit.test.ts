import { Config } from '@bellwether/core';
import { expect, it } from 'vitest';
import { defineMetric, type MetricDefinition } from '../metric.ts';
import { businessDaySeconds, parseLimit } from './limit.ts';
import { resolveAgreements, resolveTargets } from './resolve.ts';

const { businessHours } = Config.parse({});

const sample = (id: string, more: Partial<MetricDefinition>): MetricDefinition =>
  defineMetric({
    id,
    category: 'flow',
    title: id,
    description: '',
    source: '',
    unit: 'seconds',
    direction: 'lower-is-better',
    grain: '',
    at: '',
    aggregate: { kind: 'distribution' },
    dimensions: ['repo', 'team'],
    gaps: {},
    basis: {},
    exclusions: [],
    coverage: '',
    drillDown: [],
    requires: [],
    howItMisleads: [],
    ...more,
  });

const review = sample('review', { hasBusinessHours: true });
const lead = sample('lead', {});
const size = sample('size', { unit: 'lines' });
const standing = sample('standing', { unit: 'pull requests', aggregate: { kind: 'snapshot' } });
const rate = sample('rate', {
  unit: 'ratio',
  direction: 'neither',
  aggregate: { kind: 'ratio', numerator: 'a', denominator: 'b' },
});
const better = sample('better', {
  unit: 'ratio',
  aggregate: { kind: 'ratio', numerator: 'a', denominator: 'b' },
});
const catalogue = [review, lead, size, standing, rate];

it.each([
  [review, '1bd', { atMost: 8 * 3_600, clock: 'business', overdueAfter: 7 * 86_400 + 3_600 }],
  [review, '0.5bd', { atMost: 4 * 3_600, clock: 'business', overdueAfter: 7 * 86_400 + 3_600 }],
  [review, '4h', { atMost: 4 * 3_600, clock: 'wall' }],
  [lead, '30m', { atMost: 1_800, clock: 'wall' }],
  [lead, '1w', { atMost: 604_800, clock: 'wall' }],
  [lead, 90, { atMost: 90, clock: 'wall' }],
  [size, 400, { atMost: 400, clock: 'wall' }],
  [standing, '10d', { atMost: 864_000, clock: 'wall' }],
] as const)('takes of %o the limit %j as %o', (metric, written, limit) => {
  expect(parseLimit(metric, written, businessHours)).toEqual(limit);
});

it.each([
  [lead, '1bd', 'not measured in business hours'],
  [standing, '1bd', 'not measured in business hours'],
  [standing, 3, 'its age'],
  [size, '4h', 'counts lines'],
  [rate, 0.5, 'nothing in a single row'],
  [lead, '99999999999999999999d', 'longer than a hundred years'],
  [lead, 1e300, 'longer than a hundred years'],
  [lead, 0, 'no time at all'],
  [review, '0bd', 'no time at all'],
  [standing, '0d', 'no time at all'],
] as const)('refuses for %o the limit %j', (metric, written, message) => {
  expect(() => parseLimit(metric, written, businessHours)).toThrow(message);
});

it('takes a business day for as long as the configuration says', () => {
  expect(businessDaySeconds({ from: '08:30', to: '17:00' })).toBe(8.5 * 3_600);
});

const agreement = (metric: string, atMost: string | number) =>
  Config.parse({ agreements: [{ name: 'Quick', metric, atMost }] });

it('names the agreement, what is wrong with it, and what there is', () => {
  expect(() => resolveAgreements(agreement('happiness', 1), catalogue)).toThrow(
    expect.objectContaining({
      code: 'agreement-invalid',
      exitCode: 2,
      message: 'The agreement "Quick" in bellwether.yaml cannot be measured: There is no metric "happiness".',
      next: 'Use one of: review, lead, size, standing, rate.',
    }),
  );
  expect(() => resolveAgreements(agreement('rate', 1), catalogue)).toThrow(/"Quick".*single row/);
  expect(resolveAgreements(agreement('review', '1bd'), catalogue)).toMatchObject([
    { name: 'Quick', atMost: 28_800, clock: 'business', limit: '1bd', target: 0.9 },
  ]);
});

it('refuses a target of what has no better side, or in another unit', () => {
  const target = (metric: string, value: string | number) => Config.parse({ targets: [{ metric, value }] });
  expect(() => resolveTargets(target('rate', 0.5), catalogue)).toThrow(
    'neither more nor less of rate is better',
  );
  expect(() => resolveTargets(target('size', '2d'), catalogue)).toThrow('which is in lines');
  expect(() => resolveTargets(target('lead', '0h'), catalogue)).toThrow('no time at all');
  expect(() => resolveTargets(target('better', 15), [...catalogue, better])).toThrow(
    expect.objectContaining({
      code: 'target-invalid',
      message: expect.stringContaining('more than all') as string,
      next: 'Write 0.15 for 15%.',
    }),
  );
  expect(resolveTargets(target('better', 1), [...catalogue, better])).toMatchObject([{ value: 1 }]);
  expect(resolveTargets(target('lead', '2d'), catalogue)).toMatchObject([{ value: 172_800, written: '2d' }]);
});
