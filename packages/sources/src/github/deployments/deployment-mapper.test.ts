import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { parseConfig } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { Deployments, Releases } from './api-schema.ts';
import { deploymentMapper, outcomeOf } from './deployment-mapper.ts';
import { type DeploymentRecord, pruneDeployment } from './deployment-record.ts';
import { pruneRelease, releaseMapper } from './release-mapper.ts';
import { pruneTags } from './tag-record.ts';
import { Tags } from './tag-schema.ts';

const repo = 'github.com/acme/shop';
const at = (time: string): number => Date.parse(`2026-02-01T${time}Z`);
const config = parseConfig(
  `
services:
  - { name: api-gateway, repo: github.com/acme/shop, releases: [gateway] }
  - { name: checkout, repo: github.com/acme/shop }
deployments:
  names: ['{service}-{environment}', '{environment}']
`,
  'bellwether.yaml',
);
const plain = parseConfig('', 'bellwether.yaml');

const record = (changes: Partial<DeploymentRecord>): DeploymentRecord => ({
  id: 'DE_1',
  databaseId: 12,
  sha: 'a'.repeat(40),
  createdAt: at('10:00:00'),
  environment: 'production',
  task: 'deploy',
  ref: 'main',
  payloadService: null,
  isPayloadUnplanned: false,
  statuses: [],
  ...changes,
});

describe('the outcome of a deployment', () => {
  const statuses = (...list: [DeploymentRecord['statuses'][number]['state'], string][]) =>
    outcomeOf(list.map(([state, time]) => ({ state, at: at(time) })));

  it('is the first success, whatever came later', () => {
    const outcome = statuses(
      ['QUEUED', '10:00:00'],
      ['FAILURE', '10:01:00'],
      ['SUCCESS', '10:05:00'],
      ['INACTIVE', '11:00:00'],
      ['SUCCESS', '12:00:00'],
    );
    expect(outcome).toEqual({ status: 'success', finished_at: at('10:05:00') });
  });

  it('is a failure, given up or still open without one', () => {
    expect(statuses(['IN_PROGRESS', '10:00:00'], ['ERROR', '10:02:00'], ['INACTIVE', '10:03:00'])).toEqual({
      status: 'failure',
      finished_at: at('10:02:00'),
    });
    expect(statuses(['QUEUED', '10:00:00'], ['INACTIVE', '10:03:00'])).toEqual({
      status: 'cancelled',
      finished_at: at('10:03:00'),
    });
    expect(statuses(['WAITING', '10:00:00'])).toEqual({ status: 'in_progress', finished_at: null });
    expect(statuses()).toEqual({ status: 'in_progress', finished_at: null });
  });
});

describe('service and environment', () => {
  it.each([
    // name, catalogue's service, environment, kind
    ['api-gateway-production', 'api-gateway', 'production', 'production'],
    ['gateway-staging', 'api-gateway', 'staging', 'staging'],
    ['checkout-eu-prod', 'checkout', 'eu-prod', 'production'],
    // Not in the catalogue: the shortest end of the same kind.
    ['web-pre-prod', 'web', 'pre-prod', 'staging'],
    ['my-web-live', 'my-web', 'live', 'production'],
    ['docs-nowhere', 'docs', 'nowhere', 'other'],
    // Without its first word it would not be production any more: that word is no service.
    ['production-eu', 'shop', 'production-eu', 'production'],
    ['web-production-eu', 'web', 'production-eu', 'production'],
    // No dash: the second template.
    ['Production', 'shop', 'Production', 'production'],
  ])('%s', (environment, service, name, kind) => {
    expect(deploymentMapper(repo, config)(record({ environment }))).toMatchObject({
      service,
      environment: name,
      environment_kind: kind,
    });
  });

  it('takes the service from payload, task, catalogue and name, in this order', () => {
    const map = deploymentMapper(repo, plain);
    expect(map(record({ payloadService: 'billing', task: 'deploy:other' })).service).toBe('billing');
    expect(map(record({ task: 'deploy:other' })).service).toBe('other');
    expect(map(record({})).service).toBe('shop');
    const only = parseConfig('services: [{ name: store, repo: github.com/acme/shop }]', 'bellwether.yaml');
    expect(deploymentMapper(repo, only)(record({})).service).toBe('store');
  });

  it.each([
    ['nonprod', 'staging'],
    ['qa', 'testing'],
    ['Preview', 'development'],
    ['prod-eu', 'production'],
    ['github-pages', 'other'],
  ])('knows the kind of %s', (environment, kind) => {
    expect(deploymentMapper(repo, plain)(record({ environment })).environment_kind).toBe(kind);
  });
});

