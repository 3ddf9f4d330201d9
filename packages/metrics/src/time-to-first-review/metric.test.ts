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

  it('counts against an agreement what has waited longer without a review', async () => {
    const wait = { first_review_gap: 'not-yet-reviewed' } as const;
    const never = { first_review_gap: 'no-review' } as const;
    const rows = [
      { number: 1, ready_at, first_review_seconds: 2 * HOUR },
      { number: 2, ready_at, first_review_seconds: 30 * HOUR },
      // Until the window ends on the 18th: 13 days.
      { number: 3, ready_at, ...wait },
      // Merged after 2 days, and after 2 hours: the first broke it, the second is neither.
      { number: 4, ready_at, ...never, merged_at: at('2024-03-07') },
      { number: 5, ready_at, ...never, merged_at: at('2024-03-05T02:00') },
      // 13 days, of which 12 and a half were back in draft.
      { number: 6, ready_at, ...wait, draft_seconds: 12.5 * DAY },
      { number: 7, ready_at, ...wait, is_draft: true },
      // Since the day before the end, and not a second longer than a day.
      { number: 8, ready_at: at('2024-03-17'), ...wait },
    ];
    const within = async (keeps: { atMost: number; overdueAfter?: number }, clock?: 'business') =>
      bench.figuresOf(rows, { keeps, ...(clock && { clock }) });
    const [first, second] = await within({ atMost: DAY });
    // Kept by 1; broken by 2, 3 and 4.
    expect(first).toMatchObject({ numerator: 1, denominator: 4, value: 0.25, n: 4, total: 7 });
    expect(first?.gaps).toEqual({ 'not-yet-reviewed': 2, 'no-review': 1 });
    expect(second).toMatchObject({ denominator: 0, value: null, total: 1 });
    // No row has business hours. After a week by the wall clock number 3 alone has surely waited a business day.
    const [judged] = await within({ atMost: 8 * HOUR, overdueAfter: 7 * DAY }, 'business');
    expect(judged).toMatchObject({ numerator: 0, denominator: 1, total: 7 });
    expect((await within({ atMost: 8 * HOUR }, 'business'))[0]).toMatchObject({ denominator: 0, total: 7 });
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
                waits: {
                  since: row.is_draft ? null : row.ready_at + row.draft_seconds * 1000,
                  until: row.ended_at,
                },
              },
            ],
      ),
    pullRequestFlow,
  );
});
