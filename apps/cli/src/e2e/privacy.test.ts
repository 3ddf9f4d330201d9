import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import {
  askable,
  buildReport,
  categories,
  drillDown,
  type MetricDefinition,
  metrics,
  metricViews,
  type QueryRequest,
  runQuery,
} from '@bellwether/metrics';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDataNotes } from '../report/data-notes.ts';
import {
  companyPeriod,
  hiddenNames,
  personMark,
  shownNames,
  storeCompanyWithSmallTeam,
} from '../testing/company-with-small-team.ts';

const definitions: readonly MetricDefinition[] = metrics;
const forbidden = [...hiddenNames, personMark];

let folder: string;
let warehouse: Warehouse;
let views: string[];
let config: Config;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-privacy-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: metricViews() });
  await storeCompanyWithSmallTeam(warehouse);
  config = Config.parse({
    privacy: { minimumGroupSize: 5 },
    ci: { prices: [{ perMinute: 0.01 }] },
  });
  const { signal } = new AbortController();
  await deriveChanged({ warehouse, rules: deriveRules(config), talk: silentTalk, signal });
  const tables = await warehouse.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'metrics' ORDER BY name",
  );
  views = tables.map(({ name }) => name);
}, 120_000);

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

/** The names that must not be there, as far as they are. */
function foundIn(answer: unknown): string[] {
  const text = JSON.stringify(answer);
  return forbidden.filter((name) => text.includes(name));
}

function asked(metric: MetricDefinition, more: Partial<QueryRequest> = {}): QueryRequest {
  const hasPeriods = metric.aggregate.kind === 'concentration';
  const period = { ...companyPeriod, grain: hasPeriods ? 'quarter' : 'whole', timeZone: 'UTC' } as const;
  return { metric: metric.id, period, ...more, filters: { bots: 'include', ...more.filters } };
}

/** Nothing, each dimension, and all pairs of them. */
function groupings(metric: MetricDefinition): string[][] {
  const names = [...askable(metric)];
  return [[], ...names.flatMap((one, index) => [[one], ...names.slice(index + 1).map((two) => [one, two])])];
}

describe('a team of two, in a company that shows none under five', () => {
  it('is there: its rows are in every view, or the rest would prove nothing', async () => {
    const empty: string[] = [];
    const seen = new Set<string>();
    for (const view of views) {
      const rows = await warehouse.query(`SELECT * FROM metrics.${view}`);
      if (rows.length === 0) empty.push(view);
      const text = JSON.stringify(rows);
      for (const name of [...shownNames, '(withheld)']) if (text.includes(`"${name}"`)) seen.add(name);
    }
    expect(views).toEqual(definitions.map(({ id }) => id).sort());
    expect(empty).toEqual([]);
    expect([...seen].sort()).toEqual(['(withheld)', ...shownNames].sort());
  });

  it('is named by no view, nor is its service, its group or anybody', async () => {
    const leaks: string[] = [];
    for (const view of views) {
      const rows = await warehouse.query(`SELECT * FROM metrics.${view}`);
      leaks.push(...foundIn(rows).map((name) => `${view}: ${name}`));
    }
    expect(leaks).toEqual([]);
  });

  it('is named by no figure, however it is grouped', async () => {
    const leaks: string[] = [];
    for (const metric of definitions) {
      for (const groupBy of groupings(metric)) {
        const figures = await runQuery(warehouse, asked(metric, { groupBy }));
        leaks.push(...foundIn(figures).map((name) => `${metric.id} by ${groupBy.join(' and ')}: ${name}`));
      }
    }
    expect(leaks).toEqual([]);
  }, 600_000);

  it('is named by no row behind a figure', async () => {
    const leaks: string[] = [];
    for (const metric of definitions) {
      for (const name of ['', ...askable(metric)]) {
        const request = asked(metric, { groupBy: name === '' ? [] : [name] });
        const rows = await drillDown(warehouse, request, { limit: 5000 });
        leaks.push(...foundIn(rows).map((hidden) => `${metric.id} by ${name}: ${hidden}`));
      }
    }
    expect(leaks).toEqual([]);
  }, 300_000);

  it('is named by no report, nor by what a report says of the data', async () => {
    const report = await buildReport(warehouse, {
      ...{
        scope: {},
        sections: categories,
        grain: 'month',
        timeZone: 'UTC',
        benchmark: '2024',
        bots: 'include',
      },
      ...{ since: () => companyPeriod.since, until: companyPeriod.until },
    });
    expect(report.sections.flatMap(({ metrics: shown }) => shown).length).toBeGreaterThan(30);
    const notes = await readDataNotes(warehouse, report, deriveRules(config));
    expect(notes.findings.join(' ')).toContain('Paths of the catalogue that match no file');
    expect(foundIn({ report, notes })).toEqual([]);
  }, 120_000);

  it('cannot be asked for by name', async () => {
    for (const metric of definitions) {
      for (const [name, hidden] of [
        ['team', 'acme/minnow-team'],
        ['team_group', 'acme/minnow-group'],
        ['service', 'minnow-service'],
        ['service', 'plankton-service'],
      ] as const) {
        if (!metric.dimensions.includes(name)) continue;
        const figures = await runQuery(warehouse, asked(metric, { filters: { [name]: [hidden] } }));
        expect(
          figures.map(({ total }) => total).filter((total) => total > 0),
          `${metric.id} of ${hidden}`,
        ).toEqual([]);
      }
    }
  }, 300_000);
});
