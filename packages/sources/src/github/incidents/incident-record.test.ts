import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { parseConfig } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { Issues } from './api-schema.ts';
import { readCause } from './cause.ts';
import { incidentMapper, incidentTest, pruneIssue } from './incident-record.ts';

const repo = 'github.com/acme/app';
const config = parseConfig(
  'services: [{ name: checkout, repo: github.com/acme/app, releases: [shop] }]',
  'bellwether.yaml',
);

const issue = {
  id: 'I_1',
  number: 12,
  title: 'Checkout is down, says ada@example.org',
  body: 'Alice saw it.\n\nCaused by: v1.2.0',
  url: 'https://github.com/acme/app/issues/12',
  createdAt: 1000,
  updatedAt: 3000,
  closedAt: 2000,
  labels: {
    totalCount: 3,
    nodes: [{ name: 'Incident' }, { name: 'severity/High' }, { name: 'service/shop' }],
  },
};

it('maps an incident', () => {
  expect(incidentMapper(repo, config)(pruneIssue(issue))).toEqual({
    repo,
    incident_id: 'github.com/acme/app#12',
    service: 'checkout',
    environment: '',
    severity: 'High',
    title: 'Checkout is down, says (address)',
    opened_at: 1000,
    acknowledged_at: null,
    resolved_at: 2000,
    caused_by: 'v1.2.0',
    labels: ['Incident', 'severity/High', 'service/shop'],
    url: 'https://github.com/acme/app/issues/12',
  });
});

it('keeps no text but the cause', () => {
  expect(JSON.stringify(pruneIssue(issue))).not.toMatch(/Alice|example/);
});

it('is an incident by its labels, whatever their case', () => {
  const isIncident = incidentTest(config);
  expect(isIncident({ labels: ['INCIDENT'] })).toBe(true);
  expect(isIncident({ labels: ['incident-review'] })).toBe(false);
  expect(isIncident({ labels: [] })).toBe(false);
  const byPattern = incidentTest(parseConfig("incidents: { labels: ['incident*'] }", 'bellwether.yaml'));
  expect(byPattern({ labels: ['incident-review'] })).toBe(true);
});

it('knows no service and severity where no label says them', () => {
  const row = incidentMapper(repo, config)(pruneIssue({ ...issue, closedAt: null, labels: null }));
  expect(row).toMatchObject({ service: '', severity: '', resolved_at: null, labels: [] });
});

describe('the cause', () => {
  it.each([
    ['Deployment: 1234', '1234'],
    ['caused by: v1.2.0', 'v1.2.0'],
    ['text\r\n- **Caused by:** `api@1.2.0`\r\nmore', 'api@1.2.0'],
    ['* Deployment: 0123456789abcdef0123456789abcdef01234567', '0123456789abcdef0123456789abcdef01234567'],
    ['Caused by: https://github.com/acme/app/releases/tag/api%401.2.0', 'api@1.2.0'],
    ['Caused by: <https://github.com/acme/app/commit/0123abc>', '0123abc'],
    ['Deployment: https://github.com/acme/app/actions/runs/77?check=1', '77'],
    ['Caused by: a wrong setting\nCaused by: v2.0.0', 'v2.0.0'],
  ])('in %j is %s', (text, cause) => {
    expect(readCause(text)).toBe(cause);
  });

  it.each([
    '',
    'Caused by: a wrong setting',
    'It was caused by: v1.2.0 perhaps',
    'See Deployment: v1',
    'Caused by: https://example.org/a/b',
    'Caused by: <script>alert(1)</script>',
    'Deployment:',
  ])('is none in %j', (text) => {
    expect(readCause(text)).toBeNull();
  });

  it('takes no longer for a text that was made to take long', () => {
    const before = performance.now();
    readCause(`${' *'.repeat(50_000)}deployment${'_'.repeat(50_000)}: ${'*'.repeat(50_000)}`);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

it('maps the payloads of webhooks', () => {
  const found = (
    examples as unknown as { name: string; examples: { issue: Record<string, unknown> }[] }[]
  ).find(({ name }) => name === 'issues')!.examples;
  const pageInfo = { hasNextPage: false, endCursor: null };
  for (const { issue: payload } of found) {
    const labels = (payload['labels'] ?? []) as { name: string }[];
    const node = {
      id: payload['node_id'],
      number: payload['number'],
      title: payload['title'],
      body: payload['body'] ?? '',
      url: payload['html_url'],
      createdAt: payload['created_at'],
      updatedAt: payload['updated_at'],
      closedAt: payload['closed_at'],
      labels: { totalCount: labels.length, nodes: labels.map(({ name }) => ({ name })) },
    };
    const answer = Issues.parse({ repository: { issues: { pageInfo, nodes: [node] } } });
    const row = incidentMapper(repo, config)(pruneIssue(answer.repository!.issues.nodes![0]!));
    expect(row).toMatchObject({
      incident_id: `${repo}#${String(payload['number'])}`,
      opened_at: Date.parse(String(payload['created_at'])),
      labels: labels.map(({ name }) => name),
    });
  }
  expect(found.length).toBeGreaterThan(10);
});
