import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import { type Figure, metricViews, type QueryRequest, runQuery } from '@bellwether/metrics';
import {
  derivations,
  migrate,
  openWarehouse,
  type RowOf,
  type Table,
  teamMembers,
  teams,
  teamSettings,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll } from 'vitest';
import { blankRow } from '../../testing/blank-row.ts';
import { type Put, type RepositoryStory, tellRepository } from './repository-story.ts';
import { at } from './when.ts';

/** Of a question what differs from "everything in 2026, in UTC". */
interface Asked {
  since?: string;
  until?: string;
  grain?: QueryRequest['period']['grain'];
  timeZone?: string;
  filters?: QueryRequest['filters'];
  groupBy?: string[];
  clock?: QueryRequest['clock'];
}

/** What can be asked of one repository, or of the whole company, once its facts are derived. */
export interface Answers {
  /** The only figure that there is. */
  figure(metric: string, asked?: Asked): Promise<Figure>;
  figures(metric: string, asked?: Asked): Promise<Figure[]>;
  /** Values by the names of one dimension. */
  valuesBy(metric: string, dimension: string, asked?: Asked): Promise<Record<string, number | null>>;
  /** Kinds of what is wrong with the data, each once. */
  findings(): Promise<string[]>;
}

interface SmallCompany extends Answers {
  /** A repository of its own for one test: domain rows now, figures once the tests run. */
  repository(name: string, tell: (story: RepositoryStory) => void): Answers & { repo: string };
  team(team: string, people: readonly string[], more?: { timeZone?: string; group?: string }): void;
  put: Put;
  /** Within a test: something else was collected since, and facts are derived again. */
  later(repo: string, collect: (warehouse: Warehouse) => Promise<void>): Promise<void>;
  query<Row>(sql: string): Promise<Row[]>;
}

type Rows = Map<Table, RowOf<Table>[]>;

/**
 * A warehouse for one test file: what is told at the top of the file goes into domain tables before the first test and
 * is derived once, and the tests ask metrics as the report does.
 *
 * @param settings as in bellwether.yaml; here every team is large enough to be shown unless they say otherwise
 */
export function smallCompany(settings: Record<string, unknown> = {}): SmallCompany {
  const rules = deriveRules(Config.parse({ privacy: { minimumGroupSize: 1 }, ...settings }));
  const told: Rows = new Map();
  let folder = '';
  let warehouse: Warehouse | undefined;
  const opened = (): Warehouse => {
    if (warehouse === undefined) throw new Error('opened before the first test');
    return warehouse;
  };
  const put: Put = (table, row) => {
    const rows = told.get(table) ?? [];
    told.set(table, [...rows, { ...blankRow(table), ...row }]);
  };

  const derive = async (): Promise<void> => {
    const { signal } = new AbortController();
    await deriveChanged({ warehouse: opened(), rules, talk: silentTalk, signal });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellwether-counting-'));
    warehouse = await openWarehouse({ path: join(folder, 'data') });
    await migrate(warehouse, { views: metricViews() });
    for (const [table, rows] of told) await warehouse.insert(table, rows);
    await derive();
  });
  afterAll(async () => {
    await warehouse?.close();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    ...answers(opened, {}),
    put,
    repository(name, tell) {
      const repo = `github.com/${name.includes('/') ? name : `acme/${name}`}`;
      tellRepository(repo, put, tell);
      put(derivations, { repo, side: 'domain', mark: 'told' });
      return { repo, ...answers(opened, { repo: [repo] }) };
    },
    team(team, people, { timeZone = '', group = '' } = {}) {
      put(teams, { team, team_id: team, name: team.slice(team.indexOf('/') + 1) });
      for (const person_key of people) put(teamMembers, { team, person_key, valid_from: 0 });
      if (timeZone + group !== '') put(teamSettings, { team, time_zone: timeZone, team_group: group });
    },
    async later(repo, collect) {
      await opened().insert(derivations, [{ repo, side: 'domain', mark: `later ${repo}` }]);
      await collect(opened());
      await derive();
    },
    query: (sql) => opened().query(sql),
  };
}

function answers(opened: () => Warehouse, scope: QueryRequest['filters']): Answers {
  const figures: Answers['figures'] = (metric, asked = {}) => {
    const {
      since = '2026-01-01 00:00',
      until = '2027-01-01 00:00',
      grain = 'whole',
      timeZone = 'UTC',
    } = asked;
    const period = { since: at(since), until: at(until), grain, timeZone };
    const { clock = 'wall', groupBy = [] } = asked;
    return runQuery(opened(), { metric, period, filters: { ...scope, ...asked.filters }, groupBy, clock });
  };
  const figure: Answers['figure'] = async (metric, asked) => {
    const [only, ...others] = await figures(metric, asked);
    if (only === undefined || others.length > 0) throw new Error(`${metric}: ${String(others.length)} more`);
    return only;
  };
  const valuesBy: Answers['valuesBy'] = async (metric, dimension, asked = {}) => {
    const found = await figures(metric, { ...asked, groupBy: [dimension] });
    return Object.fromEntries(found.map(({ group, value }) => [String(group[dimension]), value]));
  };
  return {
    figures,
    figure,
    valuesBy,
    // They are dated when they were found, which is when the test runs.
    findings: async () =>
      Object.keys(await valuesBy('data_findings', 'finding', { until: '2099-01-01 00:00' })),
  };
}
