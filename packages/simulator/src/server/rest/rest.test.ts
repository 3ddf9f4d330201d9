import { describe, expect, it } from 'vitest';
import {
  addWorkflow,
  finishAttempt,
  renameRepository,
  rerun,
  startRun,
  type WorkflowRun,
} from '../../index.ts';
import { get, startTestGitHub } from '../testing/client.ts';
import { MINUTE, smallWorld, type SmallWorld, START } from '../testing/small-world.ts';

/** Runs a minute apart. */
function startRuns({ world, shop, ada }: SmallWorld, count: number): WorkflowRun[] {
  const workflow = addWorkflow(world, shop, { name: 'CI', path: '.github/workflows/ci.yml' });
  return Array.from({ length: count }, (_, index) =>
    startRun(
      world,
      shop,
      {
        workflow,
        event: 'push',
        headBranch: 'main',
        headSha: shop.branches.get('main')!,
        actor: ada,
        jobNames: ['lint', 'test'],
      },
      START + index * MINUTE,
    ),
  );
}

const RUNS = '/repos/acme/shop/actions/runs';

describe('workflow runs', () => {
  it('show what GitHub shows, the e-mail of the author included', async () => {
    const small = smallWorld();
    const [run] = startRuns(small, 1) as [WorkflowRun];
    const github = await startTestGitHub(small.world);
    const { body } = await get(github, RUNS);
    expect(body.total_count).toBe(1);
    expect(body.workflow_runs[0]).toMatchObject({
      id: run.databaseId,
      node_id: run.id,
      check_suite_node_id: run.checkSuiteId,
      name: 'CI',
      path: '.github/workflows/ci.yml',
      event: 'push',
      status: 'queued',
      conclusion: null,
      run_attempt: 1,
      created_at: '2026-01-05T09:00:00Z',
      run_started_at: '2026-01-05T09:00:00Z',
      head_branch: 'main',
      head_sha: small.shop.branches.get('main'),
      actor: { login: 'ada' },
      head_commit: { author: { email: 'ada@example.test' } },
      repository: { full_name: 'acme/shop', private: true },
    });
  });

  it('come newest first, page by page, with links', async () => {
    const small = smallWorld();
    const runs = startRuns(small, 5);
    const github = await startTestGitHub(small.world);
    const one = await get(github, `${RUNS}?per_page=2`);
    const ids = one.body.workflow_runs.map(({ id }: { id: number }) => id);
    expect(ids).toEqual([runs[4]!.databaseId, runs[3]!.databaseId]);
    expect(one.headers.get('link')).toBe(
      `<${github.restUrl}${RUNS}?per_page=2&page=2>; rel="next", <${github.restUrl}${RUNS}?per_page=2&page=3>; rel="last"`,
    );
    const last = await get(github, `${RUNS}?per_page=2&page=3`);
    expect(last.body.workflow_runs).toHaveLength(1);
    expect(last.headers.get('link')).not.toContain('rel="next"');
  });

  it('end at 1,000 as soon as a filter is given, and not without one', async () => {
    const small = smallWorld();
    startRuns(small, 1050);
    const github = await startTestGitHub(small.world);
    const filtered = `${RUNS}?per_page=100&created=${encodeURIComponent('>=2026-01-01')}`;
    const tenth = await get(github, `${filtered}&page=10`);
    expect(tenth.body).toMatchObject({ total_count: 1050 });
    expect(tenth.body.workflow_runs).toHaveLength(100);
    expect(tenth.headers.get('link')).not.toContain('rel="next"');
    expect((await get(github, `${filtered}&page=11`)).body.workflow_runs).toEqual([]);
    expect((await get(github, `${RUNS}?per_page=100&page=11`)).body.workflow_runs).toHaveLength(50);
  });

  it.each([
    // Of runs at 09:00, 09:01, 09:02, 09:03.
    ['2026-01-05', 4],
    ['2026-01-04', 0],
    ['2026-01-01..2026-01-05', 4],
    ['*..2026-01-04', 0],
    ['>=2026-01-05T09:02:00Z', 2],
    ['>2026-01-05T09:02:00Z', 1],
    ['<2026-01-05T09:02:00Z', 2],
    ['<=2026-01-05T09:02:00Z', 3],
    ['2026-01-05T09:01:00Z..2026-01-05T09:02:00Z', 2],
    ['2026-01-05T10:01:00+01:00..*', 3],
  ])('created=%s chooses %i of four', async (created, count) => {
    const small = smallWorld();
    startRuns(small, 4);
    const github = await startTestGitHub(small.world);
    const { body } = await get(github, `${RUNS}?created=${encodeURIComponent(created)}`);
    expect(body.total_count).toBe(count);
  });

  it('refuse a date that is none', async () => {
    const github = await startTestGitHub(smallWorld().world);
    expect((await get(github, `${RUNS}?created=yesterday`)).status).toBe(422);
  });

  it('keep their attempts and the jobs of each', async () => {
    const small = smallWorld();
    const [run] = startRuns(small, 1) as [WorkflowRun];
    const completedAt = START + 5 * MINUTE;
    finishAttempt(small.world, run, 'failure', [{ conclusion: 'failure', completedAt }], completedAt);
    rerun(small.world, run, START + 6 * MINUTE);
    const github = await startTestGitHub(small.world);
    const path = `${RUNS}/${run.databaseId}`;
    expect((await get(github, path)).body).toMatchObject({ run_attempt: 2, status: 'queued' });
    expect((await get(github, `${path}/attempts/1`)).body).toMatchObject({
      run_attempt: 1,
      status: 'completed',
      conclusion: 'failure',
      updated_at: '2026-01-05T09:05:00Z',
    });
    const first = await get(github, `${path}/attempts/1/jobs`);
    expect(first.body).toMatchObject({
      total_count: 2,
      jobs: [
        { name: 'lint', run_attempt: 1, conclusion: 'failure', completed_at: '2026-01-05T09:05:00Z' },
        { name: 'test', run_attempt: 1 },
      ],
    });
    expect((await get(github, `${path}/jobs`)).body.total_count).toBe(2);
    expect((await get(github, `${path}/jobs?filter=all`)).body.total_count).toBe(4);
    expect((await get(github, `${path}/attempts/3`)).status).toBe(404);
  });
});

