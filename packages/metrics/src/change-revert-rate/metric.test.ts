import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('change revert rate', () => {
  it('is the share of what a week merged that was later taken back, however late', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, reverted_at: at('2024-03-05T01:00') },
      { number: 2, merged_at, reverted_at: at('2024-09-01') },
      { number: 3, merged_at },
      { number: 4, merged_at },
      { number: 5, merged_at },
      { number: 6, merged_at: at('2024-03-12') },
    ]);
    // #1 and #2 of five: 2 ÷ 5. The second week took nothing back, and merged something: a true zero.
    expect(first).toMatchObject({ value: 0.4, numerator: 2, denominator: 5 });
    expect(second).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
  });

  it('counts a revert as the change that it is', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, reverted_at: at('2024-03-06') },
      { number: 2, merged_at: at('2024-03-06'), is_revert: true, reverted_at: at('2024-03-07') },
      { number: 3, merged_at: at('2024-03-07'), is_revert: true },
    ]);
    // A change, its revert, and the revert of that: two of three were taken back.
    expect(first).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('is unknown, not zero, where nothing was merged', async () => {
    const figures = await bench.figuresOf([
      { number: 1, reverted_at: at('2024-03-06') },
      { number: 2, ended_at: merged_at },
    ]);
    expect(figures[0]).toMatchObject({ value: null, total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { merged_at });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row),
        at: row.merged_at,
        value: row.reverted_at === null ? 0 : 1,
        gap: '',
        basis: 'pull_request',
      })),
    pullRequestFlow,
  );
});
