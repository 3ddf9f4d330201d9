import { Config, firstMatch, parseTagPattern } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { HOUR } from './when.ts';

const company = smallCompany();
const merged = { since: '2026-03-02 00:00', filters: { kind: ['pull_request'] } };

describe('services in a monorepo', () => {
  const byPath = company.repository('by-path', ({ service, commit, squash, deploy }) => {
    service('api', { path_globs: ['services/api/**'] });
    service('web', { path_globs: ['services/web/**'] });
    commit('root', '2026-03-01 00:00');
    const release = (id: string, name: string, when: string, service: string): void =>
      deploy(`${service}-${id}`, name, when, { service });
    for (const name of ['api', 'web']) release('1', 'root', '2026-03-01 01:00', name);
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00', {
      file_paths: ['services/api/a.ts'],
      changed_file_count: 1,
    });
    squash(2, '2026-03-02 09:00', '2026-03-02 10:00', {
      file_paths: ['services/api/a.ts', 'services/web/b.ts'],
      changed_file_count: 2,
    });
    // Each release carries the whole repository.
    release('2', 'm2', '2026-03-02 12:00', 'api');
    release('2', 'm2', '2026-03-02 17:00', 'web');
  });

  it('by path: a change belongs to the services whose globs match its files, and to no other', async () => {
    // api: 08:00 → 12:00 and 09:00 → 12:00, the median of 4 h and 3 h. web: 09:00 → 17:00, and not the first.
    expect(await byPath.valuesBy('change_lead_time', 'service', merged)).toEqual({
      api: 3.5 * HOUR,
      web: 8 * HOUR,
    });
    const sizes = await byPath.figures('pull_request_size', { groupBy: ['service'] });
    expect(sizes.map(({ group, total }) => [group['service'], total])).toEqual([
      ['api', 2],
      ['web', 1],
    ]);
  });

  it('by path: a change of two services counts once where services are not asked about', async () => {
    // The second by its first deployment: the median of 4 h and 3 h, n = 2.
    expect(await byPath.figure('change_lead_time', merged)).toMatchObject({
      value: 3.5 * HOUR,
      n: 2,
      total: 2,
    });
    expect(await byPath.figure('pull_request_size')).toMatchObject({ total: 2 });
    // In deployments both are new to api, one is new to web.
    expect(await byPath.valuesBy('deployment_batch_size', 'service', { since: '2026-03-02 00:00' })).toEqual({
      api: 2,
      web: 1,
    });
  });

  const reverted = company.repository('reverted-service', ({ service, commit, squash, deploy }) => {
    service('api', { path_globs: ['api/**'] });
    service('web', { path_globs: ['web/**'] });
    const files = { file_paths: ['api/a.ts'], changed_file_count: 1 };
    commit('root', '2026-03-01 00:00');
    const release = (id: string, name: string, when: string): void => {
      for (const each of ['api', 'web']) deploy(`${each}-${id}`, name, when, { service: each });
    };
    release('1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00', files);
    release('2', 'm1', '2026-03-02 10:00');
    squash(2, '2026-03-02 11:00', '2026-03-02 12:00', { ...files, reverts_number: 1 });
    release('3', 'm2', '2026-03-02 13:00');
  });

  it('by path: a revert is a failure of the service whose change it takes back, not of those that carried it along', async () => {
    // One of three releases of api. That evidence could be seen at all holds for the whole repository: web has 0 of 3.
    expect(await reverted.valuesBy('change_fail_rate', 'service')).toEqual({ api: 1 / 3, web: 0 });
  });

  const byEnvironment = company.repository('by-environment', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    // As a source writes what it read from the environments `api-production` and `web-production`.
    const release = (id: string, name: string, when: string, service: string): void =>
      deploy(`${service}-production ${id}`, name, when, { service });
    for (const name of ['api', 'web']) release('1', 'root', '2026-03-01 01:00', name);
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00');
    release('2', 'm1', '2026-03-02 12:00', 'api');
    release('2', 'm1', '2026-03-02 17:00', 'web');
  });

  it('by deployment environment: each has its deployments; a change without paths counts once, for the first', async () => {
    expect(await byEnvironment.valuesBy('deployment_frequency', 'service')).toEqual({ api: 2, web: 2 });
    // 08:00 → 12:00, when api first carried it; whose it is nobody can say, so it stands under neither name.
    expect(await byEnvironment.valuesBy('change_lead_time', 'service', merged)).toEqual({
      '(unattributed)': 4 * HOUR,
    });
    expect(await byEnvironment.figure('change_lead_time', merged)).toMatchObject({
      value: 4 * HOUR,
      n: 1,
      total: 1,
    });
    expect(
      await company.query(
        `SELECT DISTINCT attribution FROM facts.change_deployments FINAL WHERE repo = '${byEnvironment.repo}'`,
      ),
    ).toEqual([{ attribution: 'first-deployment' }]);
  });

  const byTag = company.repository('by-tag', ({ service, commit, squash, deploy }) => {
    service('api', { path_globs: ['api/**'] });
    service('web', { path_globs: ['web/**'] });
    const patterns = Config.parse({}).git.tags.map(parseTagPattern);
    commit('root', '2026-03-01 00:00');
    const release = (tag: string, name: string, when: string): void => {
      const read = firstMatch(patterns, tag);
      deploy(tag, name, when, { signal: 'tag', service: read?.service ?? 'by-tag' });
    };
    release('api@1.0.0', 'root', '2026-03-01 01:00');
    release('web/v1.0.0', 'root', '2026-03-01 01:00');
    release('v1.0.0', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 09:00', { file_paths: ['api/a.ts'], changed_file_count: 1 });
    release('v1.1.0', 'm1', '2026-03-02 10:00');
    release('api@1.1.0', 'm1', '2026-03-02 12:00');
  });

  it('by tag prefix: each has its releases, and what has no prefix is the repository’s own', async () => {
    expect(await byTag.valuesBy('deployment_frequency', 'service')).toEqual({ api: 2, 'by-tag': 2, web: 1 });
    // 08:00 → 12:00 with api's own release; the one of the whole repository at 10:00 is none of api's.
    expect(await byTag.valuesBy('change_lead_time', 'service', merged)).toEqual({ api: 4 * HOUR });
  });
});
