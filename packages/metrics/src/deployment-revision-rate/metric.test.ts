import { deploymentAttempts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { attempt } from '../../test/rows/deployment-attempts.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { isProduction } from '../../test/world.ts';
import { attemptDimensions, deploymentTries } from '../../test/worlds/deployment-attempts.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const day = at('2024-03-05');

describe('deployment revision rate', () => {
  it('is the share of deployments that say what they deployed, in the period in which they finished', async () => {
    const repo = 'revision/rate';
    await warehouse.insert(deploymentAttempts, [
      attempt({ repo, deployment_id: '1', attempted_at: day }),
      attempt({ repo, deployment_id: '2', attempted_at: day }),
      attempt({ repo, deployment_id: '3', attempted_at: day }),
      attempt({ repo, deployment_id: '4', attempted_at: day, has_revision: false, signal: 'imported' }),
      attempt({
        repo,
        deployment_id: '5',
        attempted_at: at('2024-03-10T23:50'),
        finished_at: at('2024-03-11T00:10'),
        has_revision: false,
      }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // 3 ÷ 4; the fifth finished on Monday.
    expect(first).toMatchObject({ value: 0.75, denominator: 4, basis: { deployment: 3, imported: 1 } });
    expect(second).toMatchObject({ value: 0, n: 1 });
  });

  it('leaves out what did not arrive, and other environments', async () => {
    const repo = 'revision/out';
    await warehouse.insert(deploymentAttempts, [
      attempt({ repo, deployment_id: '1', attempted_at: day, result: 'failure' }),
      attempt({ repo, deployment_id: '2', attempted_at: day, environment_kind: 'staging' }),
      attempt({ repo, deployment_id: '3', attempted_at: day, finished_at: null }),
    ]);
    expect((await runQuery(warehouse, twoWeeks(metric.id, repo)))[0]).toMatchObject({ gap: 'no-data' });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ attempts }) =>
      attempts
        .filter((row) => isProduction(row) && row.result === 'success' && row.finished_at !== null)
        .map((row) => ({
          at: row.finished_at ?? NaN,
          value: Number(row.has_revision),
          gap: '',
          basis: row.signal,
          dimensions: attemptDimensions(row),
        })),
    deploymentTries,
  );
});
