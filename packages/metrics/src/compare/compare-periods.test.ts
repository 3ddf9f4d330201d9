import {
  type ChangeDeploymentRow,
  changeDeployments,
  type DeploymentOutcomeRow,
  deploymentOutcomes,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random, randomNormal } from '../../test/noise.ts';
import { at, changeDeployment, HOUR, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { metrics } from '../registry.ts';
import type { QueryRequest } from '../query/request.ts';
import { comparePeriods } from './compare-periods.ts';
import { meetsTarget } from './verdict.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  const asked = [
    'change_lead_time',
    'change_fail_rate',
    'deployment_frequency',
    'changes_awaiting_deployment',
  ];
  warehouse = await openTestWarehouse(metrics.filter(({ id }) => asked.includes(id)));
});
afterAll(() => warehouse.close());

const [january, february, march] = [at('2024-01-01'), at('2024-02-01'), at('2024-03-03')];

/** February and two days, against the 31 days before it. */
function ask(metric: string, repo: string, more: Partial<QueryRequest> = {}): QueryRequest {
  const period = { since: february, until: march, grain: 'week', timeZone: 'UTC' } as const;
  return { metric, period, filters: { repo: [repo] }, ...more };
}

function changes(repo: string, from: number, hours: readonly number[]): ChangeDeploymentRow[] {
  return hours.map((each, index) =>
    changeDeployment({
      repo,
      change_id: `#${String(from)}-${String(index)}`,
      deployed_at: from + index * 60_000,
      lead_time_seconds: each * HOUR,
    }),
  );
}

function deployments(repo: string, from: number, isFailure: readonly boolean[]): DeploymentOutcomeRow[] {
  return isFailure.map((is_failure, index) =>
    outcome({
      repo,
      deployment_id: `${String(from)}-${String(index)}`,
      finished_at: from + index * 60_000,
      is_failure,
      failure_basis: 'incidents',
    }),
  );
}

const times = (count: number, value: boolean): boolean[] => Array.from({ length: count }, () => value);
const upTo = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + i);

