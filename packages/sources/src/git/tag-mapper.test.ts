import { parseConfig } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { mapTags } from './tag-mapper.ts';
import type { Tag } from './tags.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const SHA = 'a'.repeat(40);

const tag = (name: string, rest: Partial<Tag> = {}): Tag => ({
  name,
  sha: SHA,
  date: '1767603600',
  isExact: true,
  ...rest,
});
const map = (tags: Tag[], yaml = '', repo = 'github.com/acme/app') =>
  mapTags(tags, { repo, config: parseConfig(yaml, 'bellwether.yaml'), now: NOW });

describe('a tag as a deployment', () => {
  it('says when, where and of what', () => {
    expect(map([tag('v1.2.3', { isExact: false })]).deployments).toEqual([
      {
        deployment_id: 'github.com/acme/app@tag:v1.2.3',
        repo: 'github.com/acme/app',
        service: 'app',
        environment: 'production',
        environment_kind: 'production',
        signal: 'tag',
        is_counted: true,
        sha: SHA,
        ref: 'v1.2.3',
        status: 'success',
        is_planned: true,
        started_at: null,
        finished_at: Date.parse('2026-01-05T09:00:00Z'),
        finished_at_is_exact: false,
        url: 'https://github.com/acme/app/releases/tag/v1.2.3',
      },
    ]);
  });

  it.each([
    ['v1.2.3', 'app'],
    ['1.2.3', 'app'],
    ['api@1.2.3', 'api'],
    ['@acme/api@1.2.3', '@acme/api'],
    ['api-v1.2.3', 'api'],
    ['api/v1.2.3', 'api'],
  ])('takes the service from %s: %s', (name, service) => {
    expect(map([tag(name)]).deployments[0]).toMatchObject({ service, environment: 'production' });
  });

  it('keeps pre-releases out of production', () => {
    expect(map([tag('api@2.0.0-rc.1')]).deployments[0]).toMatchObject({
      environment: 'prerelease',
      environment_kind: 'prerelease',
      is_counted: true,
    });
  });

  it('counts a release once, however many tags name it', () => {
    const mapped = map([tag('1.2.3'), tag('app@1.2.3'), tag('v1.2.3'), tag('v1.2.3-rc.1')]);
    expect(mapped.deployments.map(({ ref, is_counted }) => [ref, is_counted])).toEqual([
      ['1.2.3', true],
      ['app@1.2.3', false],
      ['v1.2.3', false],
      ['v1.2.3-rc.1', true],
    ]);
  });

  it('counts it at its first date, whatever it was named later', () => {
    const mapped = map([tag('1.2.3', { date: '1700000000' }), tag('v1.2.3', { date: '1500000000' })]);
    expect(mapped.deployments.map(({ ref, is_counted }) => [ref, is_counted])).toEqual([
      ['1.2.3', false],
      ['v1.2.3', true],
    ]);
  });

  it('counts the same version at another commit again: it is another release', () => {
    const mapped = map([tag('1.2.3'), tag('v1.2.3', { sha: 'b'.repeat(40) })]);
    expect(mapped.deployments.map(({ is_counted }) => is_counted)).toEqual([true, true]);
  });

  it.each(['', '-5', '0', '99999999999', '18446744073709551615'])('never counts one dated %j', (date) => {
    const mapped = map([tag('1.2.3', { date }), tag('v1.2.3')]);
    expect(mapped.deployments).toMatchObject([
      { ref: '1.2.3', finished_at: null, is_counted: false },
      { ref: 'v1.2.3', is_counted: true },
    ]);
  });

  it('leaves out and reports what matches no pattern', () => {
    const mapped = map([tag('latest'), tag('v1'), tag('v1.0.0')]);
    expect(mapped.unrecognised).toEqual(['latest', 'v1']);
    expect(mapped.deployments).toHaveLength(1);
  });

  it('links to a release’s page on github.com only, with the tag as one word', () => {
    expect(map([tag('@acme/api@1.0.0')]).deployments[0]!.url).toBe(
      'https://github.com/acme/app/releases/tag/%40acme%2Fapi%401.0.0',
    );
    expect(map([tag('v1.0.0')], '', 'git.acme.example/acme/app').deployments[0]!.url).toBe('');
    expect(map([tag('v1.0.0')], '', 'local/app').deployments[0]!.url).toBe('');
  });
});

describe('the service of a release', () => {
  const catalogue = `
services:
  - { name: Payments, repo: github.com/acme/app, releases: [pay-server, pay-client] }
  - { name: api, repo: github.com/acme/app }
  - { name: Elsewhere, repo: github.com/acme/other, releases: [api] }
`;

  it('is the catalogue’s that releases under that name, in this repository', () => {
    const { deployments } = map([tag('api@1.0.0'), tag('pay-server@1.0.0')], catalogue);
    expect(deployments.map(({ service }) => service)).toEqual(['api', 'Payments']);
  });

  it('is one release where two names of a service are tagged together', () => {
    const { deployments } = map([tag('pay-client@1.0.0'), tag('pay-server@1.0.0')], catalogue);
    expect(deployments.map(({ is_counted }) => is_counted)).toEqual([true, false]);
  });

  it('is the only one of the repository where the tag names none', () => {
    const one = 'services: [{ name: Payments, repo: github.com/acme/app }]';
    expect(map([tag('v1.0.0'), tag('tool@1.0.0')], one).deployments.map(({ service }) => service)).toEqual([
      'Payments',
      'tool',
    ]);
    expect(map([tag('v1.0.0')], catalogue).deployments[0]!.service).toBe('app');
  });
});
