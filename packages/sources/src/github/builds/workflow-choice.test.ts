import { parseConfig } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { productionTest, workflowReader } from './workflow-choice.ts';

const repo = 'github.com/acme/shop';
const catalogue = 'services: [{ name: checkout, repo: github.com/acme/shop, releases: [Basket] }]';

describe('what a workflow deploys', () => {
  const deployed = (workflows: string, name: string, text = ''): string | null => {
    const config = parseConfig(`{ deployments: { workflows: ${workflows} }, ${text} }`, 'bellwether.yaml');
    return workflowReader(repo, config)({ name, path: '.github/workflows/deploy-api.yml' });
  };

  it.each([
    ['[Deploy]', 'deploy', 'shop'],
    ["['Deploy*']", 'Deploy to production', 'shop'],
    ["['Deploy {service}']", 'Deploy search', 'search'],
    ["['Deploy {service}']", 'DEPLOY Basket', 'checkout'],
    ["['Deploy {service} to production']", 'Deploy search to production', 'search'],
    ["['Deploy {service}', Deploy]", 'Deploy', 'checkout'],
    // By its path, and the first pattern that fits.
    ["['.github/workflows/deploy-{service}.yml', '*']", 'Roll-out', 'api'],
    ["['*', 'Deploy {service}']", 'Deploy search', 'shop'],
  ])('by %s is, of %s, %s', (workflows, name, service) => {
    expect(deployed(workflows, name, service === 'checkout' ? catalogue : '')).toBe(service);
  });

  it.each([
    ['[]', 'Deploy'],
    ['[Deploy]', 'Deploy search'],
    ["['Deploy {service}']", 'Deploy '],
    ["['Deploy {service}']", 'Redeploy search'],
    ["['Deploy {service} to production']", 'Deploy to production'],
    ["['Deploy {service} to production']", 'Deploy search'],
  ])('by %s is, of %s, nothing', (workflows, name) => {
    expect(deployed(workflows, name)).toBeNull();
  });
});

describe('a run reaches production', () => {
  const isInProduction = productionTest(parseConfig('', 'bellwether.yaml'), 'main');

  it.each([
    ['main', 'push'],
    ['main', 'workflow_dispatch'],
    ['v1.2.0', 'release'],
    ['search@2.0.1', 'push'],
    ['hotfix/card-payments', 'workflow_dispatch'],
  ])('from %s by %s', (branch, trigger) => {
    expect(isInProduction({ branch, trigger })).toBe(true);
  });

  it.each([
    ['main', 'pull_request'],
    ['main', 'pull_request_target'],
    ['work', 'workflow_dispatch'],
    ['v1.2.0-rc.1', 'release'],
    ['nightly', 'push'],
    ['hotfix/card-payments', 'push'],
    ['hotfix/card-payments', 'pull_request'],
    ['', 'push'],
  ])('not from %j by %s', (branch, trigger) => {
    expect(isInProduction({ branch, trigger })).toBe(false);
  });
});
