import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY } from '../../test/rows.ts';
import { place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
describe('work in progress', () => {
  it('tells how many are open at the end of each week, and for how long', async () => {
    const figures = await bench.figuresOf([
      { number: 1, created_at: at('2024-03-05'), merged_at: at('2024-03-12') },
      { number: 2, created_at: at('2024-03-08') },
      { number: 3, created_at: at('2024-03-09'), ended_at: at('2024-03-10') },
      // What ends with the week still stands at its end; what begins then does not yet.
      { number: 4, created_at: at('2024-03-10'), ended_at: at('2024-03-11') },
      { number: 5, created_at: at('2024-03-11') },
    ]);
    // 11 March: #1 (6 d), #2 (3 d), #4 (1 d): median 3 d. 18 March: #2 (10 d), #5 (7 d): 8.5 d.
    expect(figures).toMatchObject([
      { value: 3, ageSeconds: 3 * DAY },
      { value: 2, ageSeconds: 8.5 * DAY },
    ]);
  });

  it('is zero when everything has ended, and unknown before the first', async () => {
    const figures = await bench.figuresOf([
      { number: 1, created_at: at('2024-03-12'), merged_at: at('2024-03-13') },
    ]);
    expect(figures.map(({ value, gap }) => [value, gap])).toEqual([
      [null, 'not-yet'],
      [0, ''],
    ]);
  });

  it('shows drafts apart', async () => {
    const created_at = at('2024-03-05');
    const apart = await bench.figuresOf(
      [
        { number: 1, created_at, is_draft: true },
        { number: 2, created_at },
        { number: 3, created_at },
      ],
      { groupBy: ['is_draft'] },
    );
    expect(apart.map(({ group, value }) => [group['is_draft'], value])).toEqual([
      [false, 2],
      [false, 2],
      [true, 1],
      [true, 1],
    ]);
  });

  it('tells the share that keeps an agreement about its age', async () => {
    const rows = [
      { number: 1, created_at: at('2024-03-01') },
      { number: 2, created_at: at('2024-03-06') },
    ];
    // 11 March: 10 d and 5 d, both keep "at most 10 days". 18 March: 17 d and 12 d, neither does.
    const kept = await bench.figuresOf(rows, { keeps: { atMost: 10 * DAY } });
    expect(kept.map(({ value }) => value)).toEqual([1, 0]);
  });

  itLeavesOutAsTheOthers(bench, { created_at: at('2024-03-05') });

  describeAgreement(
    metric,
    bench.open,
    ({ pullRequests }) =>
      pullRequests
        .filter((row) => row.is_to_default_branch)
        .map((row) => ({
          ...place(row, ['is_draft']),
          at: row.created_at,
          endsAt: row.ended_at,
          value: 1,
          gap: '',
          basis: 'pull_request',
        })),
    pullRequestFlow,
  );
});
