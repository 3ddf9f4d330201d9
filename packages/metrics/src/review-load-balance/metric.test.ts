import { reviewLoad, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at } from '../../test/rows.ts';
import { load } from '../../test/rows/reviews.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { reviewLoads } from '../../test/worlds/review-load.ts';
import { drillDown } from '../query/drill-down.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  const uneven = { gini: 0.68, busiest_tenth_share: 0.8, member_count: 5, review_count: 10 };
  await warehouse.insert(reviewLoad, [
    load({ name: 'red', team_group: 'colours', ...uneven }),
    load({ name: 'blue', team_group: 'colours', gini: 0.2, busiest_tenth_share: 0.15, member_count: 12 }),
    load({ level: 'team_group', name: 'colours', gini: 0.5, busiest_tenth_share: 0.4, member_count: 17 }),
    load({ level: 'organisation', name: '', gini: 0.6, busiest_tenth_share: 0.45, member_count: 80 }),
    load({ name: 'red', grain: 'week', period_start: at('2024-03-04'), ...uneven, gini: 0.8 }),
    load({
      ...{ name: 'red', period_start: at('2024-04-01'), gap: 'too-few-reviewers' },
      ...{ review_count: 0, gini: null, busiest_tenth_share: null },
    }),
  ]);
});
afterAll(() => warehouse.close());

function ask(more: Partial<QueryRequest> = {}): QueryRequest {
  const period = {
    since: at('2024-03-01'),
    until: at('2024-05-01'),
    grain: 'month',
    timeZone: 'UTC',
  } as const;
  return { metric: 'review_load_balance', period, ...more };
}

describe('review load balance', () => {
  it('speaks of the organisation, of groups or of teams, as one asks', async () => {
    const march = async (more?: Partial<QueryRequest>): Promise<unknown> =>
      (await runQuery(warehouse, ask(more)))
        .filter(({ periodStart }) => periodStart === at('2024-03-01'))
        .map(({ group, value, ...figure }) => [
          Object.values(group),
          value,
          'holders' in figure && figure.holders,
        ]);
    expect(await march()).toEqual([[[], 0.6, 80]]);
    expect(await march({ groupBy: ['team_group'] })).toEqual([[['colours'], 0.5, 17]]);
    expect(await march({ groupBy: ['team'] })).toEqual([
      [['blue'], 0.2, 12],
      [['red'], 0.68, 5],
    ]);
    expect(await march({ filters: { team: ['red'] } })).toEqual([[[], 0.68, 5]]);
  });

  it('says what the busiest tenth carries, of twenty people or more', async () => {
    const [company] = await runQuery(warehouse, ask());
    expect(company).toMatchObject({ holders: 80, busiestTenthShare: 0.45 });
    const period_start = at('2024-03-01');
    const share = { period_start, gini: 0.5, busiest_tenth_share: 0.4 };
    await warehouse.insert(reviewLoad, [
      load({ ...share, name: 'nineteen', member_count: 19 }),
      load({ ...share, name: 'twenty', member_count: 20 }),
    ]);
    const shareOf = async (team: string): Promise<unknown> =>
      (await runQuery(warehouse, ask({ filters: { team: [team] } }))).map((figure) => [
        figure.value,
        'busiestTenthShare' in figure && figure.busiestTenthShare,
      ])[0];
    expect(await shareOf('nineteen')).toEqual([0.5, null]);
    expect(await shareOf('twenty')).toEqual([0.5, 0.4]);
  });

  it('clicks down to how many reviews it was computed from', async () => {
    const request = ask({ filters: { team: ['red'] } });
    const [march] = await runQuery(warehouse, request);
    // A tenth of five is one person, and the share would say what that one did.
    expect(march).toMatchObject({ kind: 'concentration', busiestTenthShare: null, basis: { members: 1 } });
    const rows = await drillDown(warehouse, request, { limit: 10, ...(march && { figure: march }) });
    expect(rows).toMatchObject([{ review_count: 10, member_count: 5, value: 0.68 }]);
  });

  it('is unknown where there was nothing to spread', async () => {
    const [, april] = await runQuery(warehouse, ask({ filters: { team: ['red'] } }));
    expect(april).toMatchObject({
      value: null,
      gap: 'too-few-reviewers',
      busiestTenthShare: null,
      n: 0,
      total: 1,
    });
  });

  it('is never added up: several teams, another calendar and a whole window have no figure', async () => {
    const gaps = async (more: Partial<QueryRequest>): Promise<unknown> =>
      (await runQuery(warehouse, ask(more))).map(({ value, gap }) => [value, gap])[0];
    const { period } = ask();
    expect(await gaps({ filters: { team: ['red', 'blue'] } })).toEqual([null, 'several-spreads']);
    expect(await gaps({ period: { ...period, grain: 'whole' } })).toEqual([null, 'needs-calendar-periods']);
    expect(await gaps({ period: { ...period, timeZone: 'Asia/Kolkata' } })).toEqual([
      null,
      'other-time-zone',
    ]);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ loads }) =>
      loads.map((row) => ({
        at: row.period_start,
        value: row.gini,
        gap: row.gap,
        basis: 'members',
        dimensions: { team: row.team, team_group: row.team_group },
        spread: {
          level: row.level,
          grain: row.grain,
          timeZone: row.time_zone,
          holders: row.member_count,
          busiestTenthShare: row.member_count < 20 ? null : row.busiest_tenth_share,
        },
      })),
    reviewLoads,
  );
});
