import type { Figure, MeasuredAgreement, Measurement } from '@bellwether/metrics';
import { describe, expect, it } from 'vitest';
import { renderPromises } from './render-promises.ts';

const figure = (value: number | null, n: number): Figure => ({
  kind: 'ratio',
  group: {},
  periodStart: 0,
  periodEnd: 1,
  isPartial: false,
  value,
  n,
  total: n,
  coverage: n === 0 ? null : 1,
  gap: value === null ? 'no-data' : '',
  basis: {},
  gaps: {},
  numerator: 0,
  denominator: n,
});
const measured = (
  team: string | null,
  value: number | null,
  n: number,
  verdict: Measurement['verdict'],
): Measurement => ({ team, value, figure: figure(value, n), verdict });

const agreement = (measurements: Measurement[]): MeasuredAgreement => ({
  name: 'Quick review',
  metric: 'time_to_first_review',
  title: 'Time to first review',
  limit: '1bd',
  atMost: 28_800,
  clock: 'business',
  target: 0.9,
  teams: [],
  measurements,
});
const textOf = (measurements: Measurement[], all = false): string =>
  renderPromises({ agreements: [agreement(measurements)], targets: [] }, all).join('\n');

describe('agreements in a report', () => {
  it('stand with share, n and verdict, those who miss them first', () => {
    const text = textOf([
      measured(null, 0.8, 30, 'missed'),
      measured('acme/a', 0.95, 20, 'kept'),
      measured('acme/b', 0.5, 10, 'missed'),
    ]);
    expect(text).toMatch(/Quick review \(at most 1bd, business hours\) +90% +80% +30 +100% +missed/);
    expect(text.indexOf('acme/b')).toBeLessThan(text.indexOf('acme/a'));
  });

  it('say whom they are about, where that is not everybody', () => {
    const ofLynx = { ...agreement([measured(null, 1, 9, 'kept')]), teams: ['lynx', 'otter'] };
    const text = renderPromises({ agreements: [ofLynx], targets: [] }, false).join('\n');
    expect(text).toMatch(/Quick review \(at most 1bd, business hours\) \(lynx, otter\) +90%/);
  });

  it('say that there is no figure, and never a zero', () => {
    expect(textOf([measured(null, null, 0, 'unknown')])).toMatch(/90% +– +0 +– +no figure/);
  });

  it('leave a team out that is all of it, and teams beyond eight until they are asked for', () => {
    expect(textOf([measured(null, 1, 9, 'kept'), measured('acme/a', 1, 9, 'kept')])).not.toContain('acme/a');
    const many = Array.from({ length: 10 }, (_, index) => measured(`t${String(index)}`, 1, 5, 'kept'));
    expect(textOf([measured(null, 1, 50, 'kept'), ...many])).toContain('and 2 more teams: --all');
    expect(textOf([measured(null, 1, 50, 'kept'), ...many], true)).toContain('t9');
  });

  it('are nothing where there are none', () => {
    expect(renderPromises({ agreements: [], targets: [] }, false)).toEqual([]);
  });
});
