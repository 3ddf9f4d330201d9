import {
  addRepository,
  addTeam,
  addUser,
  addWorkflow,
  allPermissions,
  changeFiles,
  createDeployment,
  createRelease,
  finishAttempt,
  joinTeam,
  openIssue,
  openPullRequest,
  type Permission,
  type Permissions,
  protectBranch,
  setTag,
  startRun as startWorkflowRun,
} from '@bellwether/simulator';
import { truncations } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Dump, openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { watchWarehouse } from '../testing/watched-warehouse.ts';
import type { CollectGitHubResult } from './collect-github.ts';
import { type SimulatedRun, startRun } from './testing/simulated-run.ts';

const HOUR = 3_600_000;
const app = '127.0.0.1/acme/app';

let test: TestWarehouse;
let run: SimulatedRun | null = null;
let whole: Dump;
beforeAll(async () => {
  test = await openTestWarehouse();
  run = await startAll(allPermissions);
  await run.collect(test.warehouse);
  whole = await test.dump();
  await finish();
});
afterEach(finish);
afterAll(() => test[Symbol.asyncDispose]());

async function finish(): Promise<void> {
  await run?.[Symbol.asyncDispose]();
  run = null;
  await test.clear();
}

function lacking(...permissions: Permission[]): Permissions {
  return Object.fromEntries(
    Object.entries(allPermissions).filter(([name]) => !permissions.some((each) => each === name)),
  );
}

