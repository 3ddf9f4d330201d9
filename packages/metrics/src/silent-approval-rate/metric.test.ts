import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');
const approved = { merged_at, review_count: 1, approval_count: 1, effective_lines: 900 };
const silent = { ...approved, is_silently_approved: true };

describe('silent approval rate', () => {
  it('is the share of large approved pull requests that were approved without a word', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ...silent },
      { number: 2, ...approved, is_silently_approved: false },
      { number: 3, ...approved, effective_lines: 20, review_gap: 'small' },
      { number: 4, ...approved, effective_lines: null },
      { number: 5, merged_at: at('2024-03-12'), effective_lines: 900, review_gap: 'not-approved' },
    ]);
    // #1 of #1 and #2; #3 is small, #4 may be large, #5 is not approved.
    expect(first).toMatchObject({ value: 0.5, numerator: 1, denominator: 2, n: 2, total: 3 });
    expect(first?.gaps).toEqual({ 'size-unknown': 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('is unknown where the words may stand in reviews that are missing', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...approved, review_gap: 'reviews-unknown' },
      { number: 2, ...approved, effective_lines: null, review_gap: 'reviews-unknown' },
      // Not approved as far as anybody knows.
      { number: 3, merged_at, effective_lines: 900, review_gap: 'reviews-unknown' },
    ]);
    expect(first).toMatchObject({ value: null, gap: 'reviews-unknown', total: 2 });
  });

  it('believes that it is large where the known part of its files already is', async () => {
    const [first] = await bench.figuresOf([{ number: 1, ...silent, effective_lines: null }]);
    expect(first).toMatchObject({ value: 1, n: 1, gaps: {} });
  });

  itLeavesOutAsTheOthers(bench, silent);

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).flatMap((row) => {
        const known = row.is_silently_approved;
        const isCut = row.review_gap === 'reviews-unknown';
        const mayBelong = row.approval_count > 0 && (isCut || row.effective_lines === null);
        if (known === null && !mayBelong) return [];
        return {
          ...place(row),
          at: row.merged_at,
          value: known === null ? null : known ? 1 : 0,
          gap: known !== null ? '' : isCut ? 'reviews-unknown' : 'size-unknown',
          basis: 'pull_request',
        };
      }),
    pullRequestFlow,
  );
});
