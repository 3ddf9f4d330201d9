import { generateKeyPairSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressesOf } from './addresses.ts';
import { readCredentials, requireCredentials } from './credentials.ts';
import { Secret } from './secret.ts';
import { type Answer, type Asked, connectTo, scriptedGitHub, TOKEN } from './testing/scripted-github.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const budget = { limit: 5000, remaining: 4000, reset: Math.floor(Date.now() / 1000) + 1800 };
const limits = { resources: { core: budget, graphql: budget } };
const classic = (scopes: string): Answer => ({ headers: { 'x-oauth-scopes': scopes }, body: limits });

describe('addresses', () => {
  it.each([
    ['https://github.com', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://www.github.com/', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://api.github.com', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://acme.ghe.com', 'acme.ghe.com', 'https://api.acme.ghe.com', 'https://api.acme.ghe.com/graphql'],
    [
      'https://Git.Acme.org:8443/',
      'git.acme.org',
      'https://git.acme.org:8443/api/v3',
      'https://git.acme.org:8443/api/graphql',
    ],
  ])('of %s', (url, host, rest, graphql) => {
    const addresses = addressesOf(url);
    expect([addresses.host, addresses.rest, addresses.graphql.href]).toEqual([host, rest, graphql]);
  });

  it.each(['github.com', 'ftp://github.com', 'https://ada:ghp_secret@github.com'])('refuse %s', (url) => {
    expect(() => addressesOf(url)).toThrow(expect.objectContaining({ code: 'github-url' }));
    expect(() => addressesOf(url)).not.toThrow(/ghp_secret/);
  });
});

describe('credentials in the environment', () => {
  const tokensOf = (env: Record<string, string>): string[] => {
    const found = readCredentials(env);
    return found?.kind === 'tokens' ? found.tokens.map((token) => token.reveal()) : [];
  };

  it('are a GitHub App before several tokens before one', () => {
    expect(tokensOf({ GITHUB_TOKEN: ' a ', GH_TOKEN: 'b' })).toEqual(['a']);
    expect(tokensOf({ GITHUB_TOKEN: '', GH_TOKEN: 'b' })).toEqual(['b']);
    expect(tokensOf({ GITHUB_TOKEN: 'a', BELLWETHER_GITHUB_TOKENS: 'c, d,,c' })).toEqual(['c', 'd']);
    expect(
      readCredentials({
        GITHUB_TOKEN: 'a',
        BELLWETHER_GITHUB_APP_ID: '7',
        BELLWETHER_GITHUB_APP_KEY: privateKey,
      }),
    ).toMatchObject({ kind: 'app', appId: '7' });
    expect(readCredentials({})).toBeNull();
  });

  it('hold the key as text, in one line, in base64 or in a file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'app-key-'));
    const file = path.join(folder, 'key.pem');
    writeFileSync(file, privateKey);
    for (const given of [
      { BELLWETHER_GITHUB_APP_KEY: privateKey },
      { BELLWETHER_GITHUB_APP_KEY: privateKey.replaceAll('\n', '\\n') },
      { BELLWETHER_GITHUB_APP_KEY: Buffer.from(privateKey).toString('base64') },
      { BELLWETHER_GITHUB_APP_KEY_FILE: file },
    ]) {
      const found = readCredentials({ BELLWETHER_GITHUB_APP_ID: '7', ...given });
      expect(found?.kind === 'app' ? found.key.reveal().trim() : null).toBe(privateKey.trim());
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    [{}, 'github-no-token'],
    [{ GITHUB_TOKEN: 'ghp_secret with blanks' }, 'github-token-malformed'],
    [{ BELLWETHER_GITHUB_APP_ID: '7' }, 'github-app-key'],
    [{ BELLWETHER_GITHUB_APP_ID: '7', BELLWETHER_GITHUB_APP_KEY: 'ghp_secret' }, 'github-app-key'],
    [
      { BELLWETHER_GITHUB_APP_ID: '7', BELLWETHER_GITHUB_APP_KEY_FILE: '/nowhere/ghp_secret' },
      'github-app-key',
    ],
  ])('%j are refused with exit code 3', (env, code) => {
    let thrown: unknown;
    try {
      requireCredentials(env);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, exitCode: 3 });
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('ghp_secret');
  });

  it('show themselves to nobody', () => {
    const shown = new Secret(TOKEN);
    expect(
      [String(shown), JSON.stringify({ shown }), inspect({ shown }, { showHidden: true, depth: 10 })].join(),
    ).not.toContain(TOKEN);
  });
});

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