describe('an ETag', () => {
  it('saves the body and the charge while nothing changes', async () => {
    const small = smallWorld();
    const [run] = startRuns(small, 1) as [WorkflowRun];
    const github = await startTestGitHub(small.world, { limits: {} });
    const one = await get(github, RUNS);
    const etag = one.headers.get('etag')!;
    const two = await get(github, RUNS, { 'if-none-match': etag });
    expect(two).toMatchObject({ status: 304, body: null });
    expect(two.headers.get('x-ratelimit-used')).toBe('1');
    rerun(small.world, run, START + MINUTE);
    const three = await get(github, RUNS, { 'if-none-match': etag });
    expect(three.status).toBe(200);
    expect(three.headers.get('x-ratelimit-used')).toBe('2');
    expect(github.usage).toMatchObject({ notModified: 1, restPoints: 2, restRequests: 3 });
  });
});

describe('accounts and repositories', () => {
  it('tells scopes, budget and organisation', async () => {
    const github = await startTestGitHub(smallWorld().world, { limits: {} });
    const user = await get(github, '/user');
    expect(user.body).toMatchObject({ login: 'ada', type: 'User' });
    expect(user.headers.get('x-oauth-scopes')).toBe('repo, read:org, read:user');
    expect((await get(github, '/orgs/acme')).body.login).toBe('acme');
    expect((await get(github, '/orgs/other')).status).toBe(404);
    expect((await get(github, '/meta')).body.installed_version).toMatch(/^3\./);
    // The four requests above, the 404 among them; asking for the budget is free.
    expect((await get(github, '/rate_limit')).body.resources).toMatchObject({
      core: { limit: 5000, used: 4 },
      graphql: { limit: 5000, used: 0 },
    });
  });

  it('redirects from a former name', async () => {
    const { world, shop } = smallWorld();
    renameRepository(world, shop, 'store', START + MINUTE);
    const github = await startTestGitHub(world);
    const moved = await get(github, '/repos/acme/shop/actions/runs?per_page=5');
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe(
      `${github.restUrl}/repositories/${shop.databaseId}/actions/runs?per_page=5`,
    );
    const followed = await fetch(`${github.restUrl}/repos/acme/shop`, {
      headers: { authorization: 'token ghp_test' },
    });
    expect(await followed.json()).toMatchObject({ full_name: 'acme/store', default_branch: 'main' });
  });

  it('shouts at a path that is not simulated', async () => {
    const github = await startTestGitHub(smallWorld().world);
    expect(await get(github, '/repos/acme/shop/pulls')).toMatchObject({
      status: 501,
      body: { message: 'not simulated: /api/v3/repos/acme/shop/pulls' },
    });
  });
});