describe('a comparison with the period before', () => {
  it('calls medians better when all their values say so', async () => {
    const repo = 'compare/median';
    const rows = [...changes(repo, january, upTo(10, 100)), ...changes(repo, february, upTo(10, 50))];
    await warehouse.insert(changeDeployments, rows);
    const [found] = await comparePeriods(warehouse, ask('change_lead_time', repo));
    // Medians 104.5 h and 54.5 h. Every value of ten is below every one of the other ten: U = 0, mean 50, deviation
    // √(10 · 10 · 21 ÷ 12) = 13.229, z = (50 − 0.5) ÷ 13.229 = 3.742, two-sided p = 0.00018.
    expect(found).toMatchObject({ verdict: 'better', test: 'mann-whitney', difference: -50 * HOUR });
    expect(found?.pValue).toBeCloseTo(0.000183, 5);
    expect(found?.relative).toBeCloseTo(-50 / 104.5, 10);
  });

  it('tells nothing of a group that has values in one of the windows alone, and goes on', async () => {
    const repo = 'compare/one-sided';
    await warehouse.insert(changeDeployments, changes(repo, february, upTo(12, 50)));
    const [found] = await comparePeriods(warehouse, ask('change_lead_time', repo));
    expect(found).toMatchObject({ verdict: 'too-few', pValue: null, difference: null });
  });

  it('says nothing of nine values', async () => {
    const repo = 'compare/nine';
    await warehouse.insert(changeDeployments, [
      ...changes(repo, january, upTo(9, 100)),
      ...changes(repo, february, upTo(12, 1)),
    ]);
    const [found] = await comparePeriods(warehouse, ask('change_lead_time', repo));
    expect(found).toMatchObject({ verdict: 'too-few', pValue: null, test: null });
  });

  it('calls no change clear that nobody would act on', async () => {
    const repo = 'compare/small';
    await warehouse.insert(changeDeployments, [
      ...changes(repo, january, upTo(40, 1000)),
      ...changes(repo, february, upTo(40, 1040)),
    ]);
    const [found] = await comparePeriods(warehouse, ask('change_lead_time', repo));
    // 1019.5 h to 1059.5 h is 3.9%, however certain.
    expect(found?.pValue).toBeLessThan(1e-6);
    expect(found?.verdict).toBe('no-clear-change');
  });

  it('compares shares exactly', async () => {
    const repo = 'compare/share';
    await warehouse.insert(deploymentOutcomes, [
      ...deployments(repo, january, times(20, false)),
      ...deployments(repo, february, [...times(10, true), ...times(10, false)]),
    ]);
    const [found] = await comparePeriods(warehouse, ask('change_fail_rate', repo));
    // 0 of 20 and 10 of 20: 2 · C(20,10) ÷ C(40,10) = 2 · 184756 ÷ 847660528 = 0.000436.
    expect(found).toMatchObject({ verdict: 'worse', test: 'fisher', difference: 0.5, relative: null });
    expect(found?.pValue).toBeCloseTo(0.000436, 6);
  });

  it('compares counts by the time in which they happened', async () => {
    const repo = 'compare/count';
    await warehouse.insert(deploymentOutcomes, [
      ...deployments(repo, at('2023-12-01'), [false]),
      ...deployments(repo, january, times(20, false)),
    ]);
    const [found] = await comparePeriods(warehouse, ask('deployment_frequency', repo));
    // 20 in 31 days, then none in 31: p = 2 · (1/2)^20. A period of nothing is a count, not a gap.
    expect(found).toMatchObject({ verdict: 'worse', test: 'binomial', relative: -1 });
    expect(found?.pValue).toBeCloseTo(2 * 0.5 ** 20, 9);
  });

  it('counts a limit that more rows keep as better', async () => {
    const repo = 'compare/kept';
    await warehouse.insert(changeDeployments, [
      ...changes(repo, january, upTo(20, 100)),
      ...changes(repo, february, upTo(20, 1)),
    ]);
    const keeps = { atMost: 30 * HOUR };
    const [found] = await comparePeriods(warehouse, ask('change_lead_time', repo, { keeps }));
    expect(found).toMatchObject({ verdict: 'better', test: 'fisher', difference: 1 });
  });

  it('does not test what stands, because most of it stood before', async () => {
    const [found] = await comparePeriods(warehouse, ask('changes_awaiting_deployment', 'compare/none'));
    expect(found).toMatchObject({ verdict: 'not-tested', pValue: null });
  });

  it('draws few arrows on pure noise', async () => {
    const next = random(5);
    const repo = 'compare/noise';
    const teams = upTo(300, 0);
    const noisy = (from: number): number[] =>
      upTo(15, from).map(() => Math.round(100 * Math.exp(randomNormal(next))) / 100);
    const mark = (team: number) => ({ team: `team ${String(team)}`, repo });
    await warehouse.insert(
      changeDeployments,
      teams.flatMap((team) =>
        [january, february].flatMap((from) =>
          changes(repo, from, noisy(from)).map((row) => ({
            ...row,
            ...mark(team),
            change_id: `${String(team)} ${row.change_id}`,
            lead_time_seconds: Math.round(row.lead_time_seconds ?? 0),
          })),
        ),
      ),
    );
    await warehouse.insert(
      deploymentOutcomes,
      teams.flatMap((team) =>
        [january, february].flatMap((from) =>
          deployments(
            repo,
            from,
            times(10 + Math.floor(10 * next()), true).map(() => next() < 0.3),
          ).map((row) => ({ ...row, ...mark(team), deployment_id: `${String(team)} ${row.deployment_id}` })),
        ),
      ),
    );
    for (const metric of ['change_lead_time', 'change_fail_rate', 'deployment_frequency']) {
      const found = await comparePeriods(warehouse, ask(metric, repo, { groupBy: ['team'] }));
      expect(found.length).toBe(300);
      const arrows = found.filter(({ verdict }) => verdict === 'better' || verdict === 'worse').length;
      // One in a hundred is the level; 3% of 300 would be 9.
      expect(arrows / 300, metric).toBeLessThan(0.03);
    }
  });
});

describe('a target', () => {
  it('is met on the side that the metric calls better', () => {
    const lower = { direction: 'lower-is-better' } as const;
    expect(meetsTarget(lower, 0.15, 0.15)).toBe(true);
    expect(meetsTarget(lower, 0.16, 0.15)).toBe(false);
    expect(meetsTarget({ direction: 'higher-is-better' }, 0.16, 0.15)).toBe(true);
    expect(meetsTarget(lower, null, 0.15)).toBeNull();
    expect(meetsTarget({ direction: 'neither' }, 1, 0.15)).toBeNull();
  });
});
