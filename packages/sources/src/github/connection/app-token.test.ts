import { generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Secret } from './secret.ts';
import { type Answer, type Asked, connectTo, scriptedGitHub } from './testing/scripted-github.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const budget = { limit: 5000, remaining: 4000, reset: Math.floor(Date.now() / 1000) + 1800 };
const limits = { resources: { core: budget, graphql: budget } };

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
