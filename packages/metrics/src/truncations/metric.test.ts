import { repositoryFacts, truncations, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, DAY } from '../../test/rows.ts';
import { truncation } from '../../test/rows/data-quality.ts';
import { repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { dataQuality } from '../../test/worlds/data-quality.ts';
import { ofRepository } from '../../test/worlds/repositories.ts';
import { drillDown } from '../query/drill-down.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('truncations', () => {
  it('are counted as they stand, by reason, each with what to do', async () => {
    const repo = 'cut/shop';
    await warehouse.insert(repositoryFacts, [
      repositoryFact({ repo, observed_at: at('2024-03-04'), service: 'api' }),
    ]);
    const monday = { version: at('2024-03-04') };
    await warehouse.insert(
      truncations,
      [truncation({ repo, entity: 'HEAD', reason: 'shallow-history' })],
      monday,
    );
    await warehouse.insert(
      truncations,
      [truncation({ repo, entity: '#1', detail: '250 of 300 commits' }), truncation({ repo, entity: '#2' })],
      { version: at('2024-03-12') },
    );
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 1, basis: { 'shallow-history': 1 }, ageSeconds: 7 * DAY });
    expect(second).toMatchObject({ value: 3, basis: { 'shallow-history': 1, 'cut-list': 2 } });
    const rows = await drillDown(warehouse, twoWeeks(metric.id, repo), { limit: 10 });
    expect(rows.find((row) => row['entity'] === '#1')).toMatchObject({
      detail: '250 of 300 commits',
      stream: 'pull-requests',
    });
    const fixes = await warehouse.query<{ fix: string }>(
      `SELECT fix FROM metrics.truncations WHERE repo = 'cut/shop' ORDER BY at LIMIT 1`,
    );
    expect(fixes[0]?.fix).toContain('git fetch --unshallow');
  });

  it('have words and a fix for every reason that there can be', async () => {
    const repo = 'cut/all';
    const reasons = truncations.columns.reason.words;
    expect(Object.keys(metric.basis).sort()).toEqual([...reasons].sort());
    await warehouse.insert(
      truncations,
      reasons.map((reason) => truncation({ repo, entity: reason, reason })),
    );
    const rows = await warehouse.query<{ fix: string }>(
      "SELECT fix FROM metrics.truncations WHERE repo = 'cut/all'",
    );
    expect(rows.map(({ fix }) => fix !== '')).toEqual(reasons.map(() => true));
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repo, repository, truncations: cut }) =>
      cut.map(({ at: instant, row }) => {
        const { dimensions, services } = repository
          ? ofRepository(repository)
          : { dimensions: { repo, service: '', team: '', team_group: '' }, services: [] };
        return {
          at: instant,
          endsAt: null,
          value: 1,
          gap: '',
          basis: row.reason,
          dimensions: { ...dimensions, source: row.source, finding: row.reason },
          services: services ?? [],
        };
      }),
    dataQuality,
  );
});
