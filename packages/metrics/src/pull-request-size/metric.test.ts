import { describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { itLeavesOutAsTheOthers, pullRequestBench } from '../../test/pull-request-bench.ts';
import { at } from '../../test/rows.ts';
import { mergedOf, place, pullRequestFlow } from '../../test/worlds/pull-requests.ts';
import { metric } from './metric.ts';

const bench = pullRequestBench(metric);
const merged_at = at('2024-03-05');

describe('pull request size', () => {
  it('is the median of the effective lines that a week merged', async () => {
    const [first, second] = await bench.figuresOf([
      // A lockfile of 5,000 lines beside 20 lines of work.
      { number: 1, merged_at, effective_lines: 20, additions: 4_000, deletions: 1_020 },
      { number: 2, merged_at, effective_lines: 120 },
      { number: 3, merged_at, effective_lines: 0 },
      { number: 4, merged_at: at('2024-03-12'), effective_lines: 400 },
    ]);
    // {0, 20, 120}: 20 lines, p75 20 + 100 · 0.5 = 70.
    expect(first).toMatchObject({ value: 20, p75: 70, n: 3, total: 3 });
    expect(second).toMatchObject({ value: 400, n: 1 });
  });

  it('does not guess where files are missing, cut or never collected', async () => {
    const [first] = await bench.figuresOf([
      { number: 1, merged_at, effective_lines: 10 },
      { number: 2, merged_at, additions: 90_000, size_gap: 'files-cut' },
      { number: 3, merged_at, additions: 5, size_gap: 'files-unknown' },
    ]);
    expect(first).toMatchObject({ value: 10, n: 1, total: 3, gaps: { 'files-cut': 1, 'files-unknown': 1 } });
  });

  it('tells the share that keeps an agreement', async () => {
    const rows = [399, 400, 401, 2_000].map((effective_lines, number) => ({
      number,
      merged_at,
      effective_lines,
    }));
    // 399 and 400 of four keep "at most 400".
    const [first] = await bench.figuresOf(rows, { keeps: { atMost: 400 } });
    expect(first).toMatchObject({ value: 0.5, n: 4 });
  });

  it('has no row for what is not merged', async () => {
    const figures = await bench.figuresOf([
      { number: 1, effective_lines: 10 },
      { number: 2, effective_lines: 10, ended_at: merged_at },
    ]);
    expect(figures[0]).toMatchObject({ total: 0, gap: 'no-data' });
  });

  itLeavesOutAsTheOthers(bench, { merged_at, effective_lines: 10 });

  describeAgreement(
    metric,
    bench.open,
    (world) =>
      mergedOf(world).map((row) => ({
        ...place(row),
        at: row.merged_at,
        value: row.effective_lines,
        gap: row.size_gap,
        basis: 'pull_request',
      })),
    pullRequestFlow,
  );
});
