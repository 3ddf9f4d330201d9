import { type PullRequestFactRow, pullRequestFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MetricDefinition } from '../src/metric.ts';
import { drillDown, type DrillDownRow } from '../src/query/drill-down.ts';
import type { Figure } from '../src/query/figure.ts';
import type { QueryRequest } from '../src/query/request.ts';
import { runQuery } from '../src/query/run.ts';
import { pullRequest } from './rows/pull-requests.ts';
import { twoWeeks } from './ask.ts';
import { openTestWarehouse } from './warehouse.ts';

type Row = Partial<PullRequestFactRow> & Pick<PullRequestFactRow, 'number'>;

/** What a test of a metric of pull requests needs: a warehouse, and questions about a few rows. */
export interface PullRequestBench {
  open: () => Warehouse;
  /**
   * Puts the rows into a repository of their own and asks about two weeks of March 2024.
   *
   * @param earlier what was known of the same pull requests before
   */
  figuresOf: (
    rows: readonly Row[],
    more?: Partial<QueryRequest>,
    earlier?: readonly Row[],
  ) => Promise<Figure[]>;
  /** The rows behind the figures of the two weeks, latest first. */
  behind: (rows: readonly Row[]) => Promise<DrillDownRow[]>;
}

/** Opens a warehouse for the tests of a file, and closes it after them. */
export function pullRequestBench({ id }: MetricDefinition): PullRequestBench {
  let warehouse: Warehouse;
  let repositories = 0;
  beforeAll(async () => {
    warehouse = await openTestWarehouse();
    // A merge in the background would hide a view that forgets FINAL.
    await warehouse.command('SYSTEM STOP MERGES facts.pull_requests');
  });
  afterAll(() => warehouse.close());
  const hold = async (...versions: (readonly Row[])[]): Promise<string> => {
    repositories += 1;
    const repo = `flow/${id}/${String(repositories)}`;
    for (const rows of versions) {
      await warehouse.insert(
        pullRequestFacts,
        rows.map((row) => pullRequest({ repo, ...row })),
      );
    }
    return repo;
  };
  return {
    open: () => warehouse,
    figuresOf: async (rows, more, earlier = []) =>
      runQuery(warehouse, twoWeeks(id, await hold(earlier, rows), more)),
    behind: async (rows) => drillDown(warehouse, twoWeeks(id, await hold(rows)), { limit: 100 }),
  };
}

/**
 * What every metric of pull requests leaves out, and how it counts several services and several versions of one.
 *
 * @param row one with a value, in the first of the two weeks and, if it is an interval, at its end
 */
export function itLeavesOutAsTheOthers({ figuresOf }: PullRequestBench, row: Omit<Row, 'number'>): void {
  it('leaves bots out unless asked, and other branches than the default one always', async () => {
    const rows = [
      { ...row, number: 1 },
      { ...row, number: 2, is_bot: true },
      { ...row, number: 3, is_bot: true },
      { ...row, number: 4, is_to_default_branch: false },
    ];
    const count = async (bots?: 'include' | 'only'): Promise<number | undefined> =>
      (await figuresOf(rows, bots && { filters: { bots } }))[0]?.n;
    expect([await count(), await count('include'), await count('only')]).toEqual([1, 3, 2]);
  });

  it('counts what is known of a pull request now, not what was known before', async () => {
    const before = { ...row, number: 1, service: 'before', services: ['before'] };
    const groupBy = ['service'];
    const figures = await figuresOf([{ ...row, number: 1 }], { groupBy }, [before]);
    expect(new Set(figures.map(({ group }) => group['service']))).toEqual(new Set(['shop']));
  });

  it('counts a pull request of two services once, and in each when they are told apart', async () => {
    const rows = [
      { ...row, number: 1, service: '(several)', services: ['api', 'web'] },
      { ...row, number: 2, service: 'web', services: ['web'] },
      { ...row, number: 3, service: '(unattributed)', services: [] },
    ];
    expect((await figuresOf(rows))[0]?.n).toBe(3);
    const apart = await figuresOf(rows, { groupBy: ['service'] });
    const firstWeek = apart.filter(({ periodStart }) => periodStart === apart[0]?.periodStart);
    expect(firstWeek.map(({ group, n }) => [group['service'], n])).toEqual([
      ['(unattributed)', 1],
      ['api', 1],
      ['web', 2],
    ]);
  });
}
