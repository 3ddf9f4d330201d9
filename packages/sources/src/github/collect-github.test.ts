import {
  addCommit,
  addRepository,
  addRuleset,
  addTeam,
  addUser,
  addWorkflow,
  changeFiles,
  deleteRepository,
  joinTeam,
  leaveTeam,
  openPullRequest,
  protectBranch,
  pushToDefaultBranch,
  renameRepository,
  type Repository,
  startRun as startWorkflowRun,
  submitReview,
  type User,
} from '@bellwether/simulator';
import { personKey } from '@bellwether/core';
import {
  branchRules,
  type BuildRow,
  builds,
  codeOwners,
  commits,
  cursors,
  derivations,
  repositories,
  repositoryAliases,
  reviews,
  teamMembers,
  teams,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { mortalWarehouse, watchWarehouse } from '../testing/watched-warehouse.ts';
import type { CollectGitHubResult } from './collect-github.ts';
import type { ProbedRepository } from './discovery/api-schema.ts';
import { mapHint } from './discovery/hint.ts';
import { repositoryState } from './streams/repository.ts';
import { type SimulatedRun, startRun } from './testing/simulated-run.ts';

const HOUR = 3_600_000;
const acme = '127.0.0.1/acme';

let test: TestWarehouse;
let run: SimulatedRun;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  run = await startRun();
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await test.clear();
});

function addAda(): User {
  return addUser(
    run.world,
    { login: 'ada', name: 'Ada', email: 'ada@acme.test', timeZone: 'UTC' },
    run.now(),
  );
}

function addApp(name: string, author: User): Repository {
  const repository = addRepository(run.world, { name }, run.now());
  pushToDefaultBranch(run.world, repository, { author, authoredAt: run.now(), message: 'Begin' }, run.now());
  return repository;
}

function problems({ targets }: CollectGitHubResult): unknown[] {
  return targets.flatMap(({ target, error }) =>
    error === null ? [] : [[target, error.code, error.message]],
  );
}

async function storedNames(): Promise<string[]> {
  return (await readAll(test.warehouse, repositories)).map(({ repo }) => repo);
}

/** A build that GitHub has forgotten since: no run brings it back. */
function oldBuild(repo: string): BuildRow {
  return {
    repo,
    build_id: 'actions:7',
    attempt: 1,
    provider: 'actions',
    pipeline: '.github/workflows/ci.yml',
    pipeline_name: 'CI',
    number: 7,
    trigger: 'push',
    branch: 'main',
    sha: 'c1',
    status: 'finished',
    conclusion: 'success',
    created_at: 1_500_000_000_000,
    started_at: null,
    finished_at: null,
    url: `https://${repo}/actions/runs/7`,
  };
}

