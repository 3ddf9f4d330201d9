import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('review rounds', () => {
  it('is the median of the pull requests that a week merged', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, review_count: 1, review_rounds: 1 },
      { number: 2, merged_at, review_count: 5, review_rounds: 4 },
      { number: 3, merged_at: at('2024-03-12'), review_count: 2, review_rounds: 2 },
    ]);
    // {1, 4}: 1 + 3 · 0.5 = 2.5 rounds, p75 1 + 3 · 0.75 = 3.25.
    expect(first).toMatchObject({ value: 2.5, p75: 3.25, n: 2, total: 2 });
    expect(second).toMatchObject({ value: 2, n: 1 });
  });

  it('has no value where nobody reviewed, or where nobody knows whether', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, review_count: 1, review_rounds: 3 },
      { number: 2, merged_at, review_gap: 'no-review' },
      { number: 3, merged_at, review_gap: 'reviews-unknown' },
    ]);
    expect(first).toMatchObject({ value: 3, n: 1, total: 3, gaps: { 'no-review': 1, 'reviews-unknown': 1 } });
  });

  it('keeps its value where another question about the review has no answer', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, review_count: 1, review_rounds: 2, review_gap: 'small' },
      { number: 2, merged_at, review_count: 1, review_rounds: 4, review_gap: 'team-unknown' },
    ]);
    expect(first).toMatchObject({ value: 3, n: 2 });
  });

  it('has no row for what is not merged', async () => {
    const figures = await bench.figuresOf([
      { number: 1, review_count: 1, review_rounds: 2 },
      { number: 2, review_count: 1, review_rounds: 2, ended_at: merged_at },
    ]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { merged_at, review_count: 1, review_rounds: 1 });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => {
        const unseen = row.review_gap === 'reviews-unknown' ? 'reviews-unknown' : 'no-review';
        const gap = row.review_count > 0 ? '' : unseen;
        return {
          ...place(row),
          at: row.merged_at,
          value: gap === '' ? row.review_rounds : null,
          gap,
          basis: 'pull_request',
        };
      }),
    pullRequestFlow,
  );
});
