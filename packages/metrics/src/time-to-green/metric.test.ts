import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, HOUR } from '../../test/rows.ts';
import { build } from '../../test/rows/builds.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration, placeOf } from '../../test/worlds/builds.ts';
import { drillDown } from '../query/drill-down.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const red = { result: 'failure', is_red_start: true } as const;

describe('time to green', () => {
  it('runs from the end of the first failure to the next success, in the week that turned red', async () => {
    const repo = 'green/median';
    await warehouse.insert(buildFacts, [
      build({
        ...{ repo, build_id: '1', ...red, created_at: at('2024-03-05T08:00') },
        ...{ finished_at: at('2024-03-05T09:00'), green_at: at('2024-03-05T10:00') },
      }),
      // A failure while it is red is no further red time, and neither is the success that ends it.
      build({ repo, build_id: '2', result: 'failure', created_at: at('2024-03-05T09:30') }),
      build({ repo, build_id: '3', created_at: at('2024-03-05T09:50') }),
      build({
        ...{ repo, build_id: '4', ...red, created_at: at('2024-03-06T13:00') },
        ...{ finished_at: at('2024-03-06T14:00'), green_at: at('2024-03-06T17:00') },
      }),
      // Red over the weekend: it belongs to the Sunday on which it turned red.
      build({
        ...{ repo, build_id: '5', ...red, created_at: at('2024-03-10T20:00') },
        ...{ finished_at: at('2024-03-10T22:00'), green_at: at('2024-03-11T08:00') },
      }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('time_to_green', repo));
    // {1 h, 3 h, 22:00 to 08:00 = 10 h}: median 3 h.
    expect(first).toMatchObject({ value: 3 * HOUR, n: 3, total: 3 });
    expect(second).toMatchObject({ value: null, n: 0, total: 0 });
  });

  it('keeps what is still red as a row, where the build was made that failed', async () => {
    const repo = 'green/still';
    await warehouse.insert(buildFacts, [
      build({
        ...{ repo, build_id: '1', ...red, pipeline: 'nightly' },
        ...{ created_at: at('2024-03-10T23:30'), finished_at: at('2024-03-11T00:30') },
      }),
    ]);
    const request = twoWeeks('time_to_green', repo);
    const [first, second] = await runQuery(warehouse, request);
    expect(first).toMatchObject({ value: null, gap: 'still-red', n: 0, total: 1, coverage: 0 });
    expect(second?.total).toBe(0);
    expect(await drillDown(warehouse, request, { limit: 10 })).toMatchObject([
      { pipeline: 'nightly', build_id: '1', red_at: at('2024-03-11T00:30'), value: null },
    ]);
  });

  it('does not believe a green that is dated before its red', async () => {
    const repo = 'green/negative';
    const finished_at = at('2024-03-05T09:00');
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', ...red, finished_at, green_at: finished_at - 1 }),
      build({ repo, build_id: '2', ...red, finished_at, green_at: finished_at }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('time_to_green', repo));
    expect(first).toMatchObject({ value: 0, n: 1, total: 2, gaps: { negative: 1 } });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds
        .filter(({ is_red_start }) => is_red_start)
        .map((row) => ({
          ...placeOf(row),
          at: row.created_at,
          value: row.green_at === null ? null : (row.green_at - row.finished_at!) / 1000,
          gap: row.green_at === null ? 'still-red' : '',
          basis: 'next-success',
        })),
    integration,
  );
});
