import { changeDeployments, changes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, change, changeDeployment } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { belonging, isProduction, pick } from '../../test/world.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const merged_at = at('2024-03-05');

describe('deployment link rate', () => {
  it('is the share of merged changes that a deployment is known to have carried', async () => {
    const repo = 'link/rate';
    const linked = { deployment_id: 'v2', deployed_at: at('2024-03-07') };
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at, ...linked }),
      change({ repo, change_id: '#2', merged_at, ...linked }),
      change({ repo, change_id: '#3', merged_at, ...linked, kind: 'commit' }),
      change({ repo, change_id: '#4', merged_at }),
      change({ repo, change_id: '#5', merged_at, ...linked, is_bot: true }),
      change({ repo, change_id: '#6', merged_at: null }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // #1, #2, #3 of four.
    expect(first).toMatchObject({ value: 0.75, numerator: 3, denominator: 4, total: 4 });
    expect(first?.basis).toEqual({ pull_request: 3, commit: 1 });
  });

  it('blames no data for what nothing could have linked', async () => {
    const repo = 'link/gaps';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at, deployment_id: 'v1', awaiting_gap: 'baseline' }),
      change({ repo, change_id: '#2', merged_at, awaiting_gap: 'never-deployed' }),
      change({ repo, change_id: '#3', merged_at, deployment_id: 'v2' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 1, n: 1, total: 3, gaps: { baseline: 1, 'never-deployed': 1 } });
  });

  it('counts the changes that the change lead time and the awaiting changes count', async () => {
    const repo = 'link/dora';
    const place = { service: 'shop', environment: 'production' };
    const deployed_at = at('2024-03-07');
    const reach = { deployed_at, deployment_id: 'v2', ...place };
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at, ...reach }),
      change({ repo, change_id: '#2', merged_at, ...reach }),
      change({ repo, change_id: '#3', merged_at }),
      change({ repo, change_id: '#4', merged_at, ...reach, deployment_id: 'v1', awaiting_gap: 'baseline' }),
    ]);
    const lead = { repo, deployed_at, merged_at };
    await warehouse.insert(changeDeployments, [
      changeDeployment({ ...lead, change_id: '#1', lead_time_seconds: 60 }),
      // Linked, though when its work began is not known.
      changeDeployment({ ...lead, change_id: '#2', lead_time_gap: 'unknown-start' }),
      changeDeployment({ ...lead, change_id: '#4', is_baseline: true, lead_time_gap: 'baseline' }),
    ]);
    const figureOf = async (id: string) => (await runQuery(warehouse, twoWeeks(id, repo)))[0];
    expect(await figureOf(metric.id)).toMatchObject({
      ...{ numerator: 2, denominator: 3, total: 4 },
      gaps: { baseline: 1 },
    });
    // Its two rows that are no baseline are the numerator.
    expect(await figureOf('change_lead_time')).toMatchObject({
      total: 3,
      gaps: { baseline: 1, 'unknown-start': 1 },
    });
    // What is left of the denominator waits.
    expect(await figureOf('changes_awaiting_deployment')).toMatchObject({ value: 1 });
  });

  it('counts a change in each of its services, deployed or not', async () => {
    const repo = 'link/services';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at, services: ['api', 'web'], deployment_id: 'v2' }),
      change({ repo, change_id: '#2', merged_at, services: ['api'] }),
      change({ repo, change_id: '#3', merged_at, services: ['(unattributed)'], deployment_id: 'v2' }),
      change({ repo, change_id: '#4', merged_at }),
    ]);
    const asked = { ...twoWeeks(metric.id, repo), groupBy: ['service'] };
    const figures = (await runQuery(warehouse, asked)).filter(({ total }) => total > 0);
    // api: #1 of #1 and #2; web: #1; nobody's: #4, which nothing carried.
    expect(Object.fromEntries(figures.map(({ group, value }) => [group['service'], value]))).toEqual({
      '': 0,
      '(unattributed)': 1,
      api: 0.5,
      web: 1,
    });
    const [all] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(all).toMatchObject({ numerator: 2, denominator: 4 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ changes: merged, changeDeployments: arrivals, outcomes }) =>
      merged.flatMap((row) => {
        if (row.merged_at === null) return [];
        // As the change lead time sees it: a row of its own, and one with a value or not.
        const arrival = arrivals.find((each) => each.change_id === row.change_id && each.is_primary);
        const isDeployed = [...outcomes, ...arrivals].some(isProduction);
        const gap = arrival?.is_baseline ? 'baseline' : isDeployed ? '' : 'never-deployed';
        return {
          at: row.merged_at,
          value: gap !== '' ? null : arrival === undefined ? 0 : 1,
          gap,
          basis: row.kind,
          dimensions: {
            ...pick(row, ['repo', 'team', 'team_group', 'is_bot', 'kind']),
            service: belonging(row).service,
          },
          services: row.services,
        };
      }),
  );
});
