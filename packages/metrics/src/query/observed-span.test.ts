import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { observedSpan } from './observed-span.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('the observed span of a metric', () => {
  it('reaches from its first row to its last', async () => {
    const repo = 'span/two';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-13') }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-14') }),
      outcome({ repo, deployment_id: 'v3', finished_at: at('2024-03-15'), environment_kind: 'staging' }),
    ]);
    expect(
      await observedSpan(warehouse, { metric: 'deployment_frequency', filters: { repo: [repo] } }),
    ).toEqual({
      first: at('2024-03-13'),
      last: at('2024-03-14'),
      rows: 2,
    });
  });

  it('is empty where there is nothing', async () => {
    const nothing = { first: null, last: null, rows: 0 };
    expect(await observedSpan(warehouse, { metric: 'change_lead_time', filters: {} })).toEqual(nothing);
  });
});
