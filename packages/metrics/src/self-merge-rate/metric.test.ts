import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');
const reviewed = { merged_at, review_count: 1, is_self_merged: false };
const alone = { merged_at, is_self_merged: true, review_gap: 'no-review' } as const;

describe('self-merge rate', () => {
  it('is the share of what a week merged that no other person had reviewed', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ...reviewed },
      { number: 2, ...alone },
      { number: 3, ...alone },
      { number: 4, ...reviewed },
      { number: 5, merged_at, review_gap: 'reviews-unknown' },
      { number: 6, ...reviewed, merged_at: at('2024-03-12') },
    ]);
    // #2 and #3, of those and #1 and #4: 2 ÷ 4. Of #5 nobody knows.
    expect(first).toMatchObject({ value: 0.5, numerator: 2, denominator: 4, total: 5, coverage: 0.8 });
    expect(first?.gaps).toEqual({ 'reviews-unknown': 1 });
    expect(second).toMatchObject({ value: 0, n: 1 });
  });

  it('is unknown, not zero, where no reviews are known or nothing was merged', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, review_gap: 'reviews-unknown' },
      { number: 2, ended_at: at('2024-03-12') },
      { number: 3 },
    ]);
    expect(first).toMatchObject({ value: null, gap: 'reviews-unknown', total: 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows', total: 0 });
  });

  it('does not take another column’s reason for its own', async () => {
    const [first] = await bench.figuresOf([{ number: 1, ...reviewed, review_gap: 'team-unknown' }]);
    expect(first).toMatchObject({ value: 0, n: 1, gaps: {} });
  });

  it('clicks down to the pull requests', async () => {
    const rows = await bench.behind([
      { number: 1, ...alone },
      { number: 2, ...reviewed },
    ]);
    expect(rows.map(({ change_id, value }) => [String(change_id).split('#')[1], value])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
  });

  itLeavesOutAsTheOthers(bench, reviewed);

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row),
        at: row.merged_at,
        value: row.is_self_merged === null ? null : Number(row.is_self_merged),
        gap: row.is_self_merged === null ? 'reviews-unknown' : '',
        basis: 'pull_request',
      })),
    pullRequestFlow,
  );
});
