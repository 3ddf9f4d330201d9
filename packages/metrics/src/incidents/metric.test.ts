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

describe('incidents', () => {
  it('are counted, by severity, and zero after the first one', async () => {
    const repo = 'incidents/count';
    await warehouse.insert(incidentFacts, [
      incidentFact({ repo, incident_id: '1', opened_at: at('2024-03-05'), resolved_at: at('2024-03-06') }),
      incidentFact({ repo, incident_id: '2', opened_at: at('2024-03-06') }),
      incidentFact({ repo, incident_id: '3', opened_at: at('2024-03-06'), severity: 'low' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 3, basis: { resolved: 1, open: 2 } });
    expect(second).toMatchObject({ value: 0, gap: '' });
    const apart = await runQuery(warehouse, twoWeeks(metric.id, repo, { groupBy: ['severity'] }));
    expect(apart.map(({ group, value }) => [group['severity'], value])).toEqual([
      ['high', 2],
      ['high', 0],
      ['low', 1],
      ['low', 0],
    ]);
  });

  it('count once, however many repositories they are about', async () => {
    const opened_at = at('2024-03-05');
    const one = { incident_id: 'INC-1', home_repo: 'org/ops', opened_at };
    await warehouse.insert(incidentFacts, [
      incidentFact({ ...one, repo: 'org/shop', team: 'red' }),
      incidentFact({ ...one, repo: 'org/web', team: 'blue', is_primary: false }),
      // The same number in another place is another incident.
      incidentFact({ ...one, repo: 'org/api', home_repo: 'org/api', team: 'blue' }),
    ]);
    const repos = { filters: { repo: ['org/shop', 'org/web', 'org/api'] } };
    const valuesOf = async (more: object) =>
      (await runQuery(warehouse, twoWeeks(metric.id, '', { ...repos, ...more })))
        .filter(({ periodStart }) => periodStart === at('2024-03-04'))
        .map(({ group, value }) => [...Object.values(group), value]);
    expect(await valuesOf({})).toEqual([[2]]);
    expect(await valuesOf({ groupBy: ['team'] })).toEqual([
      ['blue', 2],
      ['red', 1],
    ]);
    // Of a repository in which its primary row does not stand.
    expect(await valuesOf({ filters: { repo: ['org/web'] } })).toEqual([[1]]);
    expect(await valuesOf({ filters: { repo: ['org/shop', 'org/web'], team: ['blue'] } })).toEqual([[1]]);
  });

  it('are counted once over the whole company, without asking for any repository', async () => {
    const one = { incident_id: 'INC-9', home_repo: 'firm/ops', opened_at: at('2019-03-05') };
    await warehouse.insert(incidentFacts, [
      incidentFact({ ...one, repo: 'firm/shop', is_primary: false }),
      incidentFact({ ...one, repo: 'firm/web' }),
    ]);
    const period = {
      since: at('2019-03-04'),
      until: at('2019-03-11'),
      grain: 'week',
      timeZone: 'UTC',
    } as const;
    const [all] = await runQuery(warehouse, { metric: metric.id, period });
    expect(all).toMatchObject({ value: 1, total: 1 });
    const filters = { organisation: ['firm'] };
    const [firm] = await runQuery(warehouse, { metric: metric.id, period, filters });
    expect(firm).toMatchObject({ value: 1, total: 1 });
  });

  it('are unknown where none was ever written down', async () => {
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, 'incidents/none'));
    expect(first).toMatchObject({ value: null, gap: 'no-data' });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ incidents }) =>
      incidents.map((row) => ({
        ...reported(row),
        value: 1,
        gap: '',
        basis: row.resolved_at === null ? 'open' : 'resolved',
      })),
    incidentReports,
  );
});
