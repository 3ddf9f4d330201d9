import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, HOUR } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('merge queue time', () => {
  it('is the median of those that a week merged through the queue', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, queue_seconds: 600 },
      { number: 2, merged_at, queue_seconds: 1_800 },
      { number: 3, merged_at: at('2024-03-12'), queue_seconds: HOUR },
    ]);
    // {600 s, 1,800 s}: 600 + 1,200 · 0.5 = 1,200 s.
    expect(first).toMatchObject({ value: 1_200, n: 2, total: 2 });
    expect(second).toMatchObject({ value: HOUR, n: 1 });
  });

  it('shows in its coverage how many went through a queue at all', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, queue_seconds: 600 },
      { number: 2, merged_at },
      { number: 3, merged_at },
      { number: 4, merged_at, queue_gap: 'negative' },
      { number: 5, merged_at: at('2024-03-12') },
    ]);
    expect(first).toMatchObject({ value: 600, coverage: 0.25, gaps: { 'not-queued': 2, negative: 1 } });
    expect(second).toMatchObject({ value: null, n: 0, total: 1, gap: 'not-queued' });
  });

  it('has no row for what is not merged', async () => {
    const figures = await bench.figuresOf([{ number: 1, queue_seconds: 600 }]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { merged_at, queue_seconds: 600 });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row),
        at: row.merged_at,
        value: row.queue_seconds,
        gap: row.queue_gap,
        basis: 'pull_request',
      })),
    pullRequestFlow,
  );
});
