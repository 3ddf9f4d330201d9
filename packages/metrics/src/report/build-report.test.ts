import { BellwetherError } from '@bellwether/core';
import { changeDeployments, changes, deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, change, changeDeployment, DAY, outcome } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { buildReport } from './build-report.ts';
import type { Report, ReportFigure, ReportRequest } from './report.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  await fill();
});
afterAll(() => warehouse.close());

/** Two services: web releases in each month of 2024 up to May, api once in February; one change each, and one waiting. */
async function fill(): Promise<void> {
  const repo = 'report/shop';
  const months = ['01', '02', '03', '04', '05'];
  await warehouse.insert(deploymentOutcomes, [
    ...months.map((month) =>
      outcome({ repo, service: 'web', deployment_id: `web-${month}`, finished_at: at(`2024-${month}-10`) }),
    ),
    outcome({ repo, service: 'web', deployment_id: 'web-05b', finished_at: at('2024-05-11') }),
    outcome({ repo, service: 'api', deployment_id: 'api-02', finished_at: at('2024-02-20') }),
    outcome({ repo, service: 'old', deployment_id: 'old-01', finished_at: at('2021-01-01') }),
  ]);
  const reached = (id: string, service: string, day: string, days: number, isPrimary = true) =>
    changeDeployment({
      repo,
      service,
      change_id: id,
      deployed_at: at(day),
      lead_time_seconds: days * DAY,
      is_primary: isPrimary,
    });
  await warehouse.insert(changeDeployments, [
    reached('one', 'web', '2024-02-10', 2),
    reached('one', 'api', '2024-02-20', 12, false),
    reached('two', 'web', '2024-03-10', 4),
    { ...reached('robot', 'web', '2024-03-10', 100), is_bot: true },
  ]);
  await warehouse.insert(changes, [
    change({ repo, change_id: 'one', merged_at: at('2024-02-09'), deployed_at: at('2024-02-10') }),
    change({ repo, change_id: 'two', merged_at: at('2024-03-09'), deployed_at: at('2024-03-10') }),
    change({ repo, change_id: 'waiting', merged_at: at('2024-05-20') }),
  ]);
}

function report(more: Partial<ReportRequest> = {}): Promise<Report> {
  return buildReport(warehouse, {
    scope: { repo: ['report/shop'] },
    sections: [],
    grain: 'month',
    timeZone: 'UTC',
    benchmark: '2024',
    bots: 'exclude',
    ...more,
  });
}

const ofService = (service: string): Partial<ReportRequest> => ({
  scope: { repo: ['report/shop'], service: [service] },
});

function figures(
  from: Report,
  service: string | null,
  id: string,
): { whole: ReportFigure; periods: readonly ReportFigure[] } {
  const found = from.scopes
    .find(({ part }) => (part?.name ?? null) === service)
    ?.metrics.find((metric) => metric.id === id);
  if (found === undefined) throw new Error(`no ${id} of ${String(service)}`);
  return found;
}

describe('buildReport', () => {
  it('ends with the last thing that is known, and shows twelve whole months before', async () => {
    const { window, scopes } = await report();
    expect(window).toEqual({
      since: at('2023-06-01'),
      until: at('2024-05-20') + 1,
      lastActivityAt: at('2024-05-20'),
    });
    expect(scopes[0]?.metrics[0]?.periods).toHaveLength(12);
  });

  it('counts a change once for the repository, and for each service that it reached', async () => {
    const result = await report();
    expect(result.scopes.map(({ part }) => part?.name ?? null)).toEqual([null, 'web', 'api']);
    expect(result.quietParts).toEqual(['old']);
    // one (2 d, its primary row) and two (4 d): 3 d. For api: one alone.
    expect(figures(result, null, 'change_lead_time').whole).toMatchObject({ value: 3 * DAY, n: 2 });
    expect(figures(result, 'api', 'change_lead_time').whole).toMatchObject({ value: 12 * DAY, n: 1 });
  });

  it('compares whole periods only', async () => {
    const { periods } = figures(await report(), 'web', 'deployment_frequency');
    // January to May: 1, 1, 1, 1, 2; May is cut by the end of the window.
    expect(
      periods.slice(-5).map(({ value, change: difference, isPartial }) => [value, difference, isPartial]),
    ).toEqual([
      [1, null, false],
      [1, 0, false],
      [1, 0, false],
      [1, 0, false],
      [2, null, true],
    ]);
  });

  it('asks each question with the bots that were wanted', async () => {
    // 4 d and 100 d: 52 d.
    const all = figures(
      await report({ bots: 'include', since: () => at('2024-03-01') }),
      null,
      'change_lead_time',
    );
    expect(all.whole).toMatchObject({ value: 52 * DAY, n: 2 });
    expect(figures(await report({ bots: 'only' }), null, 'change_lead_time').whole).toMatchObject({
      value: 100 * DAY,
    });
  });

  it('reports one service alone when it is named, and refuses one that nobody knows', async () => {
    expect((await report(ofService('api'))).scopes.map(({ part }) => part)).toEqual([
      { by: 'service', name: 'api' },
    ]);
    await expect(report(ofService('ghost'))).rejects.toMatchObject({
      code: 'service-unknown',
      exitCode: 2,
    });
  });

  it('shows what is waiting, for the repository', async () => {
    const { whole } = figures(await report(), null, 'changes_awaiting_deployment');
    expect(whole).toMatchObject({ value: 1, kind: 'snapshot' });
  });

  it('has no window and no figures for a repository of which nothing is known', async () => {
    expect(await report({ scope: { repo: ['report/nothing'] } })).toMatchObject({
      window: null,
      scopes: [],
      quietParts: [],
    });
  });

  it('refuses a window without a length, and one that ends before it begins', async () => {
    const error = await report({ since: (until) => until }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BellwetherError);
    expect(error).toMatchObject({ code: 'window-empty' });
    expect((error as Error).message).toContain('begins and ends on');
    await expect(report({ since: (until) => until + DAY })).rejects.toThrow('before it begins');
  });
});

