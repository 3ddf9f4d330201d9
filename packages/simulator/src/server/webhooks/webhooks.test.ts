import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@octokit/webhooks-methods';
import { expect, describe, it, onTestFinished } from 'vitest';
import {
  addDeploymentStatus,
  addWorkflow,
  createDeployment,
  deliver,
  deploymentStatusEvent,
  mergePullRequest,
  type PullRequest,
  pullRequestEvent,
  pushEvent,
  startRun,
  workflowJobEvent,
  workflowRunEvent,
} from '../../index.ts';
import { readBody } from '../http/read-body.ts';
import { MINUTE, openPullRequests, smallWorld, START } from '../testing/small-world.ts';

const origin = 'http://127.0.0.1:1';

describe('deliver', () => {
  it('posts with the headers of GitHub and a signature over the very bytes', async () => {
    const small = smallWorld();
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((incoming, response) => {
      void readBody(incoming).then((body) => {
        received.push({ headers: incoming.headers, body });
        response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const { port } = server.address() as AddressInfo;
    const event = pullRequestEvent({ world: small.world, origin }, small.shop, pullRequest, 'opened');
    const status = await deliver(`http://127.0.0.1:${port}/hook`, event, {
      secret: 'hush',
      id: 'delivery-1',
    });
    expect(status).toBe(202);
    const { headers, body } = received[0]!;
    expect(headers).toMatchObject({ 'x-github-event': 'pull_request', 'x-github-delivery': 'delivery-1' });
    const signature = String(headers['x-hub-signature-256']);
    expect(await verify('hush', body, signature)).toBe(true);
    expect(await verify('hush', `${body} `, signature)).toBe(false);
    expect(JSON.parse(body)).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: { node_id: pullRequest.id, state: 'open', merged: false },
      repository: { full_name: 'acme/shop' },
      sender: { login: 'ada' },
    });
  });
});

describe('payloads', () => {
  it('of a merged pull request and its push', () => {
    const small = smallWorld();
    const { world, shop, bob } = small;
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    const before = shop.branches.get('main')!;
    const gained = mergePullRequest(
      world,
      shop,
      pullRequest,
      { method: 'squash', actor: bob },
      START + 2 * MINUTE,
    );
    const place = { world, origin };
    expect(pullRequestEvent(place, shop, pullRequest, 'closed').payload).toMatchObject({
      pull_request: { state: 'closed', merged: true, merged_at: '2026-01-05T09:02:00Z' },
    });
    const commits = gained.map((sha) => shop.commits.get(sha)!);
    expect(
      pushEvent(place, shop, { branch: 'main', before, commits, pusherId: bob.id }).payload,
    ).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after: gained[0],
      commits: [{ id: gained[0], timestamp: '2026-01-05T09:02:00Z' }],
      pusher: { name: 'bob' },
    });
  });

  it('of a run, its job and a deployment', () => {
    const { world, shop, ada } = smallWorld();
    const workflow = addWorkflow(world, shop, { name: 'CI', path: '.github/workflows/ci.yml' });
    const headSha = shop.branches.get('main')!;
    const input = {
      workflow,
      event: 'push',
      headBranch: 'main',
      headSha,
      actor: ada,
      jobNames: ['test'],
    } as const;
    const workflowRun = startRun(world, shop, input, START);
    const place = { world, origin };
    expect(workflowRunEvent(place, shop, workflowRun, 'requested').payload).toMatchObject({
      action: 'requested',
      workflow_run: { id: workflowRun.databaseId, head_sha: headSha },
      workflow: { name: 'CI' },
    });
    const attempt = workflowRun.attempts[0]!;
    const job = attempt.jobs[0]!;
    expect(workflowJobEvent(place, shop, { run: workflowRun, attempt, job }, 'queued').payload).toMatchObject(
      {
        workflow_job: { run_id: workflowRun.databaseId, run_attempt: 1, name: 'test', status: 'queued' },
      },
    );
    const request = { commitSha: headSha, ref: 'main', environment: 'production', creator: ada };
    const deployment = createDeployment(world, shop, request, START);
    const status = addDeploymentStatus(world, deployment, 'SUCCESS', ada.id, START + MINUTE);
    expect(deploymentStatusEvent(place, shop, deployment, status).payload).toMatchObject({
      deployment_status: { state: 'success', created_at: '2026-01-05T09:01:00Z' },
      deployment: { sha: headSha, environment: 'production' },
    });
  });
});
