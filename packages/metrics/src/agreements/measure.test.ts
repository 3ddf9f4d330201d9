import { Config } from '@bellwether/core';
import {
  changeDeployments,
  deploymentOutcomes,
  type Warehouse,
  pullRequestFacts,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, changeDeployment, DAY, HOUR, outcome } from '../../test/rows.ts';
import { pullRequest } from '../../test/rows/pull-requests.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { measureAgreements, type MeasureRequest, measureTargets } from './measure.ts';
import { resolveAgreements, resolveTargets } from './resolve.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  const hours: [team: string, ...hours: number[]][] = [
    // Payments keep a day in 4 of 6; web in 5 of 5; search has two rows only.
    ['acme/payments', 2, 4, 24, 23, 25, 90],
    ['acme/web', 1, 2, 3, 4, 5],
    ['acme/search', 1, 100],
    ['(withheld)', 1],
  ];
  await warehouse.insert(
    changeDeployments,
    hours.flatMap(([team, ...leads]) =>
      leads.map((lead, index) =>
        changeDeployment({
          change_id: `${team}#${String(index)}`,
          team,
          deployed_at: at('2024-03-06'),
          lead_time_seconds: lead * HOUR,
        }),
      ),
    ),
  );
  await warehouse.insert(
    deploymentOutcomes,
    // From the 4th on, so that four weeks are observed: 6 deployments are 1.5 a week.
    ['04', '05', '12', '13', '20', '28'].map((day) =>
      outcome({ deployment_id: day, team: 'acme/web', finished_at: at(`2024-03-${day}`) }),
    ),
  );
});
afterAll(() => warehouse.close());

const request = (filters: MeasureRequest['filters'] = {}): MeasureRequest => ({
  period: { since: at('2024-03-04'), until: at('2024-04-01'), timeZone: 'UTC' },
  filters,
  findTeam: (name) => (name.includes('/') ? name : `acme/${name}`),
});
const agreed = (more: object, filters?: MeasureRequest['filters']) =>
  measureAgreements(
    warehouse,
    resolveAgreements(
      Config.parse({ agreements: [{ name: 'Soon', metric: 'change_lead_time', atMost: '1d', ...more }] }),
    ),
    request(filters),
  );

describe('an agreement', () => {
  it('has the share kept of all rows and of each team, with its n', async () => {
    const [soon] = await agreed({});
    expect(soon).toMatchObject({ name: 'Soon', limit: '1d', atMost: DAY, target: 0.9 });
    expect(
      soon?.measurements.map(({ team, value, figure, verdict }) => [team, value, figure.n, verdict]),
    ).toEqual([
      // 4 + 5 + 1 + 1 of 14.
      [null, 11 / 14, 14, 'missed'],
      // What is withheld is among the 14 and has no line: it may be one small team.
      ['acme/payments', 4 / 6, 6, 'missed'],
      ['acme/search', 0.5, 2, 'too-few'],
      ['acme/web', 1, 5, 'kept'],
    ]);
  });

  it('in business days is broken by what has lain for weeks, and not yet by what lies since yesterday', async () => {
    const waiting = { team: 'acme/web', first_review_gap: 'not-yet-reviewed' } as const;
    await warehouse.insert(pullRequestFacts, [
      pullRequest({ number: 1, repo: 'acme/shop', ready_at: at('2024-03-05'), ...waiting }),
      pullRequest({ number: 2, repo: 'acme/shop', ready_at: at('2024-03-31'), ...waiting }),
    ]);
    const [soon] = await agreed({ metric: 'time_to_first_review', atMost: '1bd' });
    expect(soon?.measurements[0]).toMatchObject({ value: 0, figure: { n: 1, total: 2 }, verdict: 'too-few' });
  });

  it('is about those who agreed, by any of their names', async () => {
    const [soon] = await agreed({ teams: ['web', 'acme/payments'], target: 0.8 });
    expect(soon?.measurements.map(({ team, value, verdict }) => [team, value, verdict])).toEqual([
      [null, 9 / 11, 'kept'],
      ['acme/payments', 4 / 6, 'missed'],
      ['acme/web', 1, 'kept'],
    ]);
  });

  it('is unknown, and not broken, for a team of which nothing can be shown', async () => {
    const [soon] = await agreed({ teams: ['tiny'] });
    // As it was written: the full name would tell that there is such a team.
    expect(soon?.teams).toEqual(['tiny']);
    expect(soon?.measurements).toMatchObject([{ team: null, value: null, verdict: 'unknown' }]);
  });

  it('is left out of a scope that it is not about', async () => {
    expect(await agreed({ teams: ['web'] }, { team: ['acme/payments'] })).toEqual([]);
    expect(await agreed({}, { severity: ['high'] })).toEqual([]);
  });

  it('cannot be about what is withheld', async () => {
    const asWritten = (name: string): string => name;
    const agreements = resolveAgreements(
      Config.parse({ agreements: [{ name: 'Soon', metric: 'change_lead_time', atMost: '1d' }] }),
    ).map((agreement) => ({ ...agreement, teams: ['(withheld)'] }));
    expect(await measureAgreements(warehouse, agreements, { ...request(), findTeam: asWritten })).toEqual([]);
  });
});

describe('a target', () => {
  it('is reached from the better side; what piles up is told per week', async () => {
    const targets = resolveTargets(
      Config.parse({
        targets: [
          { metric: 'deployment_frequency', value: 1.5 },
          { metric: 'deployment_frequency', value: 1.6 },
          { metric: 'change_lead_time', value: '1d', teams: ['payments'] },
        ],
      }),
    );
    const measured = await measureTargets(warehouse, targets, request());
    expect(measured.map(({ measurements: [whole] }) => [whole?.value, whole?.verdict])).toEqual([
      // 6 in four weeks.
      [1.5, 'kept'],
      [1.5, 'missed'],
      // {2, 4, 23, 24, 25, 90}: the median is 23.5 h.
      [23.5 * HOUR, 'kept'],
    ]);
  });
});
