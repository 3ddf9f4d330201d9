import { changeDeployments, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, changeDeployment, DAY, HOUR } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { isProduction, pick, shownEnvironment, shownService } from '../../test/world.ts';
import { drillDown } from '../query/drill-down.ts';
import { basisShare } from '../query/figure.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function ask(repo: string, more: Partial<QueryRequest> = {}): QueryRequest {
  return {
    metric: 'change_lead_time',
    period: { since: at('2024-03-04'), until: at('2024-03-18'), grain: 'week', timeZone: 'UTC' },
    ...more,
    filters: { repo: [repo], ...more.filters },
  };
}

describe('change lead time', () => {
  it('is the interpolated median of the changes that a week delivered', async () => {
    const repo = 'lead/median';
    await warehouse.insert(changeDeployments, [
      changeDeployment({
        repo,
        change_id: '#1',
        deployed_at: at('2024-03-05T12:00'),
        lead_time_seconds: 4 * HOUR,
      }),
      changeDeployment({
        repo,
        change_id: '#2',
        deployed_at: at('2024-03-06T12:00'),
        lead_time_seconds: 10 * HOUR,
      }),
      changeDeployment({
        repo,
        change_id: '#3',
        deployed_at: at('2024-03-11T00:00'),
        lead_time_seconds: 3 * DAY,
      }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    // {4 h, 10 h}: median 4 + 6 · 0.5 = 7 h, p75 4 + 6 · 0.75 = 8.5 h, p90 4 + 6 · 0.9 = 9.4 h.
    expect(first).toMatchObject({
      value: 7 * HOUR,
      p75: 8.5 * HOUR,
      p90: 9.4 * HOUR,
      n: 2,
      total: 2,
      coverage: 1,
    });
    // The deployment at the first instant of Monday belongs to the week that begins there.
    expect(second).toMatchObject({ value: 3 * DAY, n: 1, periodStart: at('2024-03-11') });
  });

  it('keeps changes of unknown lead time as rows, so that coverage is honest', async () => {
    const repo = 'lead/coverage';
    const deployed_at = at('2024-03-05T12:00');
    await warehouse.insert(changeDeployments, [
      changeDeployment({ repo, change_id: '#1', deployed_at, lead_time_seconds: 2 * HOUR }),
      changeDeployment({ repo, change_id: '#2', deployed_at, is_baseline: true, lead_time_gap: 'baseline' }),
      changeDeployment({ repo, change_id: '#3', deployed_at, is_baseline: true, lead_time_gap: 'baseline' }),
      changeDeployment({ repo, change_id: '#4', deployed_at, lead_time_gap: 'unknown-start' }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    expect(first).toMatchObject({ value: 2 * HOUR, n: 1, total: 4, coverage: 0.25, gap: '' });
    expect(first?.gaps).toEqual({ baseline: 2, 'unknown-start': 1 });
    expect(second).toMatchObject({
      value: null,
      p75: null,
      p90: null,
      n: 0,
      total: 0,
      coverage: null,
      gap: 'no-rows',
    });
  });

  it('says why when no change has a lead time', async () => {
    const repo = 'lead/baseline-only';
    const deployed_at = at('2024-03-12T12:00');
    await warehouse.insert(changeDeployments, [
      changeDeployment({ repo, change_id: '#1', deployed_at, is_baseline: true, lead_time_gap: 'baseline' }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, gap }) => ({ value, gap }))).toEqual([
      { value: null, gap: 'not-yet' },
      { value: null, gap: 'baseline' },
    ]);
  });

  it('leaves bots out, and shows them apart when asked', async () => {
    const repo = 'lead/bots';
    const deployed_at = at('2024-03-05T12:00');
    await warehouse.insert(changeDeployments, [
      changeDeployment({ repo, change_id: '#1', deployed_at, lead_time_seconds: 8 * HOUR }),
      changeDeployment({ repo, change_id: '#2', deployed_at, lead_time_seconds: 2 * HOUR, is_bot: true }),
    ]);
    const value = async (bots: 'exclude' | 'include' | 'only'): Promise<unknown> =>
      (await runQuery(warehouse, ask(repo, { filters: { bots } })))[0]?.value;
    expect((await runQuery(warehouse, ask(repo)))[0]?.value).toBe(8 * HOUR);
    expect(await value('exclude')).toBe(8 * HOUR);
    expect(await value('include')).toBe(5 * HOUR);
    expect(await value('only')).toBe(2 * HOUR);
  });

  it('ignores environments that are not production', async () => {
    const repo = 'lead/staging';
    await warehouse.insert(changeDeployments, [
      changeDeployment({
        repo,
        change_id: '#1',
        environment: 'staging',
        environment_kind: 'staging',
        deployed_at: at('2024-03-05'),
        lead_time_seconds: 9,
      }),
    ]);
    expect((await runQuery(warehouse, ask(repo)))[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  it('tells how many clocks start at the merge', async () => {
    const repo = 'lead/starts';
    const deployed_at = at('2024-03-05T12:00');
    await warehouse.insert(
      changeDeployments,
      [1, 2, 3, 4].map((number) =>
        changeDeployment({
          repo,
          change_id: `#${String(number)}`,
          deployed_at,
          lead_time_seconds: HOUR,
          starts_at: number === 1 ? 'first_commit' : 'merge',
        }),
      ),
    );
    const [figure] = await runQuery(warehouse, ask(repo));
    expect(figure?.basis).toEqual({ first_commit: 1, merge: 3 });
    expect(figure && basisShare(figure, 'merge')).toBe(0.75);
    const apart = await runQuery(warehouse, ask(repo, { groupBy: ['starts_at'] }));
    expect(apart.map(({ group, n }) => [group['starts_at'], n])).toEqual([
      ['first_commit', 1],
      ['first_commit', 0],
      ['merge', 3],
      ['merge', 0],
    ]);
  });

  it('clicks down to the changes behind a figure', async () => {
    const repo = 'lead/drill';
    const early = { repo, deployment_id: 'v1', deployed_at: at('2024-03-05') };
    const late = { repo, deployment_id: 'v2', deployed_at: at('2024-03-12') };
    await warehouse.insert(changeDeployments, [
      changeDeployment({ ...early, change_id: '#1', lead_time_seconds: 60 }),
      changeDeployment({ ...late, change_id: '#2', lead_time_seconds: 70 }),
      changeDeployment({ ...late, change_id: '#3', lead_time_gap: 'unknown-start' }),
      changeDeployment({ ...late, service: 'other', change_id: '#4', lead_time_seconds: 70 }),
    ]);
    const request = ask(repo, { groupBy: ['service'] });
    const figure = (await runQuery(warehouse, request)).find(
      ({ group, periodStart }) => group['service'] === 'shop' && periodStart === at('2024-03-11'),
    );
    const rows = await drillDown(warehouse, request, { limit: 10, ...(figure && { figure }) });
    expect(rows.map((row) => [row['change_id'], row['deployment_id'], row.at, row.value, row.gap])).toEqual([
      ['#2', 'v2', at('2024-03-12'), 70, ''],
      ['#3', 'v2', at('2024-03-12'), null, 'unknown-start'],
    ]);
    expect(await drillDown(warehouse, request, { limit: 1 })).toHaveLength(1);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ changeDeployments: arrivals }) =>
      arrivals.filter(isProduction).map((row) => ({
        at: row.deployed_at,
        value: row.lead_time_seconds,
        gap: row.lead_time_gap,
        basis: row.starts_at,
        dimensions: {
          ...pick(row, ['repo', 'team', 'team_group', 'is_bot', 'kind', 'starts_at']),
          service: shownService(row),
          environment: shownEnvironment(row),
        },
        thing: row.change_id,
        isBaseline: row.is_baseline,
      })),
  );
});
