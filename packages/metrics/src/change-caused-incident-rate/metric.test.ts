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

describe('change-caused incident rate', () => {
  it('is the share of incidents with a known cause that a deployment caused', async () => {
    const repo = 'cause/rate';
    const row = { repo, opened_at: at('2024-03-05') };
    const known = { is_change_caused: true, cause_gap: '' } as const;
    await warehouse.insert(incidentFacts, [
      incidentFact({ ...row, incident_id: '1', ...known, evidence: 'incident', deployment_id: 'v1' }),
      incidentFact({ ...row, incident_id: '2', ...known, evidence: 'incident-window', deployment_id: 'v2' }),
      incidentFact({ ...row, incident_id: '3', ...known, is_change_caused: false, evidence: 'override' }),
      incidentFact({ ...row, incident_id: '4' }),
      // Nothing was deployed within the window before it.
      incidentFact({
        ...row,
        incident_id: '5',
        ...known,
        is_change_caused: false,
        evidence: 'incident-window',
      }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // 2 ÷ 4; of the fourth nothing is known.
    expect(first).toMatchObject({ value: 0.5, numerator: 2, denominator: 4, n: 4, total: 5 });
    expect(first).toMatchObject({
      basis: { incident: 1, 'incident-window': 2, override: 1 },
      gaps: { 'no-cause-found': 1 },
    });
  });

  it('is unknown, and not zero, where no deployment is known', async () => {
    const repo = 'cause/unknown';
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: at('2024-03-05'),
        cause_gap: 'no-deployment-known',
      }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: null, gap: 'no-deployment-known', total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ incidents }) =>
      incidents.map((row) => ({
        ...reported(row),
        value: row.is_change_caused === null ? null : Number(row.is_change_caused),
        gap: row.cause_gap,
        basis: row.evidence,
      })),
    incidentReports,
  );
});
