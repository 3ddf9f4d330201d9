import { describe, expect, it } from 'vitest';
import { comment, type PullRequest } from '../index.ts';
import { ask, get, startTestGitHub } from './testing/client.ts';
import { MINUTE, openPullRequests, smallWorld, START } from './testing/small-world.ts';

const titles =
  '{ repository(owner: "acme", name: "shop") { pullRequests(first: 5) { nodes { updatedAt } } } }';

describe('startGitHub', () => {
  it('shows the world as it is at each request', async () => {
    const small = smallWorld();
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    let minute = 10;
    const github = await startTestGitHub(small.world, {
      hooks: { onRequest: () => comment(small.world, pullRequest, START + minute++ * MINUTE) },
    });
    const updated = async (): Promise<string> =>
      (await ask(github, titles)).data.repository.pullRequests.nodes[0].updatedAt;
    expect(await updated()).toBe('2026-01-05T09:10:00Z');
    expect(await updated()).toBe('2026-01-05T09:11:00Z');
    github.hooks = {};
    expect(await updated()).toBe('2026-01-05T09:11:00Z');
  });

  it('answers recorded pages from memory, without limits, faults or charges', async () => {
    const small = smallWorld();
    openPullRequests(small, 2);
    const github = await startTestGitHub(small.world);
    const pages = github.recordPages();
    const truth = await ask(github, titles);
    expect(pages.size).toBe(1);
    github.setFaults({ internalError: 1 });
    github.servePages(pages);
    github.usage.reset();
    expect((await ask(github, titles)).data).toEqual(truth.data);
    expect(github.usage).toMatchObject({ requests: 1, points: 0 });
    // What was not recorded is answered as ever.
    expect((await ask(github, '{ viewer { login } }')).errors).toHaveLength(1);
    github.servePages(null);
    expect((await ask(github, titles)).errors).toHaveLength(1);
  });

  it('counts what was asked', async () => {
    const github = await startTestGitHub(smallWorld().world);
    await ask(github, 'query Me { viewer { login } }');
    await ask(github, 'query Me { viewer { login } }');
    await get(github, '/user');
    expect(github.usage).toMatchObject({
      requests: 3,
      graphqlRequests: 2,
      restRequests: 1,
      points: 2,
      maxConcurrency: 1,
    });
    expect(github.usage.queries).toEqual(new Map([['Me', { requests: 2, points: 2 }]]));
    expect(github.usage.routes).toEqual(new Map([['GET /user', 1]]));
  });

  it('calls its own bugs by their name', async () => {
    const github = await startTestGitHub(smallWorld().world, {
      hooks: { onRequest: () => Promise.reject(new Error('broken hook')) },
    });
    expect(await get(github, '/user')).toMatchObject({
      status: 501,
      body: { message: 'The simulator failed: broken hook' },
    });
  });

  it('is gone after close', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { url } = github;
    await github.close();
    await expect(fetch(url)).rejects.toThrow();
    // The end of the test closes it once more, which must not hurt.
  });
});