describe('a company', () => {
  const company = 'company.example/acme';
  const scope = { organisation: [company] };
  const rows: [repo: string, team: string, group: string, days: number][] = [
    ['shop', 'acme/web', 'Shop', 1],
    ['shop', 'acme/web', 'Shop', 3],
    ['pay', 'acme/pay', 'Money', 5],
    ['pay', '(withheld)', 'Money', 7],
  ];
  beforeAll(async () => {
    await warehouse.insert(
      deploymentOutcomes,
      rows.map(([repo, team, team_group], index) =>
        outcome({
          repo: `${company}/${repo}`,
          service: repo,
          team,
          team_group,
          deployment_id: String(index),
          finished_at: at('2024-03-10'),
        }),
      ),
    );
    await warehouse.insert(
      changeDeployments,
      rows.map(([repo, team, team_group, days], index) =>
        changeDeployment({
          repo: `${company}/${repo}`,
          service: repo,
          team,
          team_group,
          change_id: String(index),
          deployed_at: at('2024-03-10'),
          lead_time_seconds: days * DAY,
        }),
      ),
    );
  });

  const lead = (from: Report, name: string | null) => figures(from, name, 'change_lead_time').whole.value;

  it('is shown by its groups, a group by its teams, a team by its services', async () => {
    const whole = await report({ scope });
    expect(whole.scopes.map(({ part }) => part)).toEqual([
      null,
      { by: 'team_group', name: 'Money' },
      { by: 'team_group', name: 'Shop' },
    ]);
    // {1, 3, 5, 7} → 4; Money {5, 7} → 6; Shop {1, 3} → 2.
    expect([lead(whole, null), lead(whole, 'Money'), lead(whole, 'Shop')]).toEqual([
      4 * DAY,
      6 * DAY,
      2 * DAY,
    ]);

    const money = await report({ scope: { team_group: ['Money'] } });
    expect(money.scopes.map(({ part }) => part?.name ?? null)).toEqual([null, '(withheld)', 'acme/pay']);
    expect(lead(money, null)).toBe(6 * DAY);
    expect((await report({ scope: { team: ['acme/web'] } })).scopes).toHaveLength(1);
  });

  it('has no bands where services are blended', async () => {
    const { scopes } = await report({ scope });
    expect(scopes.flatMap(({ metrics }) => metrics.flatMap(({ whole }) => whole.band.tiers))).toEqual([]);
  });

  it('answers alike of a team that is too small and of one that is not there', async () => {
    const errorOf = async (team: string): Promise<string> => {
      const error = await report({ scope: { team: [team] } }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'team-unknown', exitCode: 2 });
      return (error as Error).message.replace(team, 'X');
    };
    expect(await errorOf('acme/tiny')).toBe(await errorOf('acme/ghost'));
    expect(await errorOf('acme/tiny')).toContain('too few people');
    await expect(report({ scope: { team: ['acme/web', 'acme/tiny'] } })).rejects.toMatchObject({
      code: 'team-unknown',
    });
  });

  it('knows no team, group or service of the name that stands for what is withheld', async () => {
    for (const dimension of ['team', 'team_group', 'service'] as const) {
      const error = await report({ scope: { [dimension]: ['(withheld)'] } }).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: `${dimension.replace('_', '-')}-unknown` });
    }
  });

  it('is one figure where nothing may be told apart', async () => {
    const { scopes, quietParts } = await report({ scope, isUndivided: true });
    expect([scopes.map(({ part }) => part), quietParts]).toEqual([[null], []]);
  });

  it('adds the sections that are asked for', async () => {
    const { sections } = await report({ scope, sections: ['flow'] });
    expect(sections.map(({ category }) => category)).toEqual(['flow']);
  });
});

describe('a monorepo whose changes cannot be told apart', () => {
  const repo = 'report/blend';
  beforeAll(async () => {
    await warehouse.insert(
      deploymentOutcomes,
      ['web', 'api'].flatMap((service) =>
        ['03', '04'].map((month) =>
          outcome({
            repo,
            service,
            deployment_id: `${service}-${month}`,
            finished_at: at(`2024-${month}-10`),
          }),
        ),
      ),
    );
    await warehouse.insert(changeDeployments, [
      changeDeployment({
        repo,
        service: 'api',
        attribution: 'first-deployment',
        change_id: 'x',
        deployed_at: at('2024-04-10'),
        lead_time_seconds: DAY,
      }),
    ]);
  });

  it('has figures for the repository, and for its services none that would be a guess', async () => {
    const result = await report({ scope: { repo: [repo] } });
    expect(figures(result, null, 'change_lead_time').whole).toMatchObject({ value: DAY, n: 1 });
    expect(figures(result, null, 'change_fail_rate').whole.value).toBe(0);
    expect(figures(result, 'api', 'deployment_frequency').whole.value).toBe(2);
    for (const id of ['change_lead_time', 'change_fail_rate', 'deployment_rework_rate']) {
      expect(figures(result, 'api', id).whole).toMatchObject({ value: null, gap: 'service-unknown' });
    }
  });

  it('has no band for the blend, and says why', async () => {
    const { whole } = figures(await report({ scope: { repo: [repo] } }), null, 'deployment_frequency');
    expect(whole.band.band).toBeNull();
    expect(whole.band.reason).toContain('several services');
  });
});
