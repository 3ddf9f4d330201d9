import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at, DAY, HOUR } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-01');
const arrived = { merged_at, deployed_at: at('2024-03-05') };

describe('cycle time', () => {
  it('is the interpolated median of what a week delivered, whenever it was merged', async () => {
    const [first, second] = await bench.figuresOf([
      { number: 1, ...arrived, cycle_seconds: 4 * DAY },
      { number: 2, ...arrived, cycle_seconds: 9 * DAY },
      { number: 3, merged_at, deployed_at: at('2024-03-11'), cycle_seconds: 10 * DAY },
    ]);
    // {4 d, 9 d}: 4 + 5 · 0.5 = 6.5 d; p75 4 + 5 · 0.75 = 7.75 d.
    expect(first).toMatchObject({ value: 6.5 * DAY, p75: 7.75 * DAY, n: 2, total: 2 });
    expect(second).toMatchObject({ value: 10 * DAY, n: 1 });
  });

  it('has business hours beside it', async () => {
    const rows = [
      { number: 1, ...arrived, cycle_seconds: 4 * DAY, cycle_business_seconds: 16 * HOUR },
      { number: 2, ...arrived, cycle_seconds: 2 * DAY, cycle_business_seconds: 0 },
    ];
    // {16 h, 0 h}: a cycle within one weekend has no business hours, and that is a value.
    expect((await bench.figuresOf(rows, { clock: 'business' }))[0]).toMatchObject({ value: 8 * HOUR, n: 2 });
  });

  it('keeps what only the baseline carried, and dates that contradict each other, as rows without a value', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...arrived, cycle_seconds: DAY },
      { number: 2, ...arrived, cycle_gap: 'baseline' },
      { number: 3, ...arrived, cycle_gap: 'negative' },
    ]);
    expect(first).toMatchObject({ value: DAY, n: 1, total: 3, gaps: { baseline: 1, negative: 1 } });
  });

  it('has no row for what is not merged, or not deployed yet', async () => {
    const figures = await bench.figuresOf([
      { number: 1, deployed_at: at('2024-03-05') },
      { number: 2, merged_at, cycle_gap: 'not-deployed' },
      { number: 3, merged_at, cycle_gap: 'never-deployed' },
    ]);
    expect(figures.map(({ total, gap }) => [total, gap])).toEqual(Array(2).fill([0, 'no-data']));
  });

  it('tells clocks that start when the pull request was opened', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, ...arrived, cycle_seconds: DAY },
      { number: 2, ...arrived, cycle_seconds: DAY, starts_at: 'created' },
    ]);
    expect(first?.basis).toEqual({ first_commit: 1, created: 1 });
  });

  it('clicks down to the pull request and its deployment', async () => {
    const rows = await bench.behind([{ number: 7, ...arrived, deployment_id: 'v2', cycle_seconds: DAY }]);
    expect(rows).toMatchObject([{ change_id: 'flow/cycle_time/6#7', deployment_id: 'v2', merged_at }]);
  });

  itLeavesOutAsTheOthers(bench, { ...arrived, cycle_seconds: DAY });

  it('is the sum of its stages in every pull request, by both clocks, as the views show them', async () => {
    const repo = 'host/sums';
    const drawn = fc
      .sample(pullRequestFlow.of(repo), { numRuns: 150 })
      .flatMap((world) => world.pullRequests);
    const pullRequests = drawn.map((row, number) => ({
      ...row,
      number,
      change_id: `${repo}#${String(number)}`,
    }));
    await pullRequestFlow.insert(bench.open(), [{ repo, pullRequests }]);
    const read = async (view: string): Promise<Map<string, [number, number | null]>> => {
      const rows = await bench
        .open()
        .query<{ change_id: string; wall: number; business: number | null }>(
          `SELECT change_id, toFloat64(value) AS wall, toFloat64(business_value) AS business FROM metrics.${view} WHERE repo = {repo:String} AND value IS NOT NULL`,
          { repo },
        );
      return new Map(rows.map(({ change_id, wall, business }) => [change_id, [wall, business]]));
    };
    const cycles = await read('cycle_time');
    const views = ['coding_time', 'pickup_time', 'review_time', 'merge_wait_time', 'deploy_time'];
    const stages = await Promise.all(views.map(read));
    expect(cycles.size).toBeGreaterThan(50);
    for (const [changeId, [wall, business]] of cycles) {
      const parts = stages.flatMap((stage) => (stage.has(changeId) ? [stage.get(changeId)!] : []));
      expect(parts.reduce((sum, part) => sum + part[0], 0)).toBe(wall);
      if (business !== null) expect(parts.reduce((sum, part) => sum + part[1]!, 0)).toBe(business);
    }
  });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).flatMap((row) =>
        row.deployed_at === null
          ? []
          : [
              {
                ...place(row, ['starts_at']),
                at: row.deployed_at,
                value: row.cycle_seconds,
                businessValue: row.cycle_business_seconds,
                gap: row.cycle_gap,
                basis: row.starts_at,
              },
            ],
      ),
    pullRequestFlow,
  );
});
