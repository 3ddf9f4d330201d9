import { parseConfig } from '@bellwether/core';
import { derivations, services } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { storeCatalogue } from './catalogue.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const store = (yaml: string): Promise<string[]> =>
  storeCatalogue({ warehouse: test.warehouse, config: parseConfig(yaml, 'bellwether.yaml') });

const marked = async (): Promise<string[]> =>
  (await readAll(test.warehouse, derivations)).map(({ repo }) => repo);

const both = `
services:
  - { name: api, repo: local/a, paths: ['api/**'], releases: [api-server], owner: Platform, tier: '1' }
  - { name: web, repo: local/b }
`;

it('stores the services of every repository and marks it', async () => {
  expect(await store(both)).toEqual(['local/a', 'local/b']);
  expect(await readAll(test.warehouse, services)).toEqual([
    {
      service: 'api',
      repo: 'local/a',
      path_globs: ['api/**'],
      release_names: ['api-server'],
      owner_team: 'Platform',
      tier: '1',
    },
    { service: 'web', repo: 'local/b', path_globs: [], release_names: [], owner_team: '', tier: '' },
  ]);
  expect(await marked()).toEqual(['local/a', 'local/b']);
});

it('touches only what changed', async () => {
  await store(both);
  expect(await store(both)).toEqual([]);
  await test.warehouse.command('TRUNCATE TABLE ops.derivations');
  expect(await store(both.replace('name: web', 'name: site'))).toEqual(['local/b']);
  expect(await marked()).toEqual(['local/b']);
  expect((await readAll(test.warehouse, services)).map(({ service }) => service)).toEqual(['api', 'site']);
});

it('forgets the services of a repository that the catalogue no longer names', async () => {
  await store(both);
  expect(await store('')).toEqual(['local/a', 'local/b']);
  expect(await readAll(test.warehouse, services)).toEqual([]);
});

it('refuses a service that is named twice', async () => {
  const twice = 'services: [{ name: a, repo: local/a }, { name: a, repo: local/a }]';
  await expect(store(twice)).rejects.toMatchObject({ code: 'duplicate-service', exitCode: 2 });
});
