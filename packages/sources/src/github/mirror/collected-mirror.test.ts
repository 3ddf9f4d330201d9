import { readdir } from 'node:fs/promises';
import {
  addCommit,
  addRepository,
  addUser,
  openPullRequest,
  pushToDefaultBranch,
  type Repository,
} from '@bellwether/simulator';
import { commits } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { type SimulatedRun, startRun } from '../testing/simulated-run.ts';

let test: TestWarehouse;
let run: SimulatedRun;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  run = await startRun();
});
afterEach(async () => {
  await run[Symbol.asyncDispose]();
  await test.clear();
});

/** A commit on the default branch, and one on a branch of work that only git shows. */
function addWork(name: string): Repository {
  const { world } = run;
  const at = run.now();
  const person = { login: `ada-${name}`, name: 'Ada', email: `ada@${name}.test`, timeZone: 'UTC' };
  const author = addUser(world, person, at);
  const repository = addRepository(world, { name }, at);
  const begun = { author, authoredAt: at, message: 'Begin' };
  const { sha: base } = pushToDefaultBranch(world, repository, begun, at);
  const { sha } = addCommit(world, repository, {
    parents: [base],
    author,
    authoredAt: at,
    message: 'Work',
  });
  const opened = { title: 'Work', author, headBranch: 'work', commitShas: [sha], files: [] };
  openPullRequest(world, repository, opened, at);
  return repository;
}

async function storedShas(): Promise<string[]> {
  return (await readAll(test.warehouse, commits)).map(({ sha }) => sha).sort();
}

it('brings the commits of all branches over HTTP, and none by queries', async () => {
  const app = addWork('app');
  await run.publish();
  const result = await run.collect(test.warehouse, { mirrorRoot: run.mirrorRoot });
  expect(result.targets.map(({ error }) => error)).toEqual([null, null]);
  expect(await storedShas()).toEqual([...app.commits.keys()].sort());
  expect(app.commits.size).toBe(2);
  expect(run.github.usage.queries.get('CommitHistory')).toBeUndefined();
  const files = await readdir(run.mirrorRoot, { recursive: true });
  expect(files.filter((file) => file.endsWith('mirror.git'))).toHaveLength(1);
  expect(files.some((file) => file.endsWith('.pack'))).toBe(true);
});

it('that git may not fetch is told of once, and its commits come by queries', async () => {
  // Nothing is published: git is refused what GitHub shows otherwise.
  const repositories = [addWork('app'), addWork('web'), addWork('lib')];
  const warnings: string[] = [];
  const talk = { info: () => {}, progress: () => {}, warn: (text: string) => void warnings.push(text) };
  const result = await run.collect(test.warehouse, { mirrorRoot: run.mirrorRoot, talk });
  expect(result.status).toBe('ok');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^git may not fetch 127\.0\.0\.1\/acme\/\w+ with this token, so commits come by queries/,
  );
  expect(await storedShas()).toEqual(repositories.map(({ branches }) => branches.get('main')!).sort());
});
