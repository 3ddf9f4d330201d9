import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, silentTalk } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import { metricViews, runQuery } from '@bellwether/metrics';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { appendDay, buildOrganisation, type StoredOrganisation } from './build-organisation.ts';
import { beginning } from './size.ts';
import { readTruths, type ScaleTruths } from './truths.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** Derivation walks the graph of commits; the generator compares two positions on a line. They have to agree. */
describe('what derivation and metrics make of an organisation', () => {
  let root: string;
  let organisation: StoredOrganisation;
  let warehouse: Warehouse;
  let truths: ScaleTruths;

  const derive = (): ReturnType<typeof deriveChanged> =>
    deriveChanged({
      warehouse,
      rules: deriveRules(parseConfig('timeZone: Europe/Berlin', 'test')),
      talk: silentTalk,
      signal: new AbortController().signal,
    });
  const one = async (sql: string, params = {}): Promise<number> => {
    const [row] = await warehouse.query<{ found: number }>(sql, params);
    return row?.found ?? Number.NaN;
  };
  const whole = async (metric: string): Promise<number | undefined> => {
    const period = { since: beginning, until: organisation.until, grain: 'whole', timeZone: 'UTC' } as const;
    const [figure] = await runQuery(warehouse, { metric, period, filters: { bots: 'include' } });
    return figure?.n;
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'bellwether-scale-'));
    organisation = await buildOrganisation({ factor: 0.001, seed: 11, root });
    warehouse = await openWarehouse({ path: organisation.folder });
    await migrate(warehouse, { views: metricViews() });
    await derive();
    truths = await readTruths(warehouse, organisation);
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(root, { recursive: true, force: true });
  });

  it('counts every deployment to production', async () => {
    expect(truths.production_deployments).toBeGreaterThan(100);
    expect(await whole('deployment_frequency')).toBe(truths.production_deployments);
  });

  it('has a row for every pull request, and knows which were merged', async () => {
    expect(await one('SELECT count() AS found FROM facts.pull_requests FINAL')).toBe(truths.pull_requests);
    expect(await one("SELECT countIf(state = 'merged') AS found FROM facts.pull_requests FINAL")).toBe(
      truths.merged_pull_requests,
    );
    expect(await one('SELECT countIf(is_bot) AS found FROM facts.pull_requests FINAL')).toBe(
      truths.bot_pull_requests,
    );
  });

  it('finds the first deployment of each pull request, to the second', async () => {
    const delivered = `FROM facts.change_deployments FINAL
      WHERE kind = 'pull_request' AND is_primary AND NOT is_baseline AND environment_kind = 'production'
        AND repo IN {repos:Array(String)}`;
    const repos = { repos: truths.plain_repositories };
    expect(truths.delivered_pull_requests).toBeGreaterThan(500);
    expect(await one(`SELECT count() AS found ${delivered}`, repos)).toBe(truths.delivered_pull_requests);
    const seconds = `SELECT sum(dateDiff('millisecond', merged_at, deployed_at)) / 1000 AS found ${delivered}`;
    expect(await one(seconds, repos)).toBeCloseTo(truths.seconds_from_merge_to_deployment, 3);
  });

  it('counts the deployments that never arrived apart from failures', async () => {
    expect(
      await one("SELECT countIf(result = 'failure') AS found FROM facts.deployment_attempts FINAL"),
    ).toBe(truths.failed_attempts);
  });

  it('has stages that sum to the cycle, and nothing to do when nothing changed', async () => {
    const sum = ['coding', 'pickup', 'review', 'merge_wait', 'deploy']
      .map((stage) => `ifNull(${stage}_seconds, 0)`)
      .join(' + ');
    expect(await one('SELECT count(cycle_seconds) AS found FROM facts.pull_requests FINAL')).toBeGreaterThan(
      500,
    );
    expect(await one(`SELECT countIf(${sum} != cycle_seconds) AS found FROM facts.pull_requests FINAL`)).toBe(
      0,
    );
    expect(await derive()).toEqual({ repositories: 0, written: 0, removed: 0 });
  });

  it('knows as much after one more day as the generator', async () => {
    organisation = await appendDay(warehouse, organisation);
    const { repositories } = await derive();
    expect(repositories).toBeGreaterThan(0);
    const later = await readTruths(warehouse, organisation);
    expect(await whole('deployment_frequency')).toBe(later.production_deployments);
    expect(await one('SELECT count() AS found FROM facts.pull_requests FINAL')).toBe(later.pull_requests);
  });
});
