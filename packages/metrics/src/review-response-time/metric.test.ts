import { reviewFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, HOUR } from '../../test/rows.ts';
import { review } from '../../test/rows/reviews.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { pick } from '../../test/world.ts';
import { reviewing } from '../../test/worlds/reviews.ts';
import { drillDown } from '../query/drill-down.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const unasked = {
  waiting_since: null,
  basis: '',
  response_seconds: null,
  response_business_seconds: null,
  response_gap: 'unknown-start',
} as const;

describe('review response time', () => {
  it('is the median wait for the reviews of a week, in either clock', async () => {
    const repo = 'response/median';
    await warehouse.insert(reviewFacts, [
      review({ repo, review_id: '1', response_seconds: 2 * HOUR, response_business_seconds: 2 * HOUR }),
      review({ repo, review_id: '2', response_seconds: 24 * HOUR, response_business_seconds: 8 * HOUR }),
      review({
        ...{ repo, review_id: '3', basis: 'updated' },
        ...{ response_seconds: 6 * HOUR, response_business_seconds: 5 * HOUR },
      }),
      review({ repo, review_id: '4', ...unasked }),
    ]);
    const request = twoWeeks('review_response_time', repo);
    const [first, second] = await runQuery(warehouse, request);
    // {2 h, 6 h, 24 h}: p75 6 + 18 · 0.5 = 15 h.
    expect(first).toMatchObject({ value: 6 * HOUR, p75: 15 * HOUR, n: 3, total: 4, coverage: 0.75 });
    expect(first).toMatchObject({ basis: { requested: 2, updated: 1 }, gaps: { 'unknown-start': 1 } });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
    // {2 h, 5 h, 8 h}
    expect((await runQuery(warehouse, { ...request, clock: 'business' }))[0]?.value).toBe(5 * HOUR);
  });

  it('is filed under the team that was waited for', async () => {
    const repo = 'response/team';
    await warehouse.insert(reviewFacts, [
      review({ repo, review_id: '1', team: 'red', team_group: 'colours', response_seconds: 60 }),
      review({ repo, review_id: '2', team: '(withheld)', response_seconds: 600 }),
    ]);
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const apart = await runQuery(
      warehouse,
      twoWeeks('review_response_time', repo, { period, groupBy: ['team', 'team_group'] }),
    );
    expect(apart.map(({ group, value }) => [group['team'], group['team_group'], value])).toEqual([
      ['(withheld)', '', 600],
      ['red', 'colours', 60],
    ]);
  });

  it('counts the review of a pull request of two services once, and in each of them', async () => {
    const repo = 'response/services';
    const services = ['api', 'web'];
    await warehouse.insert(reviewFacts, [review({ repo, review_id: '1', service: '(several)', services })]);
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const count = async (groupBy: string[]): Promise<unknown> =>
      (await runQuery(warehouse, twoWeeks('review_response_time', repo, { period, groupBy }))).map(
        ({ group, n }) => [group['service'], n],
      );
    expect(await count([])).toEqual([[undefined, 1]]);
    expect(await count(['service'])).toEqual([
      ['api', 1],
      ['web', 1],
    ]);
  });

  it('leaves pull requests by bots out unless asked, and clicks down to the pull request', async () => {
    const repo = 'response/bots';
    await warehouse.insert(reviewFacts, [
      review({ repo, review_id: '1', number: 7, submitted_at: at('2024-03-06'), state: 'commented' }),
      review({ repo, review_id: '2', number: 8, is_bot: true }),
    ]);
    const request = twoWeeks('review_response_time', repo);
    expect((await runQuery(warehouse, request))[0]?.n).toBe(1);
    expect((await runQuery(warehouse, { ...request, filters: { repo: [repo], bots: 'only' } }))[0]?.n).toBe(
      1,
    );
    expect(await drillDown(warehouse, request, { limit: 10 })).toMatchObject([
      { change_id: `${repo}#7`, state: 'commented', at: at('2024-03-06') },
    ]);
  });

  it('does not measure what is dated backwards', async () => {
    const repo = 'response/negative';
    await warehouse.insert(reviewFacts, [
      review({ repo, review_id: '1', ...unasked, basis: 'ready', response_gap: 'negative' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('review_response_time', repo));
    expect(first).toMatchObject({ value: null, gap: 'negative', total: 1, basis: {} });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ reviews }) =>
      reviews.map((row) => ({
        at: row.submitted_at,
        value: row.response_seconds,
        businessValue: row.response_business_seconds,
        gap: row.response_gap,
        basis: row.basis,
        dimensions: pick(row, ['repo', 'service', 'team', 'team_group', 'is_bot']),
        services: row.services,
      })),
    reviewing,
  );
});
