import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { deployed, isProduction } from '../../test/world.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const day = at('2024-03-05');

describe('deployment batch size', () => {
  it('is the median of what deployments were the first to carry, of the baseline nobody knows', async () => {
    const repo = 'batch/median';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: day, is_baseline: true, change_count: 0 }),
      outcome({ repo, deployment_id: 'v2', finished_at: day, change_count: 3 }),
      outcome({ repo, deployment_id: 'v3', finished_at: day, change_count: 1 }),
      outcome({ repo, deployment_id: 'v3-again', finished_at: day, change_count: 0 }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // {0, 1, 3}: median 1, p75 1 + 2 · 0.5 = 2, p90 1 + 2 · 0.8 = 2.6.
    expect(first).toMatchObject({ value: 1, p75: 2, n: 3, total: 4, gaps: { baseline: 1 } });
    expect(first?.kind === 'distribution' && first.p90).toBeCloseTo(2.6, 12);
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('is unknown where only a baseline is known, and looks at production alone', async () => {
    const repo = 'batch/baseline';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: day, is_baseline: true }),
      outcome({ repo, deployment_id: 's1', finished_at: day, environment_kind: 'staging' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: null, gap: 'baseline', total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ outcomes }) =>
      outcomes.filter(isProduction).map((row) => ({
        ...deployed(row),
        value: row.is_baseline ? null : row.change_count,
        gap: row.is_baseline ? 'baseline' : '',
        basis: row.signal,
      })),
  );
});
