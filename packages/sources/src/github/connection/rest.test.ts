import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Secret } from './secret.ts';
import { type Answer, connectTo, scriptedGitHub, TOKEN } from './testing/scripted-github.ts';

const schema = z.object({ total: z.number() });
const request = { path: '/repos/acme/app/actions/runs', schema };

describe('a REST resource', () => {
  it('comes with its tag and whether there are more pages', async () => {
    const headers = { etag: 'W/"1"', link: '<http://x/2>; rel="next", <http://x/9>; rel="last"' };
    const server = await scriptedGitHub(() => ({ headers, body: { total: 3 } }));
    const { github } = connectTo(server.url);
    expect(
      await github.get({ ...request, query: { per_page: 100, created: '2026-01-01..2026-01-31' } }),
    ).toEqual({
      kind: 'ok',
      body: { total: 3 },
      etag: 'W/"1"',
      hasNextPage: true,
    });
    expect(server.asked[0]?.path).toBe(
      '/api/v3/repos/acme/app/actions/runs?per_page=100&created=2026-01-01..2026-01-31',
    );
  });

  it('costs nothing when it is unchanged', async () => {
    const server = await scriptedGitHub(({ headers }) =>
      headers['if-none-match'] === 'W/"1"' ? { status: 304 } : { status: 500 },
    );
    const { github } = connectTo(server.url);
    expect(await github.get({ ...request, etag: 'W/"1"' })).toEqual({ kind: 'unchanged' });
    expect(github.usage()).toEqual({ requests: 1, points: 0, restRequests: 1, unchanged: 1 });
  });

  it.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [403, 'forbidden'],
  ])('with status %i is %s', async (status, kind) => {
    const server = await scriptedGitHub(() => ({ status, body: { message: 'No' } }));
    expect(await connectTo(server.url).github.get(request)).toEqual({ kind });
  });

  it('is found where a renamed repository moved to', async () => {
    const server = await scriptedGitHub(({ path }) =>
      path.startsWith('/api/v3/repositories/7/')
        ? { body: { total: 1 } }
        : { status: 301, headers: { location: '/api/v3/repositories/7/actions/runs' } },
    );
    expect(await connectTo(server.url).github.get(request)).toMatchObject({ kind: 'ok', body: { total: 1 } });
  });

  it('is not looked for on another machine, and the token does not go there', async () => {
    const elsewhere = await scriptedGitHub(() => ({ body: { total: 1 } }));
    const location = `${elsewhere.url}/api/v3/repos/acme/app/actions/runs`;
    const server = await scriptedGitHub(() => ({ status: 302, headers: { location } }));
    await expect(connectTo(server.url).github.get(request)).rejects.toMatchObject({
      code: 'github-schema',
      message: 'GitHub answered GET /repos/…/…/actions/runs otherwise than documented: it sends elsewhere.',
    });
    expect(elsewhere.asked).toEqual([]);
  });

  it('does not lead round in circles', async () => {
    const server = await scriptedGitHub(({ path }) => ({ status: 302, headers: { location: path } }));
    await expect(connectTo(server.url).github.get(request)).rejects.toMatchObject({ code: 'github-schema' });
    expect(server.asked).toHaveLength(4);
  });

  it.each([
    ['502', { status: 502 }],
    ['500', { status: 500 }],
    ['broken JSON', { body: '{' }],
    ['a secondary limit', { status: 403, body: { message: 'You have exceeded a secondary rate limit' } }],
  ] satisfies [string, Answer][])('survives %s', async (_what, bad) => {
    const server = await scriptedGitHub((_asked, number) => (number < 3 ? bad : { body: { total: 2 } }));
    expect(await connectTo(server.url).github.get(request)).toMatchObject({ kind: 'ok', body: { total: 2 } });
  });

  it('of another shape is an error without its values', async () => {
    const server = await scriptedGitHub(() => ({ body: { total: 'many secrets' } }));
    await expect(connectTo(server.url).github.get(request)).rejects.toMatchObject({
      code: 'github-schema',
      message:
        'GitHub answered GET /repos/…/…/actions/runs otherwise than documented, at total: number expected, string found.',
    });
  });

  it('is read packed, and refused when it is larger than allowed', async () => {
    const text = JSON.stringify({ total: 5, filler: 'x'.repeat(100_000) });
    const { createServer } = await import('node:http');
    const packed = gzipSync(text);
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
      expect(await connectTo(url).github.get(request)).toMatchObject({ body: { total: 5 } });
      const small = connectTo(url, { timeouts: { maxBytes: 50_000 } });
      await expect(small.github.get(request)).rejects.toMatchObject({ code: 'github-too-heavy' });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('several tokens', () => {
  const two = {
    credentials: { kind: 'tokens' as const, tokens: [new Secret('ghp_one'), new Secret('ghp_two')] },
  };
  const left = (remaining: number, reset = 3600): Record<string, string> => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + reset),
  });

  it('are used by what is left to each', async () => {
    const remaining: Record<string, number> = { ghp_one: 100, ghp_two: 4000 };
    const server = await scriptedGitHub(({ token }) => ({
      headers: left(remaining[token]!--),
      body: { total: 1 },
    }));
    const { github } = connectTo(server.url, two);
    for (let time = 0; time < 6; time++) await github.get(request);
    expect(server.asked.map(({ token }) => token)).toEqual(['ghp_one', ...Array<string>(5).fill('ghp_two')]);
  });

  it('stand in for each other when one is used up', async () => {
    const server = await scriptedGitHub(({ token }) =>
      token === 'ghp_one'
        ? { status: 403, headers: left(0), body: {} }
        : { headers: left(50), body: { total: 1 } },
    );
    const { github, slept } = connectTo(server.url, two);
    expect(await github.get(request)).toMatchObject({ kind: 'ok' });
    expect(slept).toEqual([]);
  });

  it('are not asked again for what they do not see', async () => {
    const server = await scriptedGitHub(({ token, path }) =>
      path.includes('/beta/') && token === 'ghp_one' ? { status: 404 } : { body: { total: 1 } },
    );
    const { github } = connectTo(server.url, two);
    const beta = { ...request, path: '/repos/beta/app/actions/runs' };
    for (let time = 0; time < 3; time++) expect(await github.get(beta)).toMatchObject({ kind: 'ok' });
    expect(server.asked.map(({ token }) => token)).toEqual(['ghp_one', 'ghp_two', 'ghp_two', 'ghp_two']);
  });

  it('all blind make it a thing that is not there', async () => {
    const server = await scriptedGitHub(() => ({ status: 404 }));
    expect(await connectTo(server.url, two).github.get(request)).toEqual({ kind: 'not-found' });
    // Each once, and once more: what is missing for a moment is not missing.
    expect(server.asked.map(({ token }) => token)).toEqual(['ghp_one', 'ghp_two', 'ghp_one']);
  });
});

describe('the token', () => {
  it('is sent as such, with who asks', async () => {
    const server = await scriptedGitHub(() => ({ body: { total: 1 } }));
    await connectTo(server.url, { userAgent: 'bellwether/9' }).github.get(request);
    expect(server.asked[0]).toMatchObject({ token: TOKEN, headers: { 'user-agent': 'bellwether/9' } });
  });
});
