import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { isProduction, judged } from '../../test/world.ts';
import { bandOf } from '../benchmarks/index.ts';
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
    metric: 'change_fail_rate',
    period: { since: at('2024-03-04'), until: at('2024-03-18'), grain: 'week', timeZone: 'UTC' },
    filters: { repo: [repo] },
  };
}

describe('change fail rate', () => {
  it('is failed deployments ÷ deployments, the first known one included', async () => {
    const repo = 'fail/rate';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-04'), is_baseline: true }),
      outcome({
        repo,
        deployment_id: 'v2',
        finished_at: at('2024-03-05'),
        is_failure: true,
        evidence: 'rollback',
      }),
      outcome({ repo, deployment_id: 'v3', finished_at: at('2024-03-06') }),
      outcome({ repo, deployment_id: 'v4', finished_at: at('2024-03-07') }),
      outcome({
        repo,
        deployment_id: 'v5',
        finished_at: at('2024-03-07'),
        environment: 'staging',
        environment_kind: 'staging',
        is_failure: true,
      }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    // One of v1 to v4: 1 ÷ 4.
    expect(first).toMatchObject({ value: 0.25, numerator: 1, denominator: 4, n: 4, coverage: 1 });
    expect(first?.basis).toEqual({ 'reverts-and-rollbacks': 4 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('is unknown and not zero where nothing could have told a failure', async () => {
    const repo = 'fail/blind';
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: at('2024-03-04'), failure_basis: 'none' }),
      outcome({ repo, deployment_id: 'v2', finished_at: at('2024-03-05'), failure_basis: 'none' }),
    ]);
    const [first] = await runQuery(warehouse, ask(repo));
    expect(first).toMatchObject({ value: null, gap: 'no-failure-evidence', n: 0, total: 2, coverage: 0 });
  });

  it('rests on the services that can tell, and says how many deployments that are', async () => {
    const repo = 'fail/mixed';
    const finished_at = at('2024-03-05');
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'a1', finished_at, failure_basis: 'incidents', is_failure: true }),
      outcome({ repo, deployment_id: 'a2', finished_at, failure_basis: 'incidents' }),
      outcome({ repo, deployment_id: 'b1', finished_at }),
      outcome({ repo, deployment_id: 'c1', finished_at, failure_basis: 'none' }),
    ]);
    const [first] = await runQuery(warehouse, ask(repo));
    // a1 ÷ (a1, a2, b1); c1 cannot tell.
    expect(first).toMatchObject({ value: 1 / 3, n: 3, total: 4, coverage: 0.75 });
    expect(first?.basis).toEqual({ incidents: 2, 'reverts-and-rollbacks': 1 });
  });

  it('counts what a person acquitted as a deployment that went well', async () => {
    const repo = 'fail/ruled';
    const finished_at = at('2024-03-05');
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at, evidence: 'override' }),
      outcome({ repo, deployment_id: 'v2', finished_at, evidence: 'override', is_failure: true }),
      outcome({ repo, deployment_id: 'v3', finished_at }),
      outcome({ repo, deployment_id: 'v4', finished_at }),
    ]);
    const [first] = await runQuery(warehouse, ask(repo));
    // v2 of four.
    expect(first).toMatchObject({ value: 0.25, numerator: 1, denominator: 4 });
  });

  it('has a band where incidents are written down for every deployment', async () => {
    const repo = 'fail/incidents';
    await warehouse.insert(
      deploymentOutcomes,
      Array.from({ length: 20 }, (_, index) =>
        outcome({
          repo,
          deployment_id: `v${String(index)}`,
          finished_at: at('2024-03-05') + index * 60_000,
          failure_basis: 'incidents',
          ...(index === 7 && { is_failure: true, evidence: 'incident', incident_id: 'INC-1' }),
        }),
      ),
    );
    const [first] = await runQuery(warehouse, ask(repo));
    expect(first).toMatchObject({ value: 0.05, basis: { incidents: 20 } });
    // 2024: elite up to 5%.
    expect(first && bandOf('change_fail_rate', first, '2024').band).toBe('elite');
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ outcomes }) => outcomes.filter(isProduction).map((row) => judged(row, row.is_failure)),
  );
});
