import type { Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import type { MetricDefinition } from '../metric.ts';
import { metrics } from '../registry.ts';
import { compileQuery } from './compile.ts';
import { compileDrillDown } from './drill-down.ts';
import { askable } from './plan.ts';
import type { QueryRequest } from './request.ts';
import { runQuery } from './run.ts';

const period = {
  since: at('2024-01-01'),
  until: at('2024-04-01'),
  grain: 'week',
  timeZone: 'Europe/Berlin',
} as const;
const request: QueryRequest = { metric: 'change_lead_time', period };

describe('compiled SQL', () => {
  it('holds no value of the request, only placeholders', () => {
    const hostile = `'; DROP TABLE facts.changes; -- \\`;
    for (const metric of metrics as readonly MetricDefinition[]) {
      const known = askable(metric).filter((name) => name !== 'is_bot' && name !== 'is_draft');
      const kind = metric.aggregate.kind;
      const asked: QueryRequest = {
        metric: metric.id,
        period,
        filters: Object.fromEntries(known.map((name) => [name, [hostile, 'b']])),
        groupBy: [...askable(metric)],
        clock: metric.hasBusinessHours ? 'business' : 'wall',
        ...((kind === 'distribution' || kind === 'snapshot') && { keeps: { atMost: 1234567890 } }),
      };
      const figure = {
        group: Object.fromEntries(known.map((name) => [name, hostile])),
        periodStart: at('2024-01-01'),
        periodEnd: at('2024-01-08'),
      };
      for (const compiled of [compileQuery(asked), compileDrillDown(asked, { limit: 5, figure })]) {
        expect(compiled.sql).not.toContain('DROP');
        expect(compiled.sql).not.toContain('Berlin');
        expect(compiled.sql).not.toMatch(/\d{10}/);
        const placeholders = new Set(
          [...compiled.sql.matchAll(/\{(\w+):[A-Za-z0-9()]+\}/g)].map(([, name]) => name),
        );
        expect([...placeholders].sort()).toEqual(Object.keys(compiled.params).sort());
      }
    }
  });

  it('is the same text for other values, so that a server can know it again', () => {
    const keeping = { ...request, filters: { organisation: ['a'] }, keeps: { atMost: 1 } };
    const other = {
      ...keeping,
      period: { ...period, since: period.since + 1, timeZone: 'UTC' },
      filters: { organisation: ['b', 'c'] },
      keeps: { atMost: 2 },
    };
    expect(compileQuery(other).sql).toBe(compileQuery(keeping).sql);
  });

  it('names its columns', () => {
    expect(compileQuery({ ...request, groupBy: ['service'] }).columns).toEqual([
      ...['service', 'period_start', 'period_end', 'is_partial', 'value', 'p75', 'p90'],
      ...['n', 'total', 'coverage', 'gap', 'basis', 'gaps'],
    ]);
  });

  it('takes the column that marks the row of a thing where there is one for exactly what is asked', () => {
    const sqlOf = (more: Partial<QueryRequest>): string => compileQuery({ ...request, ...more }).sql;
    expect(sqlOf({})).toContain('fact.is_primary');
    expect(sqlOf({ groupBy: ['team'] })).toContain('fact.is_primary');
    expect(sqlOf({ groupBy: ['service'] })).toContain('fact.is_service_primary');
    expect(sqlOf({ filters: { environment: ['eu'] } })).toContain('fact.is_environment_primary');
    // Two services of a change that may not be shown are one name, so a row has to be chosen here too.
    expect(sqlOf({ groupBy: ['service', 'environment'] })).toContain('QUALIFY');
    // Two services together: the marked row of a change in either may be a second row of the same change.
    expect(sqlOf({ filters: { service: ['a', 'b'] } })).toContain('QUALIFY');
  });

  it.each<[string, Partial<QueryRequest>, string, RegExp]>([
    ['an unknown metric', { metric: 'velocity' }, 'metric-unknown', /deployment_frequency/],
    ['an unknown grouping', { groupBy: ['author'] }, 'dimension-unknown', /repo, service, team/],
    ['SQL for a grouping', { groupBy: ['1) OR (1'] }, 'dimension-unknown', /repo, service, team/],
    ['a filter it does not know', { filters: { severity: ['a'] } }, 'dimension-unknown', /repo, service/],
    ['business hours of a wall clock', { clock: 'business' }, 'clock-unknown', /wall clock/],
    [
      'a limit for what has no duration',
      { metric: 'change_fail_rate', keeps: { atMost: 1 } },
      'limit-unknown',
      /median/,
    ],
    ['a limit below zero', { keeps: { atMost: -1 } }, 'request-invalid', /Mend/],
    [
      'bots of deployments',
      { metric: 'deployment_frequency', filters: { bots: 'only' } },
      'dimension-unknown',
      /environment/,
    ],
    ['an empty choice', { filters: { repo: [] } }, 'request-invalid', /Mend/],
    [
      'a window that ends before it begins',
      { period: { ...period, until: period.since } },
      'period-invalid',
      /beginning/,
    ],
    ['a window of no calendar', { period: { ...period, since: 0 } }, 'period-invalid', /1971/],
    [
      'a time zone of no map',
      { period: { ...period, timeZone: 'Mars/Olympus' } },
      'time-zone-unknown',
      /Europe\/Berlin/,
    ],
    [
      'an offset for a time zone',
      { period: { ...period, timeZone: '+02:00' } },
      'time-zone-unknown',
      /Europe\/Berlin/,
    ],
    ['a fraction of a millisecond', { period: { ...period, since: 1.5 } }, 'request-invalid', /Mend/],
  ])('refuses %s and says what would do', (_what, change, code, next) => {
    let error: unknown;
    try {
      compileQuery({ ...request, ...change });
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code, exitCode: 2, next: expect.stringMatching(next) });
  });
});