describe('collectGitHub', () => {
  it('reads what an organisation has', async () => {
    const { world } = run;
    const ada = addAda();
    const team = addTeam(world, { slug: 'core', name: 'Core' }, run.now());
    joinTeam(world, team, ada, run.now());
    const app = addRepository(world, { name: 'app', primaryLanguage: 'Go' }, run.now());
    const files = new Map([['.github/CODEOWNERS', '* @ada ops@acme.test @nobody\n/web @acme/core\n']]);
    const head = changeFiles(world, app, files, { author: ada, message: 'Begin' }, run.now());
    protectBranch(world, app, 'main', { requiredApprovingReviewCount: 2 }, run.now());
    addRuleset(world, app, { name: 'guard' }, run.now());
    expect(problems(await run.collect(test.warehouse))).toEqual([]);

    const secret = 'a secret of the tests';
    const adaKey = personKey(secret, `127.0.0.1:${ada.id}`);
    expect(await readAll(test.warehouse, repositories)).toEqual([
      {
        repo: `${acme}/app`,
        default_branch: 'main',
        head_sha: head.sha,
        is_shallow: false,
        has_paths: false,
        repo_id: `127.0.0.1:${app.id}`,
        visibility: 'private',
        is_fork: false,
        is_archived: false,
        is_gone: false,
        created_at: run.now(),
        pushed_at: run.now(),
        primary_language: 'Go',
      },
    ]);
    expect(await readAll(test.warehouse, codeOwners)).toEqual([
      {
        repo: `${acme}/app`,
        line: 1,
        pattern: '*',
        owners: [adaKey, personKey(secret, 'git:ops@acme.test')],
      },
      { repo: `${acme}/app`, line: 2, pattern: '/web', owners: ['team:acme/core'] },
    ]);
    expect(
      (await readAll(test.warehouse, branchRules))
        .map((row) => [row.origin, row.name, row.required_approvals])
        .sort(),
    ).toEqual([
      ['protection', 'main', 2],
      ['ruleset', 'guard', 1],
    ]);
    expect(await readAll(test.warehouse, teams)).toMatchObject([{ team: 'acme/core', valid_to: null }]);
    expect(await readAll(test.warehouse, teamMembers)).toEqual([
      { team: 'acme/core', person_key: adaKey, valid_from: 0, valid_to: null },
    ]);
  });

  it('closes the membership that ended and opens the one that began, when it sees them', async () => {
    const ada = addAda();
    const core = addTeam(run.world, { slug: 'core', name: 'Core' }, run.now());
    const web = addTeam(run.world, { slug: 'web', name: 'Web' }, run.now());
    addApp('app', ada);
    joinTeam(run.world, core, ada, run.now());
    await run.collect(test.warehouse);
    leaveTeam(run.world, core, ada, run.now());
    joinTeam(run.world, web, ada, run.now());
    run.passTime(24 * HOUR);
    await run.collect(test.warehouse);
    const rows = await readAll(test.warehouse, teamMembers);
    expect(rows.map(({ team, valid_from, valid_to }) => [team, valid_from, valid_to])).toEqual([
      ['acme/core', 0, run.now()],
      ['acme/web', run.now(), null],
    ]);
  });

  it('takes in new repositories by itself, and of those it chose', async () => {
    await run[Symbol.asyncDispose]();
    run = await startRun({
      configText: 'github: { repositories: { include: ["app*", "acme/web"], exclude: ["*-archive"] } }',
    });
    const ada = addAda();
    for (const name of ['app', 'app-archive', 'web', 'other']) addApp(name, ada);
    await run.collect(test.warehouse);
    expect(await storedNames()).toEqual([`${acme}/app`, `${acme}/web`]);
    addApp('app-two', ada);
    await run.collect(test.warehouse);
    expect(await storedNames()).toEqual([`${acme}/app`, `${acme}/app-two`, `${acme}/web`]);
    await run.collect(test.warehouse, { organisations: [], repositories: ['acme/other'] });
    expect(await storedNames()).toContain(`${acme}/other`);
  });

  it('leaves the others unharmed when an organisation or a repository is not there', async () => {
    addApp('app', addAda());
    const result = await run.collect(test.warehouse, {
      organisations: ['acme', 'nowhere'],
      repositories: ['acme/missing'],
    });
    expect(result.status).toBe('partial');
    expect(problems(result)).toEqual([
      ['127.0.0.1/nowhere', 'github-owner-not-found', expect.any(String)],
      [`${acme}/missing`, 'github-repository-not-found', expect.any(String)],
    ]);
    expect(await storedNames()).toEqual([`${acme}/app`]);
  });

  it('says so when an organisation shows nothing at all', async () => {
    const result = await run.collect(test.warehouse);
    expect(result.targets[0]?.error?.code).toBe('github-owner-empty');
  });

  it('refuses what is no name of a repository', async () => {
    await expect(run.collect(test.warehouse, { repositories: ['app'] })).rejects.toMatchObject({
      code: 'github-repository-name',
      exitCode: 2,
    });
  });
});

