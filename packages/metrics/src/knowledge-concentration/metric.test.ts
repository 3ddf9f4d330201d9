import { pathKnowledge, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at } from '../../test/rows.ts';
import { pathKnown } from '../../test/rows/reviews.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { reviewing } from '../../test/worlds/reviews.ts';
import { drillDown } from '../query/drill-down.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function ask(repo: string, timeZone = 'UTC'): QueryRequest {
  return {
    metric: 'knowledge_concentration',
    period: { since: at('2024-01-01'), until: at('2024-07-01'), grain: 'quarter', timeZone },
    filters: { repo: [repo] },
  };
}

describe('knowledge concentration', () => {
  it('is the median bus factor of the paths in each quarter', async () => {
    const repo = 'knowledge/median';
    await warehouse.insert(pathKnowledge, [
      pathKnown({ repo, path: 'api', bus_factor: 1 }),
      pathKnown({ repo, path: 'web', bus_factor: 2 }),
      pathKnown({ repo, path: 'docs', bus_factor: 3 }),
      pathKnown({ repo, path: 'api', quarter_start: at('2024-04-01'), bus_factor: 1 }),
      pathKnown({ repo, path: 'web', quarter_start: at('2024-04-01'), bus_factor: 4 }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    // {1, 2, 3}: p75 2.5. Then {1, 4}: (1 + 4) ÷ 2.
    expect(first).toMatchObject({ value: 2, p75: 2.5, n: 3, coverage: 1 });
    expect(second).toMatchObject({ value: 2.5, n: 2 });
    // One path of three rests on one person, then one of two.
    const shares = await runQuery(warehouse, { ...ask(repo), keeps: { atMost: 1 } });
    expect(shares.map(({ value }) => value)).toEqual([1 / 3, 1 / 2]);
  });

  it('stays in its quarter, wherever the quarter began and whoever asks', async () => {
    const repo = 'knowledge/zones';
    await warehouse.insert(pathKnowledge, [
      // As Berlin, Auckland and Los Angeles begin the quarter.
      pathKnown({ repo, path: 'berlin', quarter_start: at('2023-12-31T23:00') }),
      pathKnown({ repo, path: 'auckland', quarter_start: at('2023-12-31T11:00') }),
      pathKnown({ repo, path: 'angeles', quarter_start: at('2024-01-01T08:00') }),
    ]);
    for (const timeZone of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']) {
      const { period, ...rest } = ask(repo, timeZone);
      const whole = { ...period, since: at('2023-11-01'), until: at('2024-05-01') };
      const figures = await runQuery(warehouse, { ...rest, period: whole });
      expect(figures.map(({ total }) => total)).toEqual([0, 3, 0]);
    }
  });

  it('withholds the path together with its service', async () => {
    const repo = 'knowledge/withheld';
    await warehouse.insert(pathKnowledge, [
      pathKnown({ repo, path: 'secret', service: 'secret', is_service_withheld: true, team: '(withheld)' }),
      pathKnown({ repo, path: 'web', service: 'web', team: 'red', team_group: 'colours' }),
    ]);
    const rows = await drillDown(warehouse, ask(repo), { limit: 10 });
    expect(rows.map(({ path, service, team }) => [path, service, team])).toEqual([
      ['(withheld)', '(withheld)', '(withheld)'],
      ['web', 'web', 'red'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ paths }) =>
      paths.map((row) => {
        const hide = (name: string): string => (row.is_service_withheld ? '(withheld)' : name);
        const { repo, team, team_group, path, service } = row;
        return {
          at: row.quarter_start + 86_400_000,
          value: row.bus_factor,
          gap: '',
          basis: 'changes',
          dimensions: { repo, team, team_group, path: hide(path), service: hide(service) },
        };
      }),
    reviewing,
  );
});
