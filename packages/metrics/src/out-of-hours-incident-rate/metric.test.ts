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

describe('out-of-hours incident rate', () => {
  it('is the share of incidents that came outside of business hours', async () => {
    const repo = 'hours/rate';
    await warehouse.insert(incidentFacts, [
      incidentFact({ repo, incident_id: '1', opened_at: at('2024-03-04T10:00') }),
      incidentFact({ repo, incident_id: '2', opened_at: at('2024-03-05T15:00') }),
      incidentFact({ repo, incident_id: '3', opened_at: at('2024-03-06T23:00'), is_out_of_hours: true }),
      incidentFact({ repo, incident_id: '4', opened_at: at('2024-03-09T11:00'), is_out_of_hours: true }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 0.5, numerator: 2, denominator: 4, coverage: 1 });
    // A week without incidents has no share.
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ incidents }) =>
      incidents.map((row) => ({
        ...reported(row),
        value: row.is_out_of_hours ? 1 : 0,
        gap: '',
        basis: '',
      })),
    incidentReports,
  );
});
