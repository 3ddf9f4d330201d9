import { type BuildFactRow, buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { build, runningBuild } from '../../test/rows/builds.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration, placeOf } from '../../test/worlds/builds.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function waiting(row: BuildFactRow): { value: number | null; gap: string } {
  if (row.attempt > 1) return { value: null, gap: 'retry' };
  if (row.queue_seconds === null) return { value: null, gap: row.time_gap };
  const isUndated = row.provider === 'actions' && row.queue_seconds === 0;
  return isUndated ? { value: null, gap: 'not-recorded' } : { value: row.queue_seconds, gap: '' };
}

describe('CI queue time', () => {
  it('is the median of how long builds waited, with what still waits in the coverage', async () => {
    const repo = 'queue/median';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', queue_seconds: 20 }),
      build({ repo, build_id: '2', queue_seconds: 100 }),
      build({ repo, build_id: '3', queue_seconds: 40 }),
      runningBuild({ repo, build_id: '4', queue_seconds: null }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_queue_time', repo));
    // {20, 40, 100}: p75 40 + 60 · 0.5 = 70, p90 40 + 60 · 0.8 = 88.
    expect(first).toMatchObject({
      value: 40,
      p75: 70,
      p90: expect.closeTo(88, 9),
      n: 3,
      total: 4,
      coverage: 0.75,
    });
    expect(first?.gaps).toEqual({ unfinished: 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('knows the waiting of a build that began and still runs', async () => {
    const repo = 'queue/running';
    await warehouse.insert(buildFacts, [runningBuild({ repo, build_id: '1', queue_seconds: 30 })]);
    expect((await runQuery(warehouse, twoWeeks('ci_queue_time', repo)))[0]).toMatchObject({
      value: 30,
      n: 1,
    });
  });

  it('does not take the age of the first attempt for the waiting of the second', async () => {
    const repo = 'queue/retry';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', queue_seconds: 5 }),
      build({ repo, build_id: '1', attempt: 2, queue_seconds: 86_400 }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_queue_time', repo));
    expect(first).toMatchObject({ value: 5, n: 1, total: 2, gaps: { retry: 1 }, basis: { first: 1 } });
  });

  it('says why a waiting is not known', async () => {
    const repo = 'queue/gaps';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', result: 'cancelled', queue_seconds: null, time_gap: 'not-started' }),
      build({ repo, build_id: '2', queue_seconds: null, time_gap: 'negative' }),
      build({ repo, build_id: '3', queue_seconds: null, time_gap: 'negative' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_queue_time', repo));
    expect(first).toMatchObject({ value: null, gap: 'negative', gaps: { 'not-started': 1, negative: 2 } });
  });

  it('takes the zero of a GitHub run for no measurement, but that of another system for one', async () => {
    const repo = 'queue/zero';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', provider: 'actions', queue_seconds: 0 }),
      build({ repo, build_id: '2', provider: 'actions', queue_seconds: 0 }),
      build({ repo, build_id: '3', provider: 'jenkins', queue_seconds: 0 }),
      // Waited for another run of its concurrency group.
      build({ repo, build_id: '4', provider: 'actions', queue_seconds: 30 }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_queue_time', repo));
    // {0, 30} → 15.
    expect(first).toMatchObject({ value: 15, n: 2, total: 4, gaps: { 'not-recorded': 2 } });
  });

  it('is told apart by pipeline and provider', async () => {
    const repo = 'queue/pipelines';
    const created_at = at('2024-03-06');
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', created_at, pipeline: 'ci.yml', queue_seconds: 8 }),
      build({ repo, build_id: '2', created_at, pipeline: 'nightly.yml', queue_seconds: 90 }),
      build({ repo, build_id: '3', created_at, provider: 'jenkins', pipeline: 'ci.yml', queue_seconds: 600 }),
    ]);
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const apart = await runQuery(
      warehouse,
      twoWeeks('ci_queue_time', repo, { period, groupBy: ['provider', 'pipeline'] }),
    );
    expect(apart.map(({ group, value }) => [group['provider'], group['pipeline'], value])).toEqual([
      ['actions', 'ci.yml', 8],
      ['actions', 'nightly.yml', 90],
      ['jenkins', 'ci.yml', 600],
    ]);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds.map((row) => ({
        ...placeOf(row),
        ...waiting(row),
      })),
    integration,
  );
});
