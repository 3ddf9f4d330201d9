import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY, HOUR } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow, whyNoStage } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('coding time', () => {
  it('is the median of the pull requests that a week merged, deployed or not', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, merged_at, coding_seconds: 2 * DAY },
      { number: 2, merged_at, coding_seconds: 5 * DAY, deployed_at: at('2024-03-12') },
      { number: 3, merged_at: at('2024-03-12'), coding_seconds: HOUR },
    ]);
    // {2 d, 5 d}: 2 + 3 · 0.5 = 3.5 d. #2 counts in the week of its merge, not of its deployment.
    expect(first).toMatchObject({ value: 3.5 * DAY, n: 2, total: 2 });
    expect(second).toMatchObject({ value: HOUR, n: 1 });
  });

  it('has business hours beside it', async () => {
    const rows = [{ number: 1, merged_at, coding_seconds: 3 * DAY, coding_business_seconds: 9 * HOUR }];
    expect((await bench.figuresOf(rows))[0]?.value).toBe(3 * DAY);
    expect((await bench.figuresOf(rows, { clock: 'business' }))[0]?.value).toBe(9 * HOUR);
  });

  it('is unknown, never zero, where it never was ready, and where dates contradict each other', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, coding_seconds: DAY },
      { number: 2, merged_at, ready_at: null },
      { number: 3, merged_at, cycle_gap: 'negative' },
    ]);
    expect(first).toMatchObject({ value: DAY, n: 1, total: 3, gaps: { 'did-not-happen': 1, negative: 1 } });
  });

  it('has no row for what is not merged', async () => {
    const figures = await bench.figuresOf([
      { number: 1, coding_seconds: DAY },
      { number: 2, coding_seconds: DAY, ended_at: merged_at },
    ]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  it('can be looked at apart by where its clock starts', async () => {
    const apart = await bench.figuresOf(
      [
        { number: 1, merged_at, coding_seconds: DAY },
        { number: 2, merged_at, coding_seconds: 0, starts_at: 'created' },
      ],
      {
        groupBy: ['starts_at'],
        period: { since: at('2024-03-01'), until: at('2024-04-01'), grain: 'whole', timeZone: 'UTC' },
      },
    );
    expect(apart.map(({ group, value }) => [group['starts_at'], value])).toEqual([
      ['created', 0],
      ['first_commit', DAY],
    ]);
  });

  itLeavesOutAsTheOthers(bench, { merged_at, coding_seconds: DAY });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row, ['starts_at']),
        at: row.merged_at,
        value: row.coding_seconds,
        businessValue: row.coding_business_seconds,
        gap: whyNoStage(row, row.coding_seconds),
        basis: row.starts_at,
      })),
    pullRequestFlow,
  );
});
