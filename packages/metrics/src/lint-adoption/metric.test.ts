import { lintReports, repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { lintReport, repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { ofRepository, standards } from '../../test/worlds/repositories.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const observed_at = at('2024-03-04');

describe('lint adoption', () => {
  it('is unknown, and not zero, until anything reports', async () => {
    await warehouse.insert(repositoryFacts, [repositoryFact({ repo: 'lint/old', observed_at })]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, 'lint/old'));
    expect(first).toMatchObject({ value: null, gap: 'no-data', total: 0 });
  });

  it('goes by the newest report of each repository', async () => {
    await warehouse.insert(
      repositoryFacts,
      ['lint/shop', 'lint/web'].map((repo) => repositoryFact({ repo, observed_at })),
    );
    await warehouse.insert(repositoryFacts, [
      repositoryFact({ repo: 'lint/archived', observed_at, is_archived: true }),
    ]);
    const no = { is_adopted: false };
    await warehouse.insert(lintReports, [
      lintReport({ repo: 'lint/shop', report_id: 'a', collected_at: at('2024-03-04'), ...no }),
      lintReport({ repo: 'lint/shop', report_id: 'b', collected_at: at('2024-03-12') }),
      lintReport({
        repo: 'lint/web',
        report_id: 'a',
        collected_at: at('2024-03-05'),
        config_version: '1.1.0',
      }),
      lintReport({ repo: 'lint/archived', report_id: 'a', collected_at: at('2024-03-05'), ...no }),
    ]);
    const filters = { repo: ['lint/shop', 'lint/web', 'lint/old', 'lint/archived'] };
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, '', { filters }));
    // web of shop and web; a week later both. The old one has never reported.
    expect(first).toMatchObject({ value: 0.5, n: 2, total: 3, gaps: { 'never-reported': 1 } });
    expect(second).toMatchObject({ value: 1, n: 2, total: 3, basis: { '1.0.0': 1, '1.1.0': 1 } });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repository, lintReports: reports }) => {
      if (repository.is_archived || repository.is_fork) return [];
      const whose = ofRepository(repository);
      if (reports.length === 0) {
        return [
          {
            ...whose,
            at: repository.observed_at,
            endsAt: null,
            value: null,
            gap: 'never-reported',
            basis: '',
          },
        ];
      }
      const inOrder = [...reports].sort(
        (a, b) => a.collected_at - b.collected_at || (a.report_id < b.report_id ? -1 : 1),
      );
      return inOrder.map((row, index) => ({
        ...whose,
        at: row.collected_at,
        endsAt: inOrder[index + 1]?.collected_at ?? null,
        value: Number(row.is_adopted),
        gap: '',
        basis: row.config_version,
      }));
    },
    standards,
  );
});