describe('what is kept of a deployment', () => {
  const deployment = {
    id: 'DE_1',
    databaseId: 12,
    commitOid: 'b'.repeat(40),
    createdAt: at('10:00:00'),
    environment: 'renamed later',
    originalEnvironment: 'production',
    task: 'deploy',
    payload: null,
    ref: { name: 'main' },
    statuses: null,
  };

  it('is not its payload, but for the service and whether it was planned', () => {
    const payload = JSON.stringify({
      service: ' api ',
      rollback: true,
      actor: 'octocat',
      mail: 'a@example.org',
    });
    // Some tools write the text of the JSON as JSON once more.
    for (const text of [payload, JSON.stringify(payload)]) {
      const kept = pruneDeployment({ ...deployment, payload: text }, []);
      expect(kept).toMatchObject({
        payloadService: 'api',
        isPayloadUnplanned: true,
        environment: 'production',
      });
      expect(JSON.stringify(kept)).not.toMatch(/octocat|example\.org/);
    }
    for (const text of ['', 'no JSON', '[1]', '7', '{"service": 7}', 'null']) {
      expect(pruneDeployment({ ...deployment, payload: text }, [])).toMatchObject({
        payloadService: null,
        isPayloadUnplanned: false,
      });
    }
  });

  it('has its statuses oldest first', () => {
    const statuses = [
      { state: 'SUCCESS' as const, createdAt: 2 },
      { state: 'QUEUED' as const, createdAt: 1 },
    ];
    expect(pruneDeployment(deployment, statuses).statuses.map(({ state }) => state)).toEqual([
      'QUEUED',
      'SUCCESS',
    ]);
  });
});

it('says which deployments were not planned', () => {
  const map = deploymentMapper(repo, plain);
  expect(map(record({ task: 'deploy:rollback' })).is_planned).toBe(false);
  expect(map(record({ isPayloadUnplanned: true })).is_planned).toBe(false);
  expect(map(record({ task: 'deploy:rollbacker' })).is_planned).toBe(true);
});

it('gives a whole row', () => {
  const statuses = [{ state: 'SUCCESS' as const, at: at('10:05:00') }];
  expect(deploymentMapper(repo, plain)(record({ statuses }))).toEqual({
    deployment_id: 'github.com/acme/shop@deployment:12',
    repo,
    service: 'shop',
    environment: 'production',
    environment_kind: 'production',
    signal: 'deployment',
    is_counted: true,
    sha: 'a'.repeat(40),
    ref: 'main',
    status: 'success',
    is_planned: true,
    started_at: at('10:00:00'),
    finished_at: at('10:05:00'),
    finished_at_is_exact: true,
    url: 'https://github.com/acme/shop/deployments/production',
  });
});

describe('releases', () => {
  const release = {
    id: 'RE_1',
    tagName: 'gateway@1.2.0',
    isDraft: false,
    isPrerelease: false,
    publishedAt: at('10:00:00'),
    updatedAt: at('11:00:00'),
    tagCommit: { oid: 'c'.repeat(40) },
  };

  it('are named as tags are', () => {
    const row = releaseMapper(repo, config)(pruneRelease(release)!);
    expect(row).toMatchObject({
      deployment_id: 'github.com/acme/shop@release:gateway@1.2.0',
      service: 'api-gateway',
      environment: 'production',
      sha: 'c'.repeat(40),
      finished_at: at('10:00:00'),
      url: 'https://github.com/acme/shop/releases/tag/gateway%401.2.0',
    });
    const odd = releaseMapper(repo, plain)(pruneRelease({ ...release, tagName: 'nightly' })!);
    expect(odd).toMatchObject({ service: 'shop', environment_kind: 'production' });
  });

  it('are none as drafts, and pre-releases when they say so in any way', () => {
    expect(pruneRelease({ ...release, isDraft: true })).toBeNull();
    expect(pruneRelease({ ...release, publishedAt: null })).toBeNull();
    const map = releaseMapper(repo, plain);
    expect(map(pruneRelease({ ...release, isPrerelease: true })!).environment_kind).toBe('prerelease');
    expect(map(pruneRelease({ ...release, tagName: 'v2.0.0-rc.1' })!).environment_kind).toBe('prerelease');
  });
});

