import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';
import { type Answer, connectTo, scriptedGitHub, TOKEN } from './testing/scripted-github.ts';

const budget = { limit: 5000, remaining: 4000, reset: Math.floor(Date.now() / 1000) + 1800 };
const limits = { resources: { core: budget, graphql: budget } };
const classic = (scopes: string): Answer => ({ headers: { 'x-oauth-scopes': scopes }, body: limits });

describe('access', () => {
  it('of a classic token is told by its scopes', async () => {
    const server = await scriptedGitHub(() => classic('repo, workflow'));
    const { github } = connectTo(server.url);
    expect(await github.checkAccess()).toMatchObject({
      canReadContents: true,
      canReadActions: true,
      canReadMembers: false,
      isPublicOnly: false,
      missing: [{ scope: 'read:org', streams: ['teams'] }],
    });
    expect(github.pointsPerHour()).toBe(5000);
    expect(github.pointsLeft()).toBe(4000);
    expect(server.asked.map(({ path: asked }) => asked)).toEqual(['/api/v3/rate_limit']);
  });

  it('of a classic token without `repo` is to what is public', async () => {
    const server = await scriptedGitHub(() => classic('public_repo,admin:org'));
    expect(await connectTo(server.url).github.checkAccess()).toMatchObject({
      isPublicOnly: true,
      missing: [],
    });
  });

  it('of a fine-grained token is tried out', async () => {
    const forbid = (...fields: string[]): object[] =>
      fields.map((field) => ({ type: 'FORBIDDEN', message: 'no', path: ['repository', field] }));
    const server = await scriptedGitHub(({ path: asked, query }) => {
      if (asked.endsWith('/rate_limit')) return { body: limits };
      if (asked.includes('/actions/runs')) {
        return { status: 403, body: { message: 'Resource not accessible' } };
      }
      if (query.includes('MembersProbe')) return { body: { data: { organization: { id: 'O' } } } };
      return {
        body: { data: { repository: { id: 'R' } }, errors: forbid('issues', 'branchProtectionRules') },
      };
    });
    const access = await connectTo(server.url).github.checkAccess({
      organisations: ['acme'],
      repositories: ['acme/app'],
    });
    expect(access).toMatchObject({ canReadMembers: true, canReadPullRequests: true, canReadIssues: false });
    expect(access.missing).toEqual([
      { scope: 'Administration: read', streams: ['branch-rules'] },
      { scope: 'Actions: read', streams: ['builds'] },
      { scope: 'Issues: read', streams: ['incidents'] },
    ]);
  });

  it('is given by an Enterprise Server without limits', async () => {
    const headers = { 'x-oauth-scopes': 'repo, read:org' };
    const server = await scriptedGitHub(() => ({
      status: 404,
      headers,
      body: { message: 'Rate limiting is not enabled.' },
    }));
    expect(await connectTo(server.url).github.checkAccess()).toMatchObject({ missing: [] });
  });

  it.each([
    ['a wrong token', { status: 401 }, { code: 'github-auth', exitCode: 3 }],
    [
      'single sign-on',
      { status: 403, headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' } },
      { code: 'github-saml', exitCode: 3 },
    ],
    [
      'something else that speaks HTTP',
      { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' },
      { code: 'github-url' },
    ],
    ['nothing there', { status: 404, body: 'not found' }, { code: 'github-url' }],
    [
      'a sign-in page',
      { status: 302, headers: { location: 'https://login.example.org' } },
      { code: 'github-url' },
    ],
    ['a proxy that wants a password', { status: 407 }, { code: 'github-proxy' }],
  ] satisfies [string, Answer, object][])(
    'is refused with one clear error for %s',
    async (_what, answer, expected) => {
      const server = await scriptedGitHub(() => answer);
      const thrown: unknown = await connectTo(server.url)
        .github.checkAccess()
        .catch((error: unknown) => error);
      expect(thrown).toMatchObject(expected);
      expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain(TOKEN);
    },
  );

  it.each([
    ['a gateway that gave up', { status: 504 }],
    ['a broken connection', { cut: 'half' }],
    [
      'JSON that ends in the middle',
      { headers: { 'content-type': 'application/json' }, body: '{"resources":' },
    ],
  ] satisfies [string, Answer][])('is asked for again after %s', async (_what, first) => {
    const server = await scriptedGitHub((_asked, number) =>
      number === 1 ? first : classic('repo, read:org'),
    );
    expect(await connectTo(server.url).github.checkAccess()).toMatchObject({ missing: [] });
    expect(server.asked).toHaveLength(2);
  });

  it('says which of several tokens is refused', async () => {
    const server = await scriptedGitHub(({ token }) =>
      token === 'ghp_bad' ? { status: 401 } : classic('repo'),
    );
    const credentials = {
      kind: 'tokens' as const,
      tokens: ['ghp_good', 'ghp_bad'].map((value) => new Secret(value)),
    };
    await expect(connectTo(server.url, { credentials }).github.checkAccess()).rejects.toMatchObject({
      code: 'github-auth',
      exitCode: 3,
      message: expect.stringContaining('Credential 2 of 2'),
    });
  });

  it.each([
    [6_000, '6,000'],
    [5_000, '5,000'],
    // 0.99995 of 5,000 leaves a quarter of a point.
    [0.99995, '5,000'],
  ])('is refused, before anything waits, where the reserve is %d of 5,000 points', async (reserve, text) => {
    const fineGrained = { body: limits };
    const server = await scriptedGitHub(() => fineGrained);
    const { github, slept } = connectTo(server.url, { reserve });
    const question = { organisations: ['acme'], repositories: ['acme/app'] };
    await expect(github.checkAccess(question)).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: `The reserve (${text} points) leaves nothing of the limit (5,000).`,
    });
    expect(slept).toEqual([]);
  });

  it('is given where the reserve leaves a single point', async () => {
    const server = await scriptedGitHub(() => classic('repo, read:org'));
    const { github } = connectTo(server.url, { reserve: 4_999 });
    expect(await github.checkAccess()).toMatchObject({ missing: [] });
    expect(github.pointsPerHour()).toBe(1);
  });

  it('is refused where nobody listens', async () => {
    const { github } = connectTo('http://127.0.0.1:1');
    await expect(github.checkAccess()).rejects.toMatchObject({
      code: 'github-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is refused where the proxy does not answer, and says so', async () => {
    const { github } = connectTo('http://ghe.example.invalid', { env: { HTTP_PROXY: 'http://127.0.0.1:1' } });
    const thrown: unknown = await github.checkAccess().catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'github-proxy' });
  });

  it('goes through the proxy, and around it where NO_PROXY says so', async () => {
    const through: string[] = [];
    const proxy = createServer((request, response) => {
      through.push(request.url ?? '');
      response.setHeader('x-oauth-scopes', 'repo').end(JSON.stringify(limits));
    });
    proxy.on('connect', (request, socket) => {
      through.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    try {
      const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as { port: number }).port}`;
      await connectTo('http://ghe.example.invalid', { env: { HTTP_PROXY } })
        .github.checkAccess()
        .catch(() => null);
      expect(through.length).toBeGreaterThan(0);
      expect(through[0]).toContain('ghe.example.invalid');
      through.length = 0;
      const server = await scriptedGitHub(() => classic('repo'));
      await connectTo(server.url, { env: { HTTP_PROXY, NO_PROXY: '127.0.0.1' } }).github.checkAccess();
      expect(through).toEqual([]);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it('warns of a clock that is wrong', async () => {
    const date = new Date(Date.now() + 600_000).toUTCString();
    const server = await scriptedGitHub(() => ({
      ...classic('repo, read:org'),
      headers: { date, 'x-oauth-scopes': 'repo, read:org' },
    }));
    const { github, said } = connectTo(server.url);
    const { clockBehindSeconds } = await github.checkAccess();
    expect(Math.abs(clockBehindSeconds - 600)).toBeLessThan(3);
    expect(said).toEqual([expect.stringMatching(/^The clock of this machine is 10 min behind GitHub's\./)]);
  });
});
