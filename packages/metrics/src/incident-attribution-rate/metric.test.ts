import { incidentFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { incidentFact } from '../../test/rows/incidents.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { incidentReports, reported } from '../../test/worlds/incidents.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('incident attribution rate', () => {
  it('is the share of incidents of which the service is known', async () => {
    const repo = 'attribution/rate';
    const row = { repo, opened_at: at('2024-03-05') };
    await warehouse.insert(incidentFacts, [
      incidentFact({ ...row, incident_id: '1' }),
      incidentFact({ ...row, incident_id: '2', deployment_id: 'v1' }),
      // That it may not be shown does not make it unknown.
      incidentFact({ ...row, incident_id: '3', is_service_withheld: true }),
      incidentFact({ ...row, incident_id: '4', service: '' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 0.75, denominator: 4, basis: { service: 3, deployment: 1 } });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ incidents }) =>
      incidents.map((row) => ({
        ...reported(row),
        value: row.service === '' && !row.is_service_withheld ? 0 : 1,
        gap: '',
        basis: row.deployment_id === '' ? 'service' : 'deployment',
      })),
    incidentReports,
  );
});
