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

describe('deployment success rate', () => {
  it('is the share of attempts that arrived, of those that ended', async () => {
    const repo = 'success/rate';
    await warehouse.insert(deploymentAttempts, [
      attempt({ repo, deployment_id: '1', attempted_at: day }),
      attempt({ repo, deployment_id: '2', attempted_at: day }),
      attempt({ repo, deployment_id: '3', attempted_at: day }),
      attempt({ repo, deployment_id: '4', attempted_at: day, result: 'failure' }),
      attempt({ repo, deployment_id: '5', attempted_at: at('2024-03-12'), result: 'failure' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // 3 ÷ (3 + 1)
    expect(first).toMatchObject({ value: 0.75, numerator: 3, denominator: 4, basis: { deployment: 4 } });
    expect(second).toMatchObject({ value: 0, n: 1 });
  });

  it('takes what was stopped or still runs for neither', async () => {
    const repo = 'success/neither';
    await warehouse.insert(deploymentAttempts, [
      attempt({ repo, deployment_id: '1', attempted_at: day }),
      attempt({ repo, deployment_id: '2', attempted_at: day, result: 'cancelled' }),
      attempt({ repo, deployment_id: '3', attempted_at: day, result: 'unfinished' }),
      attempt({ repo, deployment_id: '4', attempted_at: at('2024-03-12'), result: 'unfinished' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 1, n: 1, total: 3, gaps: { cancelled: 1, unfinished: 1 } });
    expect(second).toMatchObject({ value: null, gap: 'unfinished', total: 1 });
  });

  it('does not take a tag for a success: nobody tags a failure', async () => {
    const repo = 'success/tags';
    await warehouse.insert(deploymentAttempts, [
      attempt({ repo, deployment_id: 'v1', attempted_at: day, signal: 'tag' }),
      attempt({ repo, deployment_id: 'v2', attempted_at: day, signal: 'release' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: null, gap: 'failures-not-recorded', total: 2 });
  });

  it('looks at production alone', async () => {
    const repo = 'success/staging';
    await warehouse.insert(deploymentAttempts, [
      attempt({
        repo,
        deployment_id: '1',
        attempted_at: day,
        environment_kind: 'staging',
        result: 'failure',
      }),
    ]);
    expect((await runQuery(warehouse, twoWeeks(metric.id, repo)))[0]).toMatchObject({ gap: 'no-data' });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ attempts }) =>
      attempts.filter(isProduction).map((row) => {
        const isSilent = row.signal === 'tag' || row.signal === 'release';
        const hasEnded = row.result === 'success' || row.result === 'failure';
        return {
          at: row.attempted_at,
          value: isSilent || !hasEnded ? null : row.result === 'success' ? 1 : 0,
          gap: isSilent ? 'failures-not-recorded' : hasEnded ? '' : row.result,
          basis: row.signal,
          dimensions: attemptDimensions(row),
        };
      }),
    deploymentTries,
  );
});
