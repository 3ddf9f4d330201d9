import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY, HOUR } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow, whyNoStage } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('pickup time', () => {
  it('is the median of the pull requests that a week merged, deployed or not', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, pickup_seconds: 1 * HOUR },
      { number: 2, merged_at, pickup_seconds: 8 * HOUR, deployed_at: at('2024-03-12') },
      { number: 3, merged_at: at('2024-03-12'), pickup_seconds: 2 * DAY },
    ]);
    // {1 h, 8 h}: 1 + 7 · 0.5 = 4.5 h, p75 1 + 7 · 0.75 = 6.25 h.
    expect(first).toMatchObject({ value: 4.5 * HOUR, p75: 6.25 * HOUR, n: 2, total: 2 });
    expect(second).toMatchObject({ value: 2 * DAY, n: 1 });
  });

  it('has business hours beside it', async () => {
    const rows = [{ number: 1, merged_at, pickup_seconds: 2 * DAY, pickup_business_seconds: 3 * HOUR }];
    expect((await bench.figuresOf(rows))[0]?.value).toBe(2 * DAY);
    expect((await bench.figuresOf(rows, { clock: 'business' }))[0]?.value).toBe(3 * HOUR);
  });

  it('is unknown, never zero, where nobody reviewed, and where dates contradict each other', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, pickup_seconds: 0 },
      { number: 2, merged_at },
      { number: 3, merged_at },
      { number: 4, merged_at, cycle_gap: 'negative' },
    ]);
    // The 0 of #1 is a value: it was reviewed at once.
    expect(first).toMatchObject({ value: 0, n: 1, total: 4, coverage: 0.25 });
    expect(first?.gaps).toEqual({ 'did-not-happen': 2, negative: 1 });
  });

  it('has no row for what is not merged', async () => {
    const figures = await bench.figuresOf([
      { number: 1, pickup_seconds: DAY },
      { number: 2, pickup_seconds: DAY, ended_at: merged_at },
    ]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { merged_at, pickup_seconds: DAY });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row),
        at: row.merged_at,
        value: row.pickup_seconds,
        businessValue: row.pickup_business_seconds,
        gap: whyNoStage(row, row.pickup_seconds),
        basis: 'pull_request',
      })),
    pullRequestFlow,
  );
});
