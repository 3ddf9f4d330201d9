import { repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { ofRepository, standards } from '../../test/worlds/repositories.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const observed_at = at('2024-03-06');
const repos = (names: readonly string[]) => ({
  filters: { repo: names.map((name) => `owners/${name}`) },
});

describe('code owner coverage', () => {
  it('is the share of repositories at work that keep it, as they stand', async () => {
    await warehouse.insert(repositoryFacts, [
      repositoryFact({
        repo: 'owners/one',
        observed_at,
        has_code_owners: true,
        services: ['api', 'web'],
        service: '(several)',
      }),
      repositoryFact({ repo: 'owners/two', observed_at, has_code_owners: true, service: 'web' }),
      repositoryFact({
        repo: 'owners/three',
        observed_at: at('2024-03-12'),
        has_code_owners: false,
        service: 'web',
      }),
      repositoryFact({ repo: 'owners/unknown', observed_at, code_owners_gap: 'not-collected' }),
      repositoryFact({ repo: 'owners/archived', observed_at, has_code_owners: false, is_archived: true }),
      repositoryFact({ repo: 'owners/fork', observed_at, has_code_owners: false, is_fork: true }),
    ]);
    const all = repos(['one', 'two', 'three', 'unknown', 'archived', 'fork']);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, '', all));
    // 2 ÷ 2, then three joins: 2 ÷ 3. The archived one and the fork never do.
    expect(first).toMatchObject({ value: 1, n: 2, total: 3, gaps: { 'not-collected': 1 } });
    expect(second).toMatchObject({ value: 2 / 3, n: 3, total: 4, coverage: 0.75 });
    const apart = await runQuery(
      warehouse,
      twoWeeks(metric.id, '', { ...repos(['one', 'two', 'three']), groupBy: ['service'] }),
    );
    // The first belongs to both services.
    expect(apart.map(({ group, n, total }) => [group['service'], n, total])).toEqual([
      ['api', 1, 1],
      ['api', 1, 1],
      ['web', 2, 2],
      ['web', 3, 3],
    ]);
  });

  it('is unknown where nobody could look', async () => {
    await warehouse.insert(repositoryFacts, [repositoryFact({ repo: 'owners/blind', observed_at })]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, 'owners/blind'));
    expect(first).toMatchObject({ value: null, gap: 'not-collected', total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repository }) =>
      repository.is_archived || repository.is_fork
        ? []
        : [
            {
              ...ofRepository(repository),
              at: repository.observed_at,
              endsAt: null,
              value: repository.has_code_owners === null ? null : Number(repository.has_code_owners),
              gap: repository.code_owners_gap,
              basis: '',
            },
          ],
    standards,
  );
});
