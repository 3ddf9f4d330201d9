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

describe('incident resolve time', () => {
  it('is the median time, in the period in which it was resolved, with open ones in the coverage', async () => {
    const repo = 'resolve/median';
    const took = (hours: number, opened_at = day) =>
      ({
        opened_at,
        resolved_at: opened_at + hours * HOUR * 1000,
        resolve_seconds: hours * HOUR,
        resolve_gap: '',
      }) as const;
    await warehouse.insert(incidentFacts, [
      incidentFact({ repo, incident_id: '1', ...took(2) }),
      incidentFact({ repo, incident_id: '2', ...took(5) }),
      incidentFact({ repo, incident_id: '3', opened_at: day }),
      // Opened on Sunday at 22:00, resolved on Monday at 01:00.
      incidentFact({ repo, incident_id: '4', ...took(3, at('2024-03-10T22:00')) }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    // {2 h, 5 h}: 3.5 h.
    expect(first).toMatchObject({ value: 3.5 * HOUR, n: 2, total: 3, gaps: { open: 1 } });
    expect(second).toMatchObject({ value: 3 * HOUR, n: 1, total: 1 });
  });

  it('can be asked in business hours', async () => {
    const repo = 'resolve/business';
    // Opened on Friday at 16:00, resolved on Monday at 10:00: 66 h, of which 1 + 1 are in hours from 9 to 17.
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: at('2024-03-08T16:00'),
        resolved_at: at('2024-03-11T10:00'),
        resolve_seconds: 66 * HOUR,
        resolve_business_seconds: 2 * HOUR,
        resolve_gap: '',
      }),
    ]);
    const ask = (clock: 'wall' | 'business') => runQuery(warehouse, twoWeeks(metric.id, repo, { clock }));
    expect((await ask('wall'))[1]?.value).toBe(66 * HOUR);
    expect((await ask('business'))[1]?.value).toBe(2 * HOUR);
  });

  it('counts against an agreement what has been open for longer, by the end of the window', async () => {
    const repo = 'resolve/overdue';
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: day,
        resolved_at: day + 2 * HOUR * 1000,
        resolve_seconds: 2 * HOUR,
        resolve_gap: '',
      }),
      // Until the 18th: 13 days, and 4 hours.
      incidentFact({ repo, incident_id: '2', opened_at: day }),
      incidentFact({ repo, incident_id: '3', opened_at: at('2024-03-17T20:00') }),
    ]);
    const [first, second] = await runQuery(
      warehouse,
      twoWeeks(metric.id, repo, { keeps: { atMost: 4 * HOUR } }),
    );
    expect(first).toMatchObject({ numerator: 1, denominator: 2, total: 2, gaps: {} });
    expect(second).toMatchObject({ denominator: 0, value: null, total: 1, gaps: { open: 1 } });
  });

  it('has no time for what ends before it begins', async () => {
    const repo = 'resolve/negative';
    await warehouse.insert(incidentFacts, [
      incidentFact({
        repo,
        incident_id: '1',
        opened_at: day,
        resolved_at: at('2024-02-01'),
        resolve_gap: 'negative',
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
        at: row.resolve_seconds === null ? row.opened_at : row.opened_at + row.resolve_seconds * 1000,
        value: row.resolve_seconds,
        businessValue: row.resolve_business_seconds,
        gap: row.resolve_gap,
        waits: { since: row.opened_at },
        basis: '',
      })),
    incidentReports,
  );
});