it('reads tags as git does', () => {
  const commit = { __typename: 'Commit', oid: 'd'.repeat(40), committedDate: '2026-01-05T10:00:00+02:00' };
  const tagger = { date: '2026-01-06T00:00:00Z' };
  const refs = [
    { name: 'v1', target: { __typename: 'Tag', oid: '1', tagger, target: commit } },
    { name: 'light', target: commit },
    {
      name: 'nested',
      target: {
        __typename: 'Tag',
        oid: '2',
        tagger: null,
        target: { __typename: 'Tag', oid: '3', target: commit },
      },
    },
    { name: 'tree', target: { __typename: 'Tree', oid: '4' } },
    { name: 'gone', target: null },
  ];
  const pageInfo = { hasNextPage: false, endCursor: null };
  const answer = Tags.parse({ repository: { refs: { totalCount: 5, pageInfo, nodes: refs } } });
  const borrowed = String(Date.parse('2026-01-05T08:00:00Z') / 1000);
  expect(pruneTags(answer.repository!.refs!.nodes!.map((ref) => ref!))).toEqual({
    tags: [
      { name: 'light', sha: commit.oid, date: borrowed, isExact: false },
      { name: 'nested', sha: commit.oid, date: borrowed, isExact: false },
      { name: 'v1', sha: commit.oid, date: String(Date.parse(tagger.date) / 1000), isExact: true },
    ],
    odd: [
      { name: 'gone', reason: 'unreadable-object', type: '' },
      { name: 'tree', reason: 'tag-without-commit', type: 'tree' },
    ],
  });
});

/** What a webhook tells of an entity, in the words of a query. */
describe('payloads of webhooks', () => {
  const of = (name: string) =>
    (examples as unknown as { name: string; examples: Record<string, never>[] }[]).find(
      (each) => each.name === name,
    )!.examples;
  const pageInfo = { hasNextPage: false, endCursor: null };

  it('map as deployments', () => {
    const found = [...of('deployment'), ...of('deployment_status')] as unknown as Record<
      string,
      Record<string, string>
    >[];
    for (const { deployment, deployment_status: status } of found) {
      const node = {
        id: deployment!['node_id'],
        databaseId: Number(deployment!['id']),
        commitOid: deployment!['sha'],
        createdAt: deployment!['created_at'],
        environment: deployment!['environment'],
        originalEnvironment: deployment!['original_environment'],
        task: deployment!['task'],
        payload: JSON.stringify(deployment!['payload']),
        ref: { name: deployment!['ref'] },
        statuses: {
          pageInfo,
          nodes: status ? [{ state: status['state']!.toUpperCase(), createdAt: status['created_at'] }] : [],
        },
      };
      const answer = Deployments.parse({
        repository: { deployments: { totalCount: 1, pageInfo, nodes: [node] } },
      });
      const item = answer.repository!.deployments.nodes![0]!;
      const row = deploymentMapper(
        repo,
        plain,
      )(
        pruneDeployment(
          item,
          item.statuses!.nodes!.map((each) => each!),
        ),
      );
      expect(row).toMatchObject({
        sha: deployment!['sha'],
        started_at: Date.parse(deployment!['created_at']!),
      });
      expect(row.status).toBe(status?.['state'] === 'success' ? 'success' : 'in_progress');
    }
    expect(found.length).toBeGreaterThan(4);
  });

  it('map as releases', () => {
    const found = of('release') as unknown as { release: Record<string, unknown> }[];
    const rows = found.flatMap(({ release }) => {
      const node = {
        id: release['node_id'],
        tagName: release['tag_name'],
        isDraft: release['draft'],
        isPrerelease: release['prerelease'],
        publishedAt: release['published_at'],
        updatedAt: release['created_at'],
        tagCommit: null,
      };
      const answer = Releases.parse({ repository: { releases: { totalCount: 1, pageInfo, nodes: [node] } } });
      const pruned = pruneRelease(answer.repository!.releases.nodes![0]!);
      return pruned === null ? [] : [releaseMapper(repo, plain)(pruned)];
    });
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every(({ finished_at, ref }) => finished_at !== null && ref !== '')).toBe(true);
  });
});
