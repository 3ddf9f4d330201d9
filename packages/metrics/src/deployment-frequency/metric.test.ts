import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, DAY, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { deployed, isProduction } from '../../test/world.ts';
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
    metric: 'deployment_frequency',
    period: { since: at('2024-03-04'), until: at('2024-04-01'), grain: 'week', timeZone: 'UTC' },
    filters: { repo: [repo] },
    ...more,
  };
}

describe('deployment frequency', () => {
  it('is zero in a quiet week, and unknown before the first deployment', async () => {
    const repo = 'frequency/quiet';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-13T12:00'), is_baseline: true }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-14') }),
      outcome({ repo, deployment_id: 'v3', finished_at: at('2024-03-26') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    // Weeks of 4, 11, 18 and 25 March: not yet; v1 and v2; none; v3.
    expect(figures.map(({ value, gap }) => [value, gap])).toEqual([
      [null, 'not-yet'],
      [2, ''],
      [0, ''],
      [1, ''],
    ]);
    // The week of the first deployment was observed from Wednesday noon on: 4.5 days.
    expect(figures.map((figure) => figure.kind === 'count' && figure.observedSeconds)).toEqual([
      null,
      4.5 * DAY,
      7 * DAY,
      7 * DAY,
    ]);
    expect(figures[1]?.basis).toEqual({ tag: 2 });
  });

  it('stays zero after the last deployment, up to the end of the window', async () => {
    const repo = 'frequency/ended';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2023-01-01') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value }) => value)).toEqual([0, 0, 0, 0]);
  });

  it('says that nothing is known of a repository without deployments', async () => {
    const [figure] = await runQuery(warehouse, ask('frequency/none'));
    expect(figure).toMatchObject({ value: null, gap: 'no-data', n: 0, total: 0, coverage: null });
  });

  it('tells a window before the first deployment from a repository that never deployed', async () => {
    const repo = 'frequency/later';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2031-01-01') }),
    ]);
    const figures = await runQuery(warehouse, ask(repo));
    expect(figures.map(({ value, gap, total }) => [value, gap, total])).toEqual(
      figures.map(() => [null, 'not-yet', 0]),
    );
    // Told apart by service there is none yet.
    expect(await runQuery(warehouse, ask(repo, { groupBy: ['service'] }))).toEqual([]);
  });

  it('counts only production, each service apart when asked', async () => {
    const repo = 'frequency/services';
    const finished_at = at('2024-03-05');
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'a1', finished_at, service: 'api' }),
      outcome({ repo, deployment_id: 'a2', finished_at, service: 'api' }),
      outcome({ repo, deployment_id: 'w1', finished_at, service: 'web' }),
      outcome({
        repo,
        deployment_id: 'w2-rc',
        finished_at,
        service: 'web',
        environment: 'prerelease',
        environment_kind: 'prerelease',
      }),
    ]);
    const period = { ...ask(repo).period, grain: 'whole' } as const;
    const apart = await runQuery(warehouse, ask(repo, { period, groupBy: ['service'] }));
    expect(apart.map(({ group, value }) => [group['service'], value])).toEqual([
      ['api', 2],
      ['web', 1],
    ]);
    expect((await runQuery(warehouse, ask(repo, { period })))[0]?.value).toBe(3);
  });

  it('begins weeks and months at local midnight, across the change of the clock', async () => {
    const repo = 'frequency/zone';
    await warehouse.insert(deploymentOutcomes, [
      // 2024-03-31 23:30 and 2024-04-01 00:30 in Berlin, where summer time (+2 h) began on the 31st.
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-31T21:30') }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-31T22:30') }),
    ]);
    const counts = async (grain: 'week' | 'month' | 'quarter', timeZone: string): Promise<unknown> =>
      (
        await runQuery(
          warehouse,
          ask(repo, { period: { since: at('2024-03-30'), until: at('2024-04-02'), grain, timeZone } }),
        )
      ).map(({ value }) => value);
    for (const grain of ['week', 'month', 'quarter'] as const) {
      expect(await counts(grain, 'Europe/Berlin')).toEqual([1, 1]);
      expect(await counts(grain, 'UTC')).toEqual([2, 0]);
    }
    const [march] = await runQuery(
      warehouse,
      ask(repo, {
        period: {
          since: at('2024-03-05'),
          until: at('2024-04-02'),
          grain: 'month',
          timeZone: 'Europe/Berlin',
        },
      }),
    );
    // March in Berlin: from 23:00 UTC to 22:00 UTC, 31 days less one hour; the window cuts it off.
    expect(march).toMatchObject({
      periodStart: at('2024-02-29T23:00'),
      periodEnd: at('2024-03-31T22:00'),
      isPartial: true,
    });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ outcomes }) =>
      outcomes
        .filter(isProduction)
        .map((row) => ({ ...deployed(row), value: 1, gap: '', basis: row.signal })),
  );
});
