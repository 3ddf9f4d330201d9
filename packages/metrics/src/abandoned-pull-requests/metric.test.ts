import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const ended_at = at('2024-03-05');

describe('abandoned pull requests', () => {
  it('is the share of those that ended in a week that was not merged', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ended_at },
      { number: 2, merged_at: ended_at },
      { number: 3, merged_at: ended_at },
      { number: 4, merged_at: ended_at },
      { number: 5, created_at: at('2023-01-01'), ended_at: at('2024-03-12') },
    ]);
    // #1 of four: 1 ÷ 4. #5 counts when it ended, not when it was opened.
    expect(first).toMatchObject({ value: 0.25, numerator: 1, denominator: 4 });
    expect(second).toMatchObject({ value: 1, numerator: 1, denominator: 1 });
  });

  it('does not know yet what becomes of the open ones', async () => {
    const figures = await bench.figuresOf([{ number: 1 }, { number: 2, is_draft: true }]);
    expect(figures[0]).toMatchObject({ value: null, total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { ended_at });

  describeAgreement(
    metric,
    bench.open,
    ({ pullRequests }) =>
      pullRequests.flatMap((row) =>
        row.ended_at === null || !row.is_to_default_branch
          ? []
          : [
              {
                ...place(row),
                at: row.ended_at,
                value: row.merged_at === null ? 1 : 0,
                gap: '',
                basis: 'pull_request',
              },
            ],
      ),
    pullRequestFlow,
  );
});
