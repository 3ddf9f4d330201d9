import { parseConfig } from '@bellwether/core';
import { expect, it } from 'vitest';
import { FakeApi, pageOf } from '../testing/fake-api.ts';
import { type DeploymentSample, previewDeployments } from './preview.ts';
import { fetchSamples } from './preview-samples.ts';

const repo = 'github.com/acme/shop';
const config = parseConfig(
  `deployments: { workflows: ['deploy*', '.github/workflows/ship.yml'] }`,
  'bellwether.yaml',
);

const sample = (
  signal: DeploymentSample['signal'],
  name: string,
  newest: number,
  more = {},
): DeploymentSample => ({
  repo,
  signal,
  name,
  count: 1,
  newest,
  ...more,
});

it('cuts names where storing them does', () => {
  const long = 'x'.repeat(100_000);
  const templates = parseConfig("deployments: { names: ['{service}@{environment}'] }", 'bellwether.yaml');
  const { lines, unmatched, otherKinds } = previewDeployments(
    [sample('deployment', `${long}@${long}`, 1), sample('tag', `nightly-${long}`, 2)],
    templates,
  );
  const short = 'x'.repeat(200);
  expect(lines).toMatchObject([{ name: short, service: short, environment: short }]);
  expect(unmatched).toMatchObject([{ name: `nightly-${'x'.repeat(192)}` }]);
  expect(otherKinds).toEqual([short]);
});

it('shows what the patterns make of what there is, and what they leave', () => {
  const preview = previewDeployments(
    [
      sample('deployment', 'production', 5),
      sample('deployment', 'production', 9),
      sample('deployment', 'github-pages', 3),
      sample('workflow_run', 'Deploy to production', 7),
      sample('workflow_run', 'Ship', 8, { path: '.github/workflows/ship.yml' }),
      sample('workflow_run', 'CI', 2),
      sample('workflow_run', 'CI', 4),
      sample('tag', 'v1.0.0', 1),
      sample('tag', 'v1.1.0', 6),
      sample('tag', 'api@1.0.0-rc.1', 6),
      sample('tag', 'nightly', 6),
      sample('release', 'nightly', 6),
    ],
    config,
  );
  const line = ({
    signal,
    name,
    service,
    environment,
    kind,
    count,
    newest,
  }: (typeof preview.lines)[number]) => [signal, name, service, environment, kind, count, newest].join(' | ');
  expect(preview.lines.map(line)).toEqual([
    'deployment | production | shop | production | production | 2 | 9',
    'deployment | github-pages | shop | github-pages | other | 1 | 3',
    'release | nightly | shop | production | production | 1 | 6',
    'tag | v{version} | shop | production | production | 2 | 6',
    'tag | {service}@{version} | api | prerelease | prerelease | 1 | 6',
    'workflow_run | Deploy to production | shop | production | production | 1 | 7',
    'workflow_run | Ship | shop | production | production | 1 | 8',
  ]);
  expect(preview.unmatched).toEqual([
    { repo, signal: 'tag', name: 'nightly', count: 1, newest: 6 },
    { repo, signal: 'workflow_run', name: 'CI', count: 2, newest: 4 },
  ]);
  expect(preview.otherKinds).toEqual(['github-pages']);
});

it('shows the service that the name of a workflow says', () => {
  const named = parseConfig("deployments: { workflows: ['Deploy {service}'] }", 'bellwether.yaml');
  const { lines, unmatched } = previewDeployments(
    [sample('workflow_run', 'Deploy search', 1), sample('workflow_run', 'Deploy', 2)],
    named,
  );
  expect(lines).toMatchObject([{ name: 'Deploy search', service: 'search', environment: 'production' }]);
  expect(unmatched).toMatchObject([{ name: 'Deploy' }]);
});

it('looks with four requests', async () => {
  const nodes = Array.from({ length: 150 }, (_, index) => ({
    id: `DE_${index}`,
    databaseId: index,
    commitOid: 'a',
    createdAt: '2026-01-01T00:00:00Z',
    environment: 'production',
    originalEnvironment: 'production',
    task: 'deploy',
    payload: null,
    ref: null,
    statuses: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
  }));
  const api = new FakeApi({
    queries: {
      deployments: (variables) => ({ repository: { deployments: pageOf(nodes, variables) } }),
      releases: (variables) => ({ repository: { releases: pageOf([], variables) } }),
      tags: (variables) => ({ repository: { refs: pageOf([], variables) } }),
    },
    resources: { '/repos/acme/shop/actions/runs': () => 'forbidden' },
  });
  const samples = await fetchSamples({ api, owner: 'acme', name: 'shop', repo });
  expect(samples).toHaveLength(100);
  expect(Object.values(api.takeCounts())).toEqual([1, 1, 1, 1]);
});
