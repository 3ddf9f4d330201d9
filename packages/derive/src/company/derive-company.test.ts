import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '@bellwether/core';
import {
  derivations,
  findings,
  incidentFacts,
  incidents,
  migrate,
  openWarehouse,
  reviewFacts,
  type ReviewFactRow,
  reviewLoad,
  type ReviewLoadRow,
  teamMembers,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deriveRules } from '../compute/facts.ts';
import { readSharedDomain } from '../shared-domain.ts';
import type { Written } from '../write-facts.ts';
import { deriveCompany } from './derive-company.ts';

const rules = deriveRules(Config.parse({ timeZone: 'Europe/Berlin', privacy: { minimumGroupSize: 3 } }));

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'company-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: [] });
  await warehouse.insert(
    teamMembers,
    ['ann', 'bob', 'cem'].map((person_key) => ({ team: 'red', person_key, valid_from: 0, valid_to: null })),
  );
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

let count = 0;

function review(reviewer_key: string, at: string, rest: Partial<ReviewFactRow> = {}): ReviewFactRow {
  count += 1;
  return {
    repo: 'local/app',
    number: 1,
    review_id: String(count),
    change_id: 'local/app#1',
    reviewer_key,
    team: 'red',
    team_group: '',
    service: '',
    services: [],
    is_bot: false,
    submitted_at: Date.parse(at),
    waiting_since: null,
    basis: '',
    response_seconds: null,
    response_business_seconds: null,
    response_gap: 'unknown-start',
    state: 'approved',
    comment_count: 0,
    is_cross_team: null,
    ...rest,
  };
}

const derive = async (through = warehouse): Promise<Written> =>
  deriveCompany(through, await readSharedDomain(warehouse, [], rules), rules);

const columns = Object.keys(reviewLoad.columns) as (keyof ReviewLoadRow)[];
const load = async (level: string, grain: string): Promise<ReviewLoadRow[]> =>
  warehouse.readRows(reviewLoad, columns, {
    sql: 'level = {level:String} AND grain = {grain:String} ORDER BY name, period_start',
    params: { level, grain },
  });

it('writes how reviewing was spread in the weeks of the organisation, and nothing the second time', async () => {
  await warehouse.insert(reviewFacts, [
    // Monday 1 July 2024 begins at 22:00 UTC on Sunday: the first is still last week's, and last month's.
    review('ann', '2024-06-30T21:59:59Z'),
    review('ann', '2024-06-30T22:00:00Z'),
    review('ann', '2024-07-03T10:00:00Z'),
    review('bob', '2024-07-07T21:59:59Z'),
    review('ann', '2024-07-03T10:00:00Z', { is_bot: true }),
    review('zoe', '2024-07-03T10:00:00Z', { team: '' }),
    review('dan', '2024-07-03T10:00:00Z', { team: '(withheld)' }),
  ]);
  await derive();
  const weeks = await load('team', 'week');
  expect(weeks.map((row) => [new Date(row.period_start).toISOString(), row.review_count])).toEqual([
    ['2024-06-23T22:00:00.000Z', 1],
    ['2024-06-30T22:00:00.000Z', 3],
  ]);
  // Ann 2, Bob 1, Cem 0: pairs (both ways) differ by 1, 2, 1, so 8 / 9; over twice the mean of 1.
  expect(weeks[1]).toMatchObject({ name: 'red', team: 'red', reviewer_count: 2, member_count: 3, gap: '' });
  expect(weeks[1]?.gini).toBeCloseTo(8 / 9 / 2, 12);
  expect(weeks[1]?.busiest_tenth_share).toBeCloseTo(2 / 3, 12);
  expect((await load('team', 'month')).map((row) => row.review_count)).toEqual([1, 3]);
  expect((await load('team', 'quarter')).map((row) => row.review_count)).toEqual([1, 3]);
  // With Zoe and Dan, whom no team that may be shown has.
  expect((await load('organisation', 'quarter'))[1]).toMatchObject({
    review_count: 5,
    member_count: 5,
    team: '',
  });
  const named = JSON.stringify(await warehouse.query('SELECT DISTINCT name FROM facts.review_load'));
  expect(named).not.toContain('withheld');
  expect(await derive()).toEqual({ written: 0, removed: 0 });
});

it('computes again when a membership changes, and after being cut off', async () => {
  await warehouse.insert(teamMembers, [
    { team: 'red', person_key: 'dan', valid_from: 0, valid_to: null },
    { team: 'red', person_key: 'dan', valid_from: 5, valid_to: null },
  ]);
  const broken = new Proxy(warehouse, {
    get: (target, name: keyof Warehouse) => {
      const member = target[name];
      if (name === 'insert') return () => Promise.reject(new Error('the plug was pulled'));
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  await expect(derive(broken)).rejects.toThrow('the plug was pulled');
  expect((await load('team', 'week'))[1]?.member_count).toBe(4);
  // The rows were written, the mark was not: done again, with nothing left to write.
  expect(await derive()).toEqual({ written: 0, removed: 0 });
  const found = await warehouse.readRows(findings, ['repo', 'kind', 'entity']);
  expect(found).toEqual([{ repo: '', kind: 'overlapping-membership', entity: 'red' }]);
});

it('counts incidents of which nobody knows where they belong', async () => {
  await warehouse.insert(incidents, [
    {
      repo: '',
      incident_id: 'ops-1',
      service: '',
      environment: '',
      severity: 'high',
      title: '',
      opened_at: Date.parse('2024-07-03T10:00:00Z'),
      acknowledged_at: null,
      resolved_at: Date.parse('2024-07-03T11:00:00Z'),
      caused_by: null,
      labels: [],
      url: '',
    },
  ]);
  await derive();
  const columns = [
    'repo',
    'incident_id',
    'is_primary',
    'resolve_seconds',
    'is_out_of_hours',
    'cause_gap',
  ] as const;
  expect(await warehouse.readRows(incidentFacts, columns)).toEqual([
    {
      repo: '',
      incident_id: 'ops-1',
      is_primary: true,
      resolve_seconds: 3600,
      // Noon in Berlin.
      is_out_of_hours: false,
      cause_gap: 'no-deployment-known',
    },
  ]);
  const found = await warehouse.readRows(findings, ['kind', 'entity'], { sql: "entity = 'ops-1'" });
  expect(found).toEqual([{ kind: 'incident-without-service', entity: 'ops-1' }]);
});

it('counts a team once, and each person in it, where it moved to another group within the period', async () => {
  await warehouse.insert(reviewFacts, [
    review('ann', '2025-03-03T10:00:00Z', { team_group: 'east' }),
    review('ann', '2025-03-04T10:00:00Z', { team_group: 'east' }),
    review('bob', '2025-03-04T10:00:00Z', { team_group: 'east' }),
    review('ann', '2025-03-06T10:00:00Z', { team_group: 'west' }),
  ]);
  await warehouse.insert(derivations, [{ repo: 'local/app', side: 'facts', mark: 'of four more reviews' }]);
  await derive();
  const since = Date.parse('2025-01-01T00:00:00Z');
  for (const grain of ['week', 'month']) {
    const rows = (await load('team', grain)).filter(({ period_start }) => period_start > since);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ team_group: 'west', review_count: 4, reviewer_count: 2 });
    // Ann 3 of 4.
    expect(rows[0]?.busiest_tenth_share).toBeCloseTo(3 / 4, 12);
  }
});
