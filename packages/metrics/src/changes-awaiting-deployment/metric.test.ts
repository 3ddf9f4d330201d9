import { type ChangeRow, changes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, change, DAY } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { isProduction, pick } from '../../test/world.ts';
import { drillDown } from '../query/drill-down.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function ask(repo: string): QueryRequest {
  return {
    metric: 'changes_awaiting_deployment',
    // The last week is still running: it is seen as it stands on Wednesday.
    period: { since: at('2024-03-04'), until: at('2024-03-20'), grain: 'week', timeZone: 'UTC' },
    filters: { repo: [repo] },
  };
}

/** Where and when a change arrived. */
function arrived(day: string): Pick<ChangeRow, 'deployed_at' | 'deployment_id' | 'service' | 'environment'> {
  return { deployed_at: at(day), deployment_id: 'v1', service: 'shop', environment: 'production' };
}

describe('changes awaiting deployment', () => {
  it('tells how many stand at the end of each week, and for how long', async () => {
    const repo = 'awaiting/weeks';
    await warehouse.insert(changes, [
      // #1 waits over the end of the first week, #3 does not; #2 still waits.
      change({ repo, change_id: '#1', merged_at: at('2024-03-05'), ...arrived('2024-03-12') }),
      change({ repo, change_id: '#2', merged_at: at('2024-03-08') }),
      change({ repo, change_id: '#3', merged_at: at('2024-03-09'), ...arrived('2024-03-10') }),
      change({ repo, change_id: '#4', merged_at: null }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    // 11 March: #1 (6 days) and #2 (3 days), median 4.5. 18 March: #2, 10 days. 20 March: #2, 12 days.
    expect(
      figures.map(
        (figure) =>
          figure.kind === 'snapshot' && [figure.value, figure.ageSeconds, figure.asOf, figure.isPartial],
      ),
    ).toEqual([
      [2, 4.5 * DAY, at('2024-03-11'), false],
      [1, 10 * DAY, at('2024-03-18'), false],
      [1, 12 * DAY, at('2024-03-20'), true],
    ]);
    const [firstWeek] = figures;
    const rows = await drillDown(warehouse, ask(repo), {
      limit: 10,
      ...(firstWeek && { figure: firstWeek }),
    });
    expect(rows.map((row) => row['change_id'])).toEqual(['#2', '#1']);
  });

  it('is zero when everything has arrived', async () => {
    const repo = 'awaiting/done';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at: at('2024-03-05'), ...arrived('2024-03-06') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, total, coverage }) => [value, total, coverage])).toEqual(
      Array(3).fill([0, 0, null]),
    );
  });

  it('does not claim that a change waited for the first known deployment', async () => {
    const repo = 'awaiting/baseline';
    await warehouse.insert(changes, [
      change({
        repo,
        change_id: '#1',
        merged_at: at('2020-01-01'),
        ...arrived('2024-03-13'),
        awaiting_gap: 'baseline',
      }),
      change({ repo, change_id: '#2', merged_at: at('2024-03-14') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, gap, n, total }) => [value, gap, n, total])).toEqual([
      [null, 'baseline', 0, 1],
      [1, '', 1, 1],
      [1, '', 1, 1],
    ]);
  });

  it('knows nothing of a repository whose deployments are not recorded', async () => {
    const repo = 'awaiting/never';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at: at('2024-03-05'), awaiting_gap: 'never-deployed' }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, gap, total }) => [value, gap, total])).toEqual(
      Array(3).fill([null, 'never-deployed', 1]),
    );
  });

  it('never counts a change that was deployed before its merge', async () => {
    const repo = 'awaiting/early';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at: at('2024-03-14'), ...arrived('2024-03-06') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, gap }) => [value, gap])).toEqual([
      [null, 'not-yet'],
      [0, ''],
      [0, ''],
    ]);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ changes: merged, changeDeployments: arrivals, outcomes }) =>
      merged.flatMap((row) => {
        if (row.merged_at === null) return [];
        const arrival = arrivals.find((each) => each.change_id === row.change_id && each.is_primary);
        const isDeployed = [...outcomes, ...arrivals].some(isProduction);
        const gap = arrival?.is_baseline ? 'baseline' : isDeployed ? '' : 'never-deployed';
        return {
          at: row.merged_at,
          endsAt: arrival?.deployed_at ?? null,
          value: gap === '' ? 1 : null,
          gap,
          basis: row.kind,
          dimensions: pick(row, ['repo', 'team', 'team_group', 'is_bot', 'kind']),
        };
      }),
  );
});
