import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');
const within = { merged_at, review_count: 2, is_cross_team_reviewed: false };
const across = { ...within, is_cross_team_reviewed: true };

describe('cross-team review rate', () => {
  it('is the share of reviewed pull requests that another team reviewed', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...within },
      { number: 2, ...across },
      { number: 3, ...within, is_cross_team_reviewed: null, review_gap: 'team-unknown' },
      { number: 4, merged_at, is_self_merged: true, review_gap: 'no-review' },
    ]);
    // #2 of #1 and #2; of #3 nobody knows, and #4 nobody reviewed.
    expect(first).toMatchObject({ value: 0.5, numerator: 1, denominator: 2, n: 2, total: 3 });
    expect(first?.gaps).toEqual({ 'team-unknown': 1 });
  });

  it('tells unknown reviews from unknown teams', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, review_count: 0, review_gap: 'reviews-unknown' },
      // Here the reason in the facts is that of the silent approval.
      { number: 2, merged_at, review_count: 1, review_gap: 'reviews-unknown' },
      { number: 3, merged_at, review_count: 1, review_gap: 'team-unknown' },
    ]);
    expect(first).toMatchObject({ value: null, gap: 'team-unknown', n: 0, total: 3 });
    expect(first?.gaps).toEqual({ 'reviews-unknown': 1, 'team-unknown': 2 });
  });

  it('speaks of merged pull requests only', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, review_count: 1 },
      { number: 2, review_count: 1, ended_at: merged_at },
      { number: 3, ...across },
    ]);
    expect(first).toMatchObject({ value: 1, total: 1 });
  });

  itLeavesOutAsTheOthers(bench, within);

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world)
        .filter((row) => row.review_count > 0 || row.review_gap === 'reviews-unknown')
        .map((row) => {
          const known = row.is_cross_team_reviewed;
          return {
            ...place(row),
            at: row.merged_at,
            value: known === null ? null : known ? 1 : 0,
            gap: known !== null ? '' : row.review_count > 0 ? 'team-unknown' : 'reviews-unknown',
            basis: 'pull_request',
          };
        }),
    pullRequestFlow,
  );
});
