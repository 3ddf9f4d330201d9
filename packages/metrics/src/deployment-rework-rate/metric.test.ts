import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { isProduction, judged } from '../../test/world.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function ask(repo: string): QueryRequest {
  return {
    metric: 'deployment_rework_rate',
    period: { since: at('2024-01-01'), until: at('2024-04-01'), grain: 'quarter', timeZone: 'UTC' },
    filters: { repo: [repo] },
  };
}

describe('deployment rework rate', () => {
  it('is the share of deployments that repaired an earlier one', async () => {
    const repo = 'rework/rate';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-01-10'), is_failure: true }),
      outcome({ repo, deployment_id: 'v1.0.1', finished_at: at('2024-01-11'), is_rework: true }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-02-10') }),
      outcome({ repo, deployment_id: 'v3', finished_at: at('2024-03-10') }),
      outcome({ repo, deployment_id: 'v4', finished_at: at('2024-03-20') }),
    ]);
    const [figure] = await runQuery(warehouse, ask(repo));
    // v1.0.1 of five: 1 ÷ 5. That v1 failed is the change fail rate's business.
    expect(figure).toMatchObject({ value: 0.2, numerator: 1, denominator: 5, isPartial: false });
  });

  it('is unknown where no failure, and so no repair, could be seen', async () => {
    const repo = 'rework/blind';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-01-10'), failure_basis: 'none' }),
    ]);
    const [figure] = await runQuery(warehouse, ask(repo));
    expect(figure).toMatchObject({ value: null, gap: 'no-failure-evidence', total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ outcomes }) => outcomes.filter(isProduction).map((row) => judged(row, row.is_rework)),
  );
});