/** One repository with one of everything. */
async function startAll(permissions: Permissions, visibility: 'PRIVATE' | 'PUBLIC' = 'PRIVATE') {
  const started = await startRun({ permissions });
  const { world } = started;
  const at = started.now();
  const ada = addUser(world, { login: 'ada', name: 'Ada', email: 'ada@acme.test', timeZone: 'UTC' }, at);
  const repository = addRepository(world, { name: 'app', visibility }, at);
  const files = new Map([['CODEOWNERS', '* @ada\n']]);
  const { sha } = changeFiles(world, repository, files, { author: ada, message: 'Begin' }, at);
  const opened = { title: 'Work', author: ada, headBranch: 'work', commitShas: [sha], files: [] };
  openPullRequest(world, repository, opened, at);
  openIssue(world, repository, { title: 'Down', author: ada, labels: ['incident'] }, at);
  createDeployment(
    world,
    repository,
    { commitSha: sha, ref: 'main', environment: 'production', creator: ada },
    at,
  );
  setTag(world, repository, { name: 'v1.0.0', commitSha: sha, annotation: null }, at);
  createRelease(world, repository, { tagName: 'v1.0.0', author: ada }, at);
  protectBranch(world, repository, 'main', { requiredApprovingReviewCount: 1 }, at);
  const workflow = addWorkflow(world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
  const ci = startWorkflowRun(
    world,
    repository,
    { workflow, event: 'push', headBranch: 'main', headSha: sha, actor: ada, jobNames: ['test'] },
    at,
  );
  finishAttempt(world, ci, 'success', [], at);
  joinTeam(world, addTeam(world, { slug: 'core', name: 'Core' }, at), ada, at);
  return started;
}

/** Rows by table; of deployments by signal, because three streams write them. People are whom the streams met. */
function parts(dump: Dump): Map<string, readonly object[]> {
  const found = new Map<string, readonly object[]>();
  // Each simulated GitHub listens on another port.
  const portless = JSON.parse(JSON.stringify(dump).replace(/127\.0\.0\.1:\d+\//g, '127.0.0.1/')) as Dump;
  for (const [table, rows] of Object.entries(portless)) {
    if (table.startsWith('private.') || table === 'ops.truncations' || table === 'domain.people') continue;
    if (table !== 'domain.deployments') found.set(table, rows);
    else {
      for (const row of rows as { signal: string }[]) {
        const name = `${table} ${row.signal}`;
        found.set(name, [...(found.get(name) ?? []), row]);
      }
    }
  }
  return found;
}

/** The parts of which nothing was collected, after making sure that of all others everything was. */
async function lost(): Promise<string[]> {
  const [all, some] = [parts(whole), parts(await test.dump())];
  const missing = [...all].filter(([name, rows]) => rows.length > 0 && (some.get(name) ?? []).length === 0);
  const names = missing.map(([name]) => name.replace('domain.', ''));
  for (const [name, rows] of all) {
    if (!names.includes(name.replace('domain.', ''))) expect(some.get(name), name).toEqual(rows);
  }
  return names.sort();
}

async function gaps(): Promise<string[]> {
  const rows = await readAll(test.warehouse, truncations);
  return rows.map(({ stream, entity, reason }) => `${stream}: ${entity}: ${reason}`).sort();
}

function problems({ targets }: CollectGitHubResult): unknown[] {
  return targets.flatMap(({ target, error }) => (error === null ? [] : [[target, error.code]]));
}

const cases: [Permission, string[], string[]][] = [
  [
    'pull_requests',
    ['pull_requests', 'pull_request_events', 'reviews', 'review_requests'],
    ['pull-requests: pull requests: no-permission'],
  ],
  ['deployments', ['deployments deployment'], ['deployments: deployments: no-permission']],
  ['issues', ['incidents'], ['incidents: incidents: no-permission']],
  ['actions', ['builds', 'build_jobs'], ['builds: builds: no-permission']],
  ['members', ['teams', 'team_members'], ['teams: teams: no-permission']],
  ['administration', ['branch_rules'], ['branch-rules: protections: no-permission']],
];

describe('a token without the permission', () => {
  it.each(cases)(
    '%s loses what it is for, says so once, and nothing else',
    async (permission, tables, said) => {
      run = await startAll(lacking(permission));
      expect(problems(await run.collect(test.warehouse))).toEqual([]);
      const filled = new Set([...parts(whole)].filter(([, rows]) => rows.length > 0).map(([name]) => name));
      expect(await lost()).toEqual(tables.filter((table) => filled.has(`domain.${table}`)).sort());
      expect(await gaps()).toEqual(said);

      // What was read in the minute in which it changed is looked at once more.
      run.passTime(HOUR);
      await run.collect(test.warehouse);
      run.passTime(HOUR);
      const writes: string[] = [];
      const warehouse = watchWarehouse(test.warehouse, {
        beforeWrite: ({ table, rows }) => {
          if (rows.length > 0) writes.push(table.qualified);
        },
      });
      await run.collect(warehouse);
      expect(new Set(writes)).toEqual(new Set(['ops.collector_runs']));
    },
  );

  it('contents has neither commits nor tags, releases and code owners', async () => {
    run = await startAll(lacking('contents'));
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    const rest = parts(await test.dump());
    expect(rest.get('domain.commits')).toEqual([]);
    expect(rest.get('domain.code_owners')).toEqual([]);
    expect([...rest.keys()].filter((name) => name.startsWith('domain.deployments'))).toEqual([
      'domain.deployments deployment',
    ]);
    for (const table of ['pull_requests', 'incidents', 'builds', 'build_jobs', 'branch_rules', 'teams']) {
      expect(rest.get(`domain.${table}`), table).toEqual(parts(whole).get(`domain.${table}`));
    }
    expect(rest.get('domain.repositories')).toMatchObject([
      { repo: app, default_branch: 'main', head_sha: null },
    ]);
    expect(await gaps()).toEqual([
      'code-owners: code owners: no-permission',
      'commits: commits: no-permission',
      'releases: releases: no-permission',
      'tags: tags: no-permission',
    ]);
  });

  it('for anything but metadata still has its repositories', async () => {
    run = await startAll({ metadata: 'read' });
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    expect((await test.dump())['domain.repositories']).toHaveLength(1);
    // Eight streams, of the repository and the organisation, and the two that are asked each time.
    expect(await gaps()).toHaveLength(10);
  });

  it('reads what it may as soon as it may, and goes on where it was when it may not any more', async () => {
    const permissions: Permissions = { ...allPermissions };
    run = await startAll(permissions);
    delete permissions.deployments;
    await run.collect(test.warehouse);
    expect(await lost()).toEqual(['deployments deployment']);
    permissions.deployments = 'read';
    run.passTime(HOUR);
    await run.collect(test.warehouse);
    expect(await lost()).toEqual([]);
    expect(await gaps()).toEqual([]);

    delete permissions.deployments;
    run.passTime(HOUR);
    await run.collect(test.warehouse);
    expect(await lost()).toEqual([]);
    expect(await gaps()).toEqual(['deployments: deployments: no-permission']);
    permissions.deployments = 'read';
    run.passTime(HOUR);
    run.github.usage.reset();
    await run.collect(test.warehouse);
    expect(await gaps()).toEqual([]);
    expect(run.github.usage.queries.get('Deployments')?.requests ?? 0).toBeLessThanOrEqual(1);
  });

  it('asks once a run for what it may not read, however many repositories there are', async () => {
    run = await startAll(lacking('deployments', 'issues'));
    for (let at = 0; at < 60; at++) addRepository(run.world, { name: `r${at}` }, run.now());
    await run.plan(test.warehouse);
    // 61 repositories are three pages; the first is asked for once more for each permission, because of several fields
    // that take the same repository along only one is named.
    expect(run.github.usage.queries.get('OrganisationProbe')).toEqual({ requests: 5, points: 5 });
  });

  it('reads of public repositories what everybody may', async () => {
    run = await startAll(lacking('deployments'), 'PUBLIC');
    for (let at = 0; at < 40; at++) addRepository(run.world, { name: `r${at}` }, run.now());
    addRepository(run.world, { name: 'late', visibility: 'PUBLIC' }, run.now());
    for (let at = 40; at < 60; at++) addRepository(run.world, { name: `r${at}` }, run.now());
    const config = run.config('github: { repositories: { include: [app, late, r1, r59] } }');
    expect(problems(await run.collect(test.warehouse, { config }))).toEqual([]);
    const rows = await readAll(test.warehouse, truncations);
    const unread = rows.filter(({ stream }) => stream === 'deployments').map(({ repo }) => repo);
    expect(unread).toEqual(['127.0.0.1/acme/r1', '127.0.0.1/acme/r59']);
    expect((await test.dump())['domain.deployments']).toContainEqual(
      expect.objectContaining({ repo: app, signal: 'deployment' }),
    );
  });

  it('reads a repository that was named', async () => {
    run = await startAll(lacking('deployments', 'pull_requests'));
    const result = await run.collect(test.warehouse, { organisations: [], repositories: ['acme/app'] });
    expect(problems(result)).toEqual([]);
    expect((await test.dump())['domain.incidents']).toHaveLength(1);
    expect(await gaps()).toEqual([
      'deployments: deployments: no-permission',
      'pull-requests: pull requests: no-permission',
    ]);
  });
});
