import { parseConfig } from '@bellwether/core';
import { type TeamRow, teams, teamSettings } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { storeTeamSettings, type TeamSettingsProblems } from './team-settings.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const team = (name: string): TeamRow => ({
  team: `acme/${name}`,
  team_id: name,
  name,
  parent_team: '',
  valid_to: null,
});
const store = (yaml: string): Promise<TeamSettingsProblems> =>
  storeTeamSettings({ warehouse: test.warehouse, config: parseConfig(yaml, 'bellwether.yaml') });

it('makes a history of several entries, each day beginning at midnight of the organisation', async () => {
  await test.warehouse.insert(teams, [team('payments')]);
  const problems = await store(`
timeZone: Europe/Berlin
teams:
  - { name: payments, group: Finance, timeZone: Asia/Tokyo, from: 2026-03-01 }
  - { name: Payments, group: Shop }
`);
  expect(problems).toEqual({ unknown: [], doubled: [] });
  // 1 March 2026 begins in Berlin at 23:00 UTC of the day before.
  const change = Date.parse('2026-02-28T23:00:00Z');
  expect(await readAll(test.warehouse, teamSettings)).toEqual([
    { team: 'acme/payments', valid_from: 0, valid_to: change, team_group: 'Shop', time_zone: '' },
    {
      team: 'acme/payments',
      valid_from: change,
      valid_to: null,
      team_group: 'Finance',
      time_zone: 'Asia/Tokyo',
    },
  ]);
});

it('names what no source knows, and keeps it as written', async () => {
  await test.warehouse.insert(teams, [team('payments')]);
  expect(await store('teams: [{ name: ghosts, group: Shop }]')).toEqual({ unknown: ['ghosts'], doubled: [] });
  expect((await readAll(test.warehouse, teamSettings)).map((row) => row.team)).toEqual(['ghosts']);
});

it('says nothing of names before the first team was read', async () => {
  expect(await store('teams: [{ name: payments }]')).toEqual({ unknown: [], doubled: [] });
});

it('keeps both of two names that are one team, so that the contradiction is found', async () => {
  await test.warehouse.insert(teams, [team('payments')]);
  const twice = 'teams: [{ name: payments, group: A }, { name: acme/payments, group: B }]';
  expect(await store(twice)).toEqual({ unknown: [], doubled: ['acme/payments'] });
  expect((await readAll(test.warehouse, teamSettings)).map((row) => [row.team, row.team_group])).toEqual([
    ['acme/payments', 'B'],
    ['payments', 'A'],
  ]);
});

it('follows the configuration, and forgets what it no longer says', async () => {
  await store('teams: [{ name: a, group: X }, { name: b, group: X }]');
  await store('teams: [{ name: b, group: Y }]');
  expect((await readAll(test.warehouse, teamSettings)).map((row) => [row.team, row.team_group])).toEqual([
    ['b', 'Y'],
  ]);
});