describe('the periods of a window', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTestWarehouse(metrics.filter(({ id }) => id === request.metric));
  });
  afterAll(() => warehouse.close());

  it('touch the window, are whole, and say which of them it cuts', async () => {
    const figures = await runQuery(warehouse, {
      ...request,
      // From a Wednesday to a Thursday; Mondays are 1, 8 and 15 January, at 23:00 UTC of the day before.
      period: { ...period, since: at('2024-01-03'), until: at('2024-01-18') },
    });
    expect(
      figures.map(({ periodStart, periodEnd, isPartial }) => [periodStart, periodEnd, isPartial]),
    ).toEqual([
      [at('2023-12-31T23:00'), at('2024-01-07T23:00'), true],
      [at('2024-01-07T23:00'), at('2024-01-14T23:00'), false],
      [at('2024-01-14T23:00'), at('2024-01-21T23:00'), true],
    ]);
  });

  it('understand a time zone in any case', async () => {
    const figures = await runQuery(warehouse, {
      ...request,
      period: { ...period, timeZone: 'europe/berlin' },
    });
    expect(figures[0]?.periodStart).toBe(at('2023-12-31T23:00'));
  });

  it('are one for the whole window, however long', async () => {
    const window = { since: 0, until: at('2099-12-31') };
    const figures = await runQuery(warehouse, {
      ...request,
      period: { ...period, ...window, grain: 'whole' },
    });
    expect(figures).toMatchObject([{ periodStart: window.since, periodEnd: window.until, isPartial: false }]);
  });

  it('reach over a hundred years of weeks', async () => {
    const window = { since: at('1971-01-01'), until: at('2071-01-01') };
    const figures = await runQuery(warehouse, {
      ...request,
      period: { ...period, ...window, timeZone: 'UTC' },
    });
    expect(figures.length).toBe(5219);
    expect(figures.at(-1)?.periodStart).toBe(at('2070-12-29'));
  });
});
