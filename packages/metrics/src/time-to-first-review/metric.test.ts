import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY, HOUR } from '../../test/rows.ts';
import { place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const ready_at = at('2024-03-05');

describe('time to first review', () => {
  it('is the median of those that became ready in a week, whatever became of them', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ready_at, first_review_seconds: 2 * HOUR },
      { number: 2, ready_at, first_review_seconds: 4 * HOUR, merged_at: at('2024-03-14') },
      { number: 3, ready_at, first_review_seconds: 9 * HOUR, ended_at: at('2024-03-14') },
      { number: 4, ready_at: at('2024-03-13'), first_review_seconds: DAY },
    ]);
    // {2 h, 4 h, 9 h}: 4 h; p75 4 + 5 · 0.5 = 6.5 h.
    expect(first).toMatchObject({ value: 4 * HOUR, p75: 6.5 * HOUR, n: 3, total: 3 });
    expect(second).toMatchObject({ value: DAY, n: 1 });
  });

  it('has business hours beside it', async () => {
    const rows = [
      { number: 1, ready_at, first_review_seconds: 3 * DAY, first_review_business_seconds: 6 * HOUR },
    ];
    expect((await bench.figuresOf(rows, { clock: 'business' }))[0]?.value).toBe(6 * HOUR);
  });

  it('shows in its coverage those that still wait, and those whose wait never ended', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ready_at, first_review_seconds: HOUR },
      { number: 2, ready_at },
      { number: 3, ready_at },
      { number: 4, ready_at, merged_at: at('2024-03-06') },
      { number: 5, ready_at, first_review_gap: 'before-ready' },
    ]);
    expect(first).toMatchObject({ value: HOUR, n: 1, total: 5, coverage: 0.2 });
    expect(first?.gaps).toEqual({ 'not-yet-reviewed': 2, 'no-review': 1, 'before-ready': 1 });
  });

  it('does not count what was never ready', async () => {
    const figures = await bench.figuresOf([{ number: 1, ready_at: null, is_draft: true }]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { ready_at, first_review_seconds: HOUR });

  describeAgreement(
    metric,
    bench.open,
    ({ pullRequests }) =>
      pullRequests.flatMap((row) =>
        row.ready_at === null || !row.is_to_default_branch
          ? []
          : [
              {
                ...place(row),
                at: row.ready_at,
                value: row.first_review_seconds,
                businessValue: row.first_review_business_seconds,
                gap: row.first_review_gap,
                basis: 'pull_request',
              },
            ],
      ),
    pullRequestFlow,
  );
});
