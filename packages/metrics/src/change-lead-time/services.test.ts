import { changeDeployments, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, changeDeployment, DAY } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

function ask(repo: string, more: Partial<QueryRequest> = {}): QueryRequest {
  return {
    metric: 'change_lead_time',
    period: { since: at('2024-03-04'), until: at('2024-03-18'), grain: 'week', timeZone: 'UTC' },
    ...more,
    filters: { repo: [repo], ...more.filters },
  };
}

describe('change lead time of services', () => {
  it('counts a change of two services once, and in each service when they are told apart', async () => {
    const repo = 'lead/services';
    await warehouse.insert(changeDeployments, [
      changeDeployment({
        repo,
        service: 'api',
        change_id: '#1',
        deployed_at: at('2024-03-05'),
        lead_time_seconds: 1 * DAY,
      }),
      changeDeployment({
        repo,
        service: 'web',
        change_id: '#1',
        deployed_at: at('2024-03-09'),
        lead_time_seconds: 5 * DAY,
        is_primary: false,
        is_environment_primary: false,
      }),
      changeDeployment({
        repo,
        service: 'web',
        change_id: '#2',
        deployed_at: at('2024-03-09'),
        lead_time_seconds: 3 * DAY,
      }),
    ]);
    const whole = { ...ask(repo).period, grain: 'whole' } as const;
    const [all] = await runQuery(warehouse, ask(repo, { period: whole }));
    // #1 with its first deployment (1 d) and #2 (3 d): median 2 d.
    expect(all).toMatchObject({ value: 2 * DAY, n: 2 });
    const apart = await runQuery(warehouse, ask(repo, { period: whole, groupBy: ['service'] }));
    expect(apart.map(({ group, value, n }) => ({ ...group, value, n }))).toEqual([
      { service: 'api', value: 1 * DAY, n: 1 },
      { service: 'web', value: 4 * DAY, n: 2 },
    ]);
    // Filtered to web, #1 counts with the deployment of web, though its primary row is api's.
    const [web] = await runQuery(warehouse, ask(repo, { period: whole, filters: { service: ['web'] } }));
    expect(web).toMatchObject({ value: 4 * DAY, n: 2 });
  });

  it('counts a change once in a service that has two production environments', async () => {
    const repo = 'lead/environments';
    const row = { repo, change_id: '#1' };
    await warehouse.insert(changeDeployments, [
      changeDeployment({
        ...row,
        environment: 'eu',
        deployed_at: at('2024-03-05'),
        lead_time_seconds: 1 * DAY,
      }),
      changeDeployment({
        ...row,
        environment: 'us',
        deployed_at: at('2024-03-12'),
        lead_time_seconds: 8 * DAY,
        is_primary: false,
        is_service_primary: false,
      }),
    ]);
    const counts = async (groupBy: string[]): Promise<unknown> =>
      (await runQuery(warehouse, ask(repo, { groupBy }))).map(({ n }) => n);
    expect(await counts(['service'])).toEqual([1, 0]);
    expect(await counts(['environment'])).toEqual([1, 0, 0, 1]);
  });

  it('puts services that may not be shown together, and changes of nobody’s apart', async () => {
    const repo = 'lead/withheld';
    const deployed_at = at('2024-03-05');
    const hidden = { repo, deployed_at, is_service_withheld: true };
    await warehouse.insert(changeDeployments, [
      changeDeployment({ ...hidden, service: 'api', change_id: '#1', lead_time_seconds: 1 * DAY }),
      changeDeployment({ ...hidden, service: 'web', change_id: '#2', lead_time_seconds: 3 * DAY }),
      changeDeployment({
        ...hidden,
        change_id: '#3',
        attribution: 'first-deployment',
        lead_time_seconds: 5 * DAY,
      }),
    ]);
    const period = { ...ask(repo).period, grain: 'whole' } as const;
    const apart = await runQuery(warehouse, ask(repo, { period, groupBy: ['service'] }));
    // #1 and #2, of 1 and 3 days, are in one group.
    expect(apart.map(({ group, value, n }) => [group['service'], value, n])).toEqual([
      ['(unattributed)', 5 * DAY, 1],
      ['(withheld)', 2 * DAY, 2],
    ]);
  });

  it('says of an environment of a service that may not be shown its kind alone', async () => {
    const repo = 'lead/withheld-environment';
    const deployed_at = at('2024-03-05');
    const hidden = { repo, deployed_at, service: 'secret', is_service_withheld: true };
    await warehouse.insert(changeDeployments, [
      changeDeployment({ ...hidden, change_id: '#1', environment: 'secret-prod', lead_time_seconds: DAY }),
      changeDeployment({
        repo,
        deployed_at,
        change_id: '#2',
        environment: 'api-prod',
        lead_time_seconds: DAY,
      }),
    ]);
    const period = { ...ask(repo).period, grain: 'whole' } as const;
    const apart = await runQuery(warehouse, ask(repo, { period, groupBy: ['environment'] }));
    expect(apart.map(({ group, n }) => [group['environment'], n])).toEqual([
      ['api-prod', 1],
      ['production', 1],
    ]);
  });
});
