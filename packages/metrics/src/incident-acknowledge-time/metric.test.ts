import { incidentFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, HOUR } from '../../test/rows.ts';
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

const day = at('2024-03-05');

describe('incident acknowledge time', () => {
  it('is the median time, in the period in which it was acknowledged, with open ones in the coverage', async () => {
    const repo = 'acknowledge/median';
    const took = (hours: number, opened_at = day) =>
      ({
        opened_at,
        acknowledged_at: opened_at + hours * HOUR * 1000,
        acknowledge_seconds: hours * HOUR,
        acknowledge_gap: '',
      }) as const;
    await warehouse.insert(incidentFacts, [
      incidentFact({ repo, incident_id: '1', ...took(2) }),
      incidentFact({ repo, incident_id: '2', ...took(5) }),
      incidentFact({ repo, incident_id: '3', opened_at: day }),
      // Opened on Sunday at 22:00, acknowledged on Monday at 01:00.
      incidentFact({ repo, incident_id: '4', ...took(3, at('2024-03-10T22:00')) }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // {2 h, 5 h}: 3.5 h.
    expect(first).toMatchObject({ value: 3.5 * HOUR, n: 2, total: 3, gaps: { open: 1 } });
    expect(second).toMatchObject({ value: 3 * HOUR, n: 1, total: 1 });
  });

  it('can be asked in business hours', async () => {
    const repo = 'acknowledge/business';
    // Opened on Friday at 16:00, acknowledged on Monday at 10:00: 66 h, of which 1 + 1 are in hours from 9 to 17.
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: at('2024-03-08T16:00'),
        acknowledged_at: at('2024-03-11T10:00'),
        acknowledge_seconds: 66 * HOUR,
        acknowledge_business_seconds: 2 * HOUR,
        acknowledge_gap: '',
      }),
    ]);
    const ask = (clock: 'wall' | 'business') => runQuery(warehouse, twoWeeks(metric.id, repo, { clock }));
    expect((await ask('wall'))[1]?.value).toBe(66 * HOUR);
    expect((await ask('business'))[1]?.value).toBe(2 * HOUR);
  });

  it('says where nobody wrote the time down', async () => {
    const repo = 'acknowledge/not-recorded';
    await warehouse.insert(incidentFacts, [
      incidentFact({ repo, incident_id: '1', opened_at: day, acknowledge_gap: 'not-recorded' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: null, gap: 'not-recorded', total: 1 });
  });

  it('has no time for what ends before it begins', async () => {
    const repo = 'acknowledge/negative';
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: day,
        acknowledged_at: at('2024-02-01'),
        acknowledge_gap: 'negative',
      }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: null, gap: 'negative', total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ incidents }) =>
      incidents.map((row) => ({
        ...reported(row),
        at: row.acknowledge_seconds === null ? row.opened_at : row.opened_at + row.acknowledge_seconds * 1000,
        value: row.acknowledge_seconds,
        businessValue: row.acknowledge_business_seconds,
        gap: row.acknowledge_gap,
        waits: { since: row.opened_at },
        basis: '',
      })),
    incidentReports,
  );
});
