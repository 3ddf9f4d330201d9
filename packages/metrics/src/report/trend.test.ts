import { changeDeployments, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, changeDeployment, HOUR } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { metric } from '../change-lead-time/metric.ts';
import { runQuery } from '../query/run.ts';
import { readTrend, type Trend } from './trend.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

/** Changes of March and April with these lead times in hours, one each day, and one on the first of May. */
async function trendOf(
  repo: string,
  march: readonly number[],
  april: readonly number[],
): Promise<Trend | null> {
  const rows = [
    ...march.map((hours, day) => ['03', day, hours] as const),
    ...april.map((hours, day) => ['04', day, hours] as const),
  ];
  await warehouse.insert(
    changeDeployments,
    [...rows, ['05', 0, 1] as const].map(([month, day, hours]) =>
      changeDeployment({
        repo,
        change_id: `${month}-${String(day)}`,
        deployed_at: at(`2024-${month}-${String(day + 1).padStart(2, '0')}T12:00`),
        lead_time_seconds: hours * HOUR,
      }),
    ),
  );
  // The window cuts May off, so that April is the last whole month.
  const question = {
    metric: metric.id,
    period: { since: at('2024-03-01'), until: at('2024-05-10'), grain: 'month', timeZone: 'UTC' },
    filters: { repo: [repo] },
  } as const;
  const request = { ...question, filters: { repo: [repo] } };
  return readTrend(warehouse, metric, request, await runQuery(warehouse, request));
}

const hours = (from: number): number[] => Array.from({ length: 12 }, (_, index) => from + index);

it('has an arrow where all of one month is quicker than all of the other', async () => {
  // 12 values of 1 to 12 h after 12 of 41 to 52 h: p is about 0.00004.
  expect(await trendOf('trend/better', hours(41), hours(1))).toMatchObject({
    verdict: 'better',
    previous: { since: at('2024-03-01'), until: at('2024-04-01') },
    period: { since: at('2024-04-01'), until: at('2024-05-01') },
  });
  expect((await trendOf('trend/worse', hours(1), hours(41)))?.verdict).toBe('worse');
});

it('has none where the months overlap, whatever the medians', async () => {
  expect((await trendOf('trend/same', hours(1), hours(2)))?.verdict).toBe('no-clear-change');
});

it('says that it cannot tell from a handful, also where one month is empty', async () => {
  expect((await trendOf('trend/few', [50, 51, 52], [1, 2, 3]))?.verdict).toBe('too-few');
  expect((await trendOf('trend/empty', hours(1), []))?.verdict).toBe('too-few');
});
