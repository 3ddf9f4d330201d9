import type { MetricReport, Report, ReportFigure } from '@bellwether/metrics';
import { describe, expect, it } from 'vitest';
import { unknownsOf } from './unknowns.ts';

const day = 86_400_000;

/** A figure whose values rest on these words. */
function figure(basis: Record<string, number>): ReportFigure {
  const n = Object.values(basis).reduce((sum, count) => sum + count, 0);
  return {
    kind: 'count',
    group: {},
    periodStart: 0,
    periodEnd: 7 * day,
    isPartial: false,
    value: n,
    observedSeconds: null,
    n,
    total: n,
    coverage: 1,
    gap: '',
    basis,
    gaps: {},
    change: null,
    band: { band: null, tiers: [], reason: '', caveats: [] },
  };
}

function metric(id: string, basis: Record<string, number>): MetricReport {
  const whole = figure(basis);
  return {
    id,
    title: id,
    unit: 'deployments',
    direction: 'higher-is-better',
    whole,
    business: null,
    periods: [whole],
    trend: null,
    signals: null,
    changePoint: null,
  };
}

function report(repo: string, bases: Record<string, Record<string, number>>): Report {
  return {
    scope: { repo: [repo] },
    repo,
    grain: 'week',
    timeZone: 'UTC',
    benchmark: 'none',
    window: { since: 0, until: 7 * day, lastActivityAt: 0 },
    scopes: [{ part: null, metrics: Object.entries(bases).map(([id, basis]) => metric(id, basis)) }],
    quietParts: [],
    sections: [],
  };
}

describe('what a report cannot know', () => {
  it('is nothing where deployments, first commits and incidents are known', () => {
    const whole = {
      deployment_frequency: { deployment: 4 },
      change_lead_time: { first_commit: 9 },
      change_fail_rate: { incidents: 4 },
    };
    expect(unknownsOf(report('github.com/acme/shop', whole))).toEqual([]);
  });

  it('names the command that makes it whole, with the repository where it is on GitHub', () => {
    const squashed = { change_lead_time: { merge: 3, first_commit: 1 } };
    const [there] = unknownsOf(report('github.com/acme/shop', squashed));
    expect(there).toContain('75% of the changes');
    expect(there).toContain('Next: bellwether collect --source github --repo acme/shop');
    const [elsewhere] = unknownsOf(report('local/shop', squashed));
    expect(elsewhere).toContain('bellwether collect --source github --repo owner/name');
  });

  it('says what stands in for deployments, and for how many', () => {
    const textOf = (basis: Record<string, number>): string | undefined =>
      unknownsOf(report('local/shop', { deployment_frequency: basis }))[0];
    expect(textOf({ tag: 4 })).toContain('tags stand in for them.');
    expect(textOf({ release: 1, deployment: 3 })).toContain('releases stand in for 25% of them.');
    expect(textOf({ release: 1, tag: 1 })).toContain('tags and releases stand in for them.');
    expect(textOf({ workflow_run: 2 })).toBeUndefined();
  });

  it('says that failures are a floor without incidents', () => {
    const blind = { change_fail_rate: { 'reverts-and-rollbacks': 4 } };
    expect(unknownsOf(report('local/shop', blind))[0]).toContain('Incidents: none are known here.');
  });
});