describe('a GitHub App', () => {
  const body = { path: '/repos/acme/app', schema: z.object({ ok: z.boolean() }) };
  const credentials = { kind: 'app' as const, appId: '7', key: new Secret(privateKey) };
  const installations = [
    {
      id: 1,
      account: { login: 'Acme' },
      permissions: { contents: 'read', members: 'read', actions: 'read' },
    },
    { id: 2, account: { login: 'beta' }, permissions: { contents: 'read' } },
    { id: 3, account: { login: 'gone' }, permissions: {}, suspended_at: '2026-01-01T00:00:00Z' },
  ];
  const app = (now: () => number, resource: (asked: Asked) => Answer): ((asked: Asked) => Answer) => {
    let issued = 0;
    return (asked) => {
      if (asked.path.startsWith('/api/v3/app/installations?')) return { body: installations };
      const [, id] = /installations\/(\d+)\/access_tokens/.exec(asked.path) ?? [];
      if (id !== undefined) {
        const expires_at = new Date(now() + 3_600_000).toISOString();
        return { status: 201, body: { token: `ghs_${id}_${++issued}`, expires_at } };
      }
      return resource(asked);
    };
  };
  const resources = (asked: readonly Asked[]): string[] =>
    asked.filter(({ path: each }) => !each.includes('/app/')).map(({ token }) => token);

  it('asks as the installation that the repository belongs to, with a signed token for the App itself', async () => {
    const server = await scriptedGitHub(
      app(
        () => Date.now(),
        () => ({ body: { ok: true } }),
      ),
    );
    const { github } = connectTo(server.url, { credentials });
    await github.get(body);
    await github.get({ ...body, path: '/repos/BETA/app' });
    await github.get(body);
    expect(resources(server.asked)).toEqual(['ghs_1_1', 'ghs_2_2', 'ghs_1_1']);
    const [head, claims, signature] = server.asked[0]!.token.split('.');
    expect(
      verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature!, 'base64url')),
    ).toBe(true);
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<
      string,
      number
    >;
    expect(iss).toBe('7');
    expect(exp! - iat!).toBe(600);
  });

  it('fetches a new token before the old one ends', async () => {
    const now = { skipped: 0 };
    const server = await scriptedGitHub(
      app(
        () => Date.now() + now.skipped,
        () => ({ body: { ok: true } }),
      ),
    );
    const { github, clock } = connectTo(server.url, { credentials });
    await github.get(body);
    now.skipped = 56 * 60_000;
    clock.skip(now.skipped);
    await github.get(body);
    expect(resources(server.asked)).toEqual(['ghs_1_1', 'ghs_1_2']);
  });

  it('tries a new token once when one is refused in the middle', async () => {
    const server = await scriptedGitHub(
      app(
        () => Date.now(),
        ({ token }) => (token === 'ghs_1_1' && isRevoked ? { status: 401 } : { body: { ok: true } }),
      ),
    );
    let isRevoked = false;
    const { github, clock } = connectTo(server.url, { credentials });
    await github.get(body);
    isRevoked = true;
    clock.skip(60_000);
    expect(await github.get(body)).toMatchObject({ kind: 'ok' });
    expect(resources(server.asked)).toEqual(['ghs_1_1', 'ghs_1_1', 'ghs_1_2']);
  });

  it('gives up when the new token is refused too', async () => {
    const server = await scriptedGitHub(
      app(
        () => Date.now(),
        () => ({ status: 401 }),
      ),
    );
    await expect(connectTo(server.url, { credentials }).github.get(body)).rejects.toMatchObject({
      code: 'github-auth',
      exitCode: 3,
    });
  });

  it('tells what its installations may', async () => {
    const server = await scriptedGitHub(
      app(
        () => Date.now(),
        () => ({ body: limits }),
      ),
    );
    const { github } = connectTo(server.url, { credentials });
    const access = await github.checkAccess();
    expect(access).toMatchObject({ canReadContents: true, canReadMembers: true, canReadIssues: false });
    expect(access.missing.map(({ scope }) => scope)).toContain('Issues: read');
    expect(github.pointsPerHour()).toBe(10_000);
  });

  it.each([
    ['is refused', { status: 401 }, 'github-auth'],
    ['is installed nowhere', { body: [] }, 'github-app-not-installed'],
  ] satisfies [string, Answer, string][])(
    'that %s is an error with exit code 3',
    async (_what, answer, code) => {
      const server = await scriptedGitHub(() => answer);
      const thrown: unknown = await connectTo(server.url, { credentials })
        .github.get(body)
        .catch((error: unknown) => error);
      expect(thrown).toMatchObject({ code, exitCode: 3 });
      expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('PRIVATE KEY');
    },
  );
});
