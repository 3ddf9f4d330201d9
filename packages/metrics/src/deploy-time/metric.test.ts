import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY, HOUR } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-01');
const arrived = { merged_at, deployed_at: at('2024-03-05') };

describe('deploy time', () => {
  it('is the median of what a week deployed, whenever it was merged', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ...arrived, deploy_seconds: 4 * DAY },
      { number: 2, ...arrived, deploy_seconds: 2 * DAY },
      { number: 3, merged_at, deployed_at: at('2024-03-12'), deploy_seconds: 11 * DAY },
    ]);
    // {2 d, 4 d}: 2 + 2 · 0.5 = 3 d.
    expect(first).toMatchObject({ value: 3 * DAY, n: 2, total: 2 });
    expect(second).toMatchObject({ value: 11 * DAY, n: 1 });
  });

  it('has business hours beside it', async () => {
    const rows = [{ number: 1, ...arrived, deploy_seconds: 4 * DAY, deploy_business_seconds: 12 * HOUR }];
    expect((await bench.figuresOf(rows, { clock: 'business' }))[0]?.value).toBe(12 * HOUR);
  });

  it('is zero where the deployment came before the merge, and says how many these are', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...arrived, deploy_seconds: 0, is_deployed_before_merge: true },
      { number: 2, ...arrived, deploy_seconds: 8 * HOUR },
    ]);
    // {0 h, 8 h}: 4 h.
    expect(first?.value).toBe(4 * HOUR);
    expect(first?.basis).toEqual({ 'deployed-before-merge': 1, 'deployed-after-merge': 1 });
  });

  it('keeps what only the baseline carried, and dates that contradict each other, as rows without a value', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...arrived, deploy_seconds: DAY },
      { number: 2, ...arrived, cycle_gap: 'baseline' },
      { number: 3, ...arrived, cycle_gap: 'negative' },
    ]);
    expect(first).toMatchObject({ value: DAY, n: 1, total: 3, gaps: { baseline: 1, negative: 1 } });
  });

  it('has no row for what is merged and still waits', async () => {
    const figures = await bench.figuresOf([
      { number: 1, merged_at, cycle_gap: 'not-deployed' },
      { number: 2, merged_at, cycle_gap: 'never-deployed' },
    ]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { ...arrived, deploy_seconds: DAY });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).flatMap((row) =>
        row.deployed_at === null
          ? []
          : [
              {
                ...place(row),
                at: row.deployed_at,
                value: row.deploy_seconds,
                businessValue: row.deploy_business_seconds,
                gap: row.cycle_gap,
                basis: row.is_deployed_before_merge ? 'deployed-before-merge' : 'deployed-after-merge',
              },
            ],
      ),
    pullRequestFlow,
  );
});