describe('a renamed repository', () => {
  it('takes along what GitHub no longer gives, and marks both names', async () => {
    const app = addApp('app', addAda());
    await run.collect(test.warehouse);
    await test.warehouse.insert(builds, [oldBuild(`${acme}/app`)]);
    renameRepository(run.world, app, 'application', run.now());
    run.passTime(HOUR);
    const before = await readAll(test.warehouse, derivations);
    const result = await run.collect(test.warehouse);
    expect(problems(result)).toEqual([]);
    expect(result.moves).toEqual([{ from: `${acme}/app`, to: `${acme}/application` }]);
    expect(await storedNames()).toEqual([`${acme}/application`]);
    expect(await readAll(test.warehouse, builds)).toEqual([
      { ...oldBuild(`${acme}/application`), url: `https://${acme}/application/actions/runs/7` },
    ]);
    expect(await readAll(test.warehouse, repositoryAliases)).toEqual([
      { repo_id: `127.0.0.1:${app.id}`, repo: `${acme}/app`, is_current: false },
      { repo_id: `127.0.0.1:${app.id}`, repo: `${acme}/application`, is_current: true },
    ]);
    const markOf = (rows: typeof before, repo: string): unknown =>
      rows.find((row) => row.repo === repo && row.side === 'domain')?.mark;
    const after = await readAll(test.warehouse, derivations);
    expect(markOf(after, `${acme}/app`)).not.toBe(markOf(before, `${acme}/app`));
    expect(markOf(after, `${acme}/application`)).toBeDefined();
  });

  it('leaves its name to a new one', async () => {
    const ada = addAda();
    const app = addApp('app', ada);
    await run.collect(test.warehouse);
    await test.warehouse.insert(builds, [oldBuild(`${acme}/app`)]);
    renameRepository(run.world, app, 'old-app', run.now());
    run.passTime(HOUR);
    addApp('app', ada);
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    expect(await storedNames()).toEqual([`${acme}/app`, `${acme}/old-app`]);
    expect((await readAll(test.warehouse, builds)).map(({ repo }) => repo)).toEqual([`${acme}/old-app`]);
  });

  it('changes names with another one', async () => {
    const ada = addAda();
    const one = addApp('one', ada);
    const two = addApp('two', ada);
    await run.collect(test.warehouse);
    await test.warehouse.insert(builds, [oldBuild(`${acme}/one`)]);
    one.name = 'two';
    two.name = 'one';
    run.passTime(HOUR);
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    const rows = await readAll(test.warehouse, repositories);
    expect(rows.map(({ repo, repo_id: id }) => [repo, id])).toEqual([
      [`${acme}/one`, `127.0.0.1:${two.id}`],
      [`${acme}/two`, `127.0.0.1:${one.id}`],
    ]);
    expect((await readAll(test.warehouse, builds)).map(({ repo }) => repo)).toEqual([`${acme}/two`]);
  });

  it('comes to the same rows when killed before any write', { timeout: 300_000 }, async () => {
    const ada = addAda();
    const one = addApp('one', ada);
    const two = addApp('two', ada);
    const rename = (): void => {
      one.name = 'two';
      two.name = 'three';
    };
    const begin = async (): Promise<void> => {
      await run.collect(test.warehouse);
      await test.warehouse.insert(builds, [oldBuild(`${acme}/one`)]);
    };
    await begin();
    rename();
    await run.collect(test.warehouse);
    const undisturbed = await test.dump();
    await test.clear();
    one.name = 'one';
    two.name = 'two';
    await begin();
    rename();
    let kills = 0;
    for (let diesAt = 1; diesAt < 200; diesAt++) {
      const result = await run.collect(mortalWarehouse(test.warehouse, diesAt)).catch(() => null);
      if (result?.status === 'ok') break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(5);
    expect(await test.dump()).toEqual(undisturbed);
  });

  it('is moved to where it was begun to be moved, even when it was renamed again since', async () => {
    const app = addApp('app', addAda());
    await run.collect(test.warehouse);
    await test.warehouse.insert(builds, [oldBuild(`${acme}/app`)]);
    renameRepository(run.world, app, 'second', run.now());
    const counts = ({ table }: { table: { name: string } }): boolean => table.name === 'builds';
    await run.collect(mortalWarehouse(test.warehouse, 2, counts)).catch(() => null);
    renameRepository(run.world, app, 'third', run.now());
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    expect(await storedNames()).toEqual([`${acme}/third`]);
    expect((await readAll(test.warehouse, builds)).map(({ repo }) => repo)).toEqual([`${acme}/third`]);
  });
});

describe('a repository that is gone', () => {
  it('counts as gone when it was missed twice, an hour apart; its rows stay', async () => {
    const ada = addAda();
    addApp('app', ada);
    const old = addApp('old', ada);
    await run.collect(test.warehouse);
    const isGone = async (): Promise<unknown> =>
      (await readAll(test.warehouse, repositories)).find(({ repo }) => repo.endsWith('/old'))?.is_gone;
    deleteRepository(run.world, old, run.now());
    const said: string[] = [];
    const talk = { info: (text: string) => void said.push(text), warn: () => {}, progress: () => {} };
    expect((await run.collect(test.warehouse, { talk })).gone).toEqual([]);
    expect(said).toContain(`${acme}/old is no longer listed. If it stays so for an hour, it counts as gone.`);
    run.passTime(HOUR / 2);
    expect((await run.collect(test.warehouse)).gone).toEqual([]);
    expect(await isGone()).toBe(false);
    run.passTime(HOUR / 2);
    expect((await run.collect(test.warehouse)).gone).toEqual([`${acme}/old`]);
    expect(await isGone()).toBe(true);
    expect((await readAll(test.warehouse, commits)).map(({ repo }) => repo)).toContain(`${acme}/old`);
    run.passTime(2 * HOUR);
    expect((await run.collect(test.warehouse)).gone).toEqual([]);

    old.isDeleted = false;
    await run.collect(test.warehouse);
    expect(await isGone()).toBe(false);
  });

  it('is not gone when it was only missed for a while', async () => {
    const ada = addAda();
    addApp('app', ada);
    const old = addApp('old', ada);
    await run.collect(test.warehouse);
    old.isDeleted = true;
    await run.collect(test.warehouse);
    old.isDeleted = false;
    run.passTime(2 * HOUR);
    await run.collect(test.warehouse);
    old.isDeleted = true;
    run.passTime(2 * HOUR);
    expect((await run.collect(test.warehouse)).gone).toEqual([]);
  });

  it('leaves its name to another one', async () => {
    const ada = addAda();
    const old = addApp('app', ada);
    await run.collect(test.warehouse);
    deleteRepository(run.world, old, run.now());
    const young = addApp('app', ada);
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    const rows = await readAll(test.warehouse, repositories);
    expect(rows.map(({ repo, repo_id: id }) => [repo, id])).toEqual([
      [`${acme}/app`, `127.0.0.1:${young.id}`],
      [`${acme}/app~${old.id}`, `127.0.0.1:${old.id}`],
    ]);
  });
});

describe('open items', () => {
  it('finds the review that did not touch its pull request', async () => {
    const ada = addAda();
    const app = addApp('app', ada);
    const parents = [app.branches.get('main')!];
    const { sha } = addCommit(run.world, app, {
      parents,
      author: ada,
      authoredAt: run.now(),
      message: 'Work',
    });
    const opened = { title: 'Work', author: ada, headBranch: 'work', commitShas: [sha], files: [] };
    const pullRequest = openPullRequest(run.world, app, opened, run.now());
    run.passTime(HOUR);
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    submitReview(
      run.world,
      pullRequest,
      { author: ada, state: 'COMMENTED', touchesUpdatedAt: false },
      run.now(),
    );
    run.passTime(HOUR);
    run.github.usage.reset();
    expect(problems(await run.collect(test.warehouse))).toEqual([]);
    expect(await readAll(test.warehouse, reviews)).toHaveLength(1);
    expect(run.github.usage.queries.get('LightPullRequests')).toEqual({ requests: 1, points: 1 });
  });
});

describe('a run with nothing new', () => {
  it(
    'over 1,500 repositories takes 60 requests at most, and as few queries of ours',
    { timeout: 120_000 },
    async () => {
      const first = addRepository(run.world, { name: 'r0' }, run.now());
      await run.collect(test.warehouse);
      const others = Array.from({ length: 1_499 }, (_, at) =>
        addRepository(run.world, { name: `r${at + 1}` }, run.now()),
      );
      await pretendCollected(first, others);

      run.passTime(HOUR);
      run.github.usage.reset();
      const { warehouse, writes, reads } = countQueries(test.warehouse);
      // Builds are asked for by REST, repository by repository, and counted apart.
      const config = run.config('github: { builds: false }');
      const result = await run.collect(warehouse, { config });
      expect(problems(result)).toEqual([]);
      // The organisation is one more.
      expect(result.targets).toHaveLength(1_501);
      expect(result.targets.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(0);
      // 1,500 repositories at 29 a page are 52 requests of a point each; one more asks who we are.
      expect(run.github.usage.requests).toBe(53);
      expect(run.github.usage.points).toBe(52);
      expect(writes).toEqual(['ops.collector_runs 1', 'ops.collector_runs 1500']);
      expect(reads()).toBeLessThan(25);
    },
  );

  it('asks each repository for its builds, is told that they are unchanged, and writes nothing', async () => {
    const first = addRepository(run.world, { name: 'r0' }, run.now());
    await run.collect(test.warehouse);
    run.passTime(HOUR);
    // Only now there is something that can be unchanged.
    await run.collect(test.warehouse);
    const others = Array.from({ length: 199 }, (_, at) =>
      addRepository(run.world, { name: `r${at + 1}` }, run.now()),
    );
    await pretendCollected(first, others);
    for (const hours of [1, 30]) {
      run.passTime(hours * HOUR);
      const { warehouse, writes, reads } = countQueries(test.warehouse);
      const result = await run.collect(warehouse);
      expect(problems(result)).toEqual([]);
      expect(result.usage).toMatchObject({ restRequests: 201, unchanged: 200 });
      // Teams are read once a day, and that has a beginning, a cursor and an end.
      const teams = ['ops.collector_runs 1', 'ops.cursors 1', 'ops.collector_runs 1'];
      const idle = ['ops.collector_runs 1'];
      expect(writes).toEqual([...(hours === 30 ? teams : idle), 'ops.collector_runs 200']);
      if (hours === 1) expect(reads()).toBeLessThan(25);
    }
  });

  it('without builds writes nothing either, and reads them all once they are wanted', async () => {
    const repository = addApp('app', addAda());
    const off = { config: run.config('github: { builds: false }') };
    await run.collect(test.warehouse, off);
    run.passTime(HOUR);
    await run.collect(test.warehouse, off);
    run.passTime(HOUR);
    const { warehouse, writes } = countQueries(test.warehouse);
    await run.collect(warehouse, off);
    expect(writes).toEqual(['ops.collector_runs 1', 'ops.collector_runs 1']);
    const workflow = addWorkflow(run.world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
    const actor = [...run.world.users.values()][0]!;
    const headSha = repository.branches.get('main')!;
    const input = {
      workflow,
      event: 'push',
      headBranch: 'main',
      headSha,
      actor,
      jobNames: ['test'],
    } as const;
    startWorkflowRun(run.world, repository, input, run.now());
    await run.collect(test.warehouse);
    expect(await readAll(test.warehouse, builds)).toHaveLength(1);
  });

  /** Collecting them for true takes minutes. Of empty repositories every cursor but that of `repository` is the same. */
  async function pretendCollected(collected: Repository, others: readonly Repository[]): Promise<void> {
    const rows = (await readAll(test.warehouse, cursors)).filter(
      ({ key }) => key === `${acme}/${collected.name}`,
    );
    await test.warehouse.insert(
      cursors,
      others.flatMap((repository) =>
        rows.map((row) => ({
          ...row,
          key: `${acme}/${repository.name}`,
          ...(row.stream === 'repository' ? { cursor: JSON.stringify({ state: stateOf(repository) }) } : {}),
        })),
      ),
    );
    await test.warehouse.insert(
      repositoryAliases,
      others.map(({ id, name }) => ({
        repo_id: `127.0.0.1:${id}`,
        repo: `${acme}/${name}`,
        is_current: true,
      })),
    );
  }

  function stateOf({ id, name, createdAt }: Repository): string {
    const none = { totalCount: 0, nodes: [] };
    const at = new Date(createdAt).toISOString();
    const probe: ProbedRepository = {
      id,
      name,
      owner: { login: 'acme' },
      visibility: 'PRIVATE',
      isFork: false,
      isArchived: false,
      isEmpty: true,
      createdAt: at,
      pushedAt: null,
      updatedAt: at,
      primaryLanguage: null,
      defaultBranchRef: null,
      pullRequests: none,
      issues: none,
      deployments: none,
      releases: none,
      refs: { totalCount: 0 },
    };
    return repositoryState({ repo: `${acme}/${name}`, hint: mapHint(probe) }, true);
  }

  function countQueries(inner: Warehouse): { warehouse: Warehouse; writes: string[]; reads: () => number } {
    const writes: string[] = [];
    let reads = 0;
    const watched = watchWarehouse(inner, {
      beforeWrite: ({ table, rows }) => {
        if (rows.length > 0) writes.push(`${table.qualified} ${rows.length}`);
      },
    });
    const warehouse: Warehouse = {
      ...watched,
      query: (sql, params) => {
        reads += 1;
        return watched.query(sql, params);
      },
      readRows: (table, columns, where) => {
        reads += 1;
        return watched.readRows(table, columns, where);
      },
    };
    return { warehouse, writes, reads: () => reads };
  }
});

describe('planGitHub', () => {
  it('says what a first collection takes, and writes nothing', async () => {
    const ada = addAda();
    addApp('app', ada);
    addRepository(run.world, { name: 'empty' }, run.now());
    const writes: string[] = [];
    const warehouse = watchWarehouse(test.warehouse, {
      beforeWrite: ({ table }) => void writes.push(table.qualified),
    });
    const plan = await run.plan(warehouse);
    expect(writes).toEqual([]);
    expect(plan.repositories).toBe(2);
    expect(plan.text).toMatch(/^2 repositories, about \d+ points, about 1 min$/);
    // CODEOWNERS of the one that has commits; two requests for the rules of each.
    expect(plan.streams.find(({ stream }) => stream === 'code-owners')).toMatchObject({
      repositories: 2,
      points: 1,
    });
    expect(plan.streams.find(({ stream }) => stream === 'branch-rules')).toMatchObject({
      repositories: 2,
      points: 4,
    });
  });

  it('knows what has nothing new, under a name that it has yet to move too', async () => {
    const config = run.config('github: { builds: false }');
    const app = addApp('app', addAda());
    // A push of this minute would be fetched again, in case that git does not show it yet.
    run.passTime(HOUR);
    await run.collect(test.warehouse);
    run.passTime(HOUR);
    expect(await run.plan(test.warehouse, { config })).toMatchObject({ currentRepositories: 1, points: 0 });
    renameRepository(run.world, app, 'application', run.now());
    const plan = await run.plan(test.warehouse, { config });
    expect(plan.streams.filter(({ repositories: count }) => count > 0).map(({ stream }) => stream)).toEqual([
      'repository',
    ]);
    expect((await readAll(test.warehouse, cursors)).every(({ key }) => !key.endsWith('application'))).toBe(
      true,
    );
  });
});
