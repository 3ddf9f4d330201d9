import { deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { at, HOUR, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { deployed, isProduction } from '../../test/world.ts';
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
    metric: 'failed_deployment_recovery_time',
    period: { since: at('2024-03-04'), until: at('2024-03-18'), grain: 'week', timeZone: 'UTC' },
    filters: { repo: [repo] },
  };
}

const failed = { is_failure: true, evidence: 'rollback' } as const;

describe('failed deployment recovery time', () => {
  it('is the median from failure to recovery, in the period of the recovery', async () => {
    const repo = 'recovery/median';
    await warehouse.insert(deploymentOutcomes, [
      outcome({
        repo,
        deployment_id: 'v1',
        finished_at: at('2024-03-04T08:00'),
        ...failed,
        failed_at: at('2024-03-04T08:00'),
        recovered_at: at('2024-03-04T10:00'),
      }),
      outcome({
        repo,
        deployment_id: 'v2',
        finished_at: at('2024-03-05T08:00'),
        ...failed,
        failed_at: at('2024-03-05T09:00'),
        recovered_at: at('2024-03-05T14:00'),
      }),
      // Broken on Friday, mended on Monday: it belongs to the second week.
      outcome({
        repo,
        deployment_id: 'v3',
        finished_at: at('2024-03-08T12:00'),
        ...failed,
        failed_at: at('2024-03-08T12:00'),
        recovered_at: at('2024-03-11T12:00'),
      }),
      outcome({ repo, deployment_id: 'v4', finished_at: at('2024-03-12') }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    // {2 h, 5 h} → 3.5 h; then three days.
    expect(first).toMatchObject({ value: 3.5 * HOUR, n: 2, total: 2 });
    expect(second).toMatchObject({ value: 72 * HOUR, n: 1, total: 1 });
  });

  it('counts an open failure where it began, and never averages it', async () => {
    const repo = 'recovery/open';
    await warehouse.insert(deploymentOutcomes, [
      outcome({
        repo,
        deployment_id: 'v1',
        finished_at: at('2024-03-04'),
        ...failed,
        failed_at: at('2024-03-04'),
        recovered_at: at('2024-03-04T01:00'),
      }),
      outcome({
        repo,
        deployment_id: 'v2',
        finished_at: at('2024-03-05'),
        ...failed,
        failed_at: at('2024-03-05'),
      }),
      outcome({
        repo,
        deployment_id: 'v3',
        finished_at: at('2024-03-13'),
        ...failed,
        failed_at: at('2024-03-13'),
      }),
    ]);
    const [first, second] = await runQuery(warehouse, ask(repo));
    expect(first).toMatchObject({ value: 1 * HOUR, n: 1, total: 2, coverage: 0.5, gaps: { open: 1 } });
    expect(second).toMatchObject({ value: null, gap: 'open', total: 1 });
  });

  it('has no time for a recovery before the failure, or for a failure that began at an unknown time', async () => {
    const repo = 'recovery/odd';
    const finished_at = at('2024-03-04');
    const recovered_at = at('2024-03-05');
    await warehouse.insert(deploymentOutcomes, [
      outcome({
        repo,
        deployment_id: 'v1',
        finished_at,
        ...failed,
        failed_at: at('2024-03-06'),
        recovered_at,
      }),
      outcome({ repo, deployment_id: 'v2', finished_at, ...failed, recovered_at }),
      // Recovered at once is a time: none.
      outcome({ repo, deployment_id: 'v3', finished_at, ...failed, failed_at: recovered_at, recovered_at }),
    ]);
    const [first] = await runQuery(warehouse, ask(repo));
    expect(first).toMatchObject({ value: 0, n: 1, total: 3, gaps: { negative: 1, 'unknown-start': 1 } });
  });

  it('counts against an agreement a failure that has been open for longer', async () => {
    const repo = 'recovery/overdue';
    const failed_at = at('2024-03-04');
    await warehouse.insert(deploymentOutcomes, [
      outcome({ repo, deployment_id: 'v1', finished_at: failed_at, ...failed, failed_at }),
      // When it began is not known, so neither is for how long it has been open.
      outcome({ repo, deployment_id: 'v2', finished_at: failed_at, ...failed }),
    ]);
    const [first] = await runQuery(warehouse, { ...ask(repo), keeps: { atMost: 3600 } });
    expect(first).toMatchObject({ numerator: 0, denominator: 1, total: 2, gaps: { open: 1 } });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ outcomes }) =>
      outcomes
        .filter((row) => isProduction(row) && row.is_failure)
        .map((row) => {
          const { failed_at: begin, recovered_at: end } = row;
          const gap =
            end === null ? 'open' : begin === null ? 'unknown-start' : end < begin ? 'negative' : '';
          return {
            ...deployed(row),
            at: end ?? begin ?? row.finished_at,
            value: gap === '' ? Math.floor(((end ?? 0) - (begin ?? 0)) / 1000) : null,
            gap,
            waits: { since: begin },
            basis: row.failure_basis,
          };
        }),
  );
});
