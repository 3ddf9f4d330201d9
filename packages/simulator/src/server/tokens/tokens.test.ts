import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  addRepository,
  addTeam,
  allPermissions,
  type App,
  type FineGrainedToken,
  renameRepository,
} from '../../index.ts';
import { ask, classicToken, get, startTestGitHub } from '../testing/client.ts';
import { MINUTE, smallWorld, START } from '../testing/small-world.ts';

const shop = '{ repository(owner: "acme", name: "shop") { name } }';

const fineGrained = (changes: Partial<FineGrainedToken> = {}): FineGrainedToken => ({
  kind: 'fine-grained',
  value: 'ghp_test',
  login: 'ada',
  permissions: allPermissions,
  ...changes,
});

describe('who nobody knows', () => {
  it.each([
    ['wrong', [classicToken({ value: 'other' })]],
    ['revoked', [classicToken({ isRevoked: true })]],
    ['expired', [classicToken({ expiresAt: START })]],
  ])('a %s token is "Bad credentials" everywhere', async (_, tokens) => {
    const github = await startTestGitHub(smallWorld().world, { tokens });
    expect(await get(github, '/user')).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    expect(await ask(github, shop)).toMatchObject({ status: 401, errors: [{ message: 'Bad credentials' }] });
  });

  it('no token at all is asked for one', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const response = await fetch(`${github.restUrl}/user`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ message: 'Requires authentication' });
  });

  it('a token is good until the server says it is over', async () => {
    const { world } = smallWorld();
    const token = classicToken({ expiresAt: START + MINUTE });
    const github = await startTestGitHub(world, { tokens: [token] });
    expect((await get(github, '/user')).status).toBe(200);
    world.now = START + MINUTE;
    expect((await get(github, '/user')).status).toBe(401);
  });
});

describe('a classic token', () => {
  it('without the scope repo sees public repositories and no others', async () => {
    const { world } = smallWorld();
    addRepository(world, { name: 'open', visibility: 'PUBLIC' }, START);
    const github = await startTestGitHub(world, { tokens: [classicToken({ scopes: [] })] });
    const { data, errors } = await ask(
      github,
      '{ shop: repository(owner: "acme", name: "shop") { name } open: repository(owner: "acme", name: "open") { name } organization(login: "acme") { repositories(first: 5) { totalCount } } }',
    );
    expect(data).toEqual({
      shop: null,
      open: { name: 'open' },
      organization: { repositories: { totalCount: 1 } },
    });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['shop'] }]);
    expect((await get(github, '/repos/acme/shop')).status).toBe(404);
  });

  it('without read:org gets no teams, and is told why', async () => {
    const { world } = smallWorld();
    addTeam(world, { slug: 'core', name: 'Core' }, START);
    const github = await startTestGitHub(world, { tokens: [classicToken({ scopes: ['repo'] })] });
    const { data, errors } = await ask(
      github,
      '{ organization(login: "acme") { login teams(first: 5) { totalCount } } }',
    );
    // Teams cannot be null by the schema, so the organisation is.
    expect(data).toEqual({ organization: null });
    expect(errors[0]).toMatchObject({ type: 'INSUFFICIENT_SCOPES', path: ['organization', 'teams'] });
    expect(errors[0]!.message).toContain(
      "requires one of the following scopes: ['read:org', 'read:discussion']",
    );
    expect(errors[0]!.message).toContain("only been granted the: ['repo'] scopes");
  });

  it('has read:org by way of admin:org', async () => {
    const tokens = [classicToken({ scopes: ['repo', 'admin:org'] })];
    const github = await startTestGitHub(smallWorld().world, { tokens });
    const { errors } = await ask(
      github,
      '{ organization(login: "acme") { teams(first: 5) { totalCount } } }',
    );
    expect(errors).toEqual([]);
  });

  it('that single sign-on has not approved: 403 and its header', async () => {
    const github = await startTestGitHub(smallWorld().world, { tokens: [classicToken({ needsSso: true })] });
    const sso = `required; url=${github.url}/orgs/acme/sso?authorization_request=7`;
    for (const path of ['/orgs/acme', '/repos/acme/shop', '/repos/acme/shop/actions/runs']) {
      const { status, headers } = await get(github, path);
      expect([status, headers.get('x-github-sso')]).toEqual([403, sso]);
    }
    const { data, errors, headers } = await ask(github, shop);
    expect(data).toEqual({ repository: null });
    expect(errors[0]).toMatchObject({ type: 'FORBIDDEN', extensions: { saml_failure: true } });
    expect(headers.get('x-github-sso')).toBe(sso);
  });
});

describe('a fine-grained token', () => {
  it('is refused what it has no permission for, field by field', async () => {
    const { deployments: _, actions: __, ...permissions } = allPermissions;
    const github = await startTestGitHub(smallWorld().world, { tokens: [fineGrained({ permissions })] });
    const { data, errors } = await ask(
      github,
      '{ repository(owner: "acme", name: "shop") { object(expression: "HEAD") { oid } deployments(first: 1) { totalCount } } }',
    );
    expect(data).toEqual({ repository: null });
    expect(errors).toMatchObject([
      {
        type: 'FORBIDDEN',
        path: ['repository', 'deployments'],
        message: 'Resource not accessible by personal access token',
      },
    ]);
    expect((await get(github, '/repos/acme/shop/actions/runs')).status).toBe(403);
    expect((await get(github, '/repos/acme/shop')).status).toBe(200);
  });

  it('sees the repositories that were chosen for it', async () => {
    const { world } = smallWorld();
    addRepository(world, { name: 'secret', visibility: 'PRIVATE' }, START);
    const github = await startTestGitHub(world, { tokens: [fineGrained({ repositories: ['shop'] })] });
    const { data } = await ask(
      github,
      '{ organization(login: "acme") { repositories(first: 5) { nodes { name } } } }',
    );
    expect(data.organization.repositories.nodes).toEqual([{ name: 'shop' }]);
  });

  it('still sees one that was renamed', async () => {
    const { world, shop: repository } = smallWorld();
    const github = await startTestGitHub(world, { tokens: [fineGrained({ repositories: ['shop'] })] });
    renameRepository(world, repository, 'store', START + MINUTE);
    expect((await ask(github, shop)).data).toEqual({ repository: { name: 'store' } });
  });
});

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const app: App = {
  id: 42,
  slug: 'bellwether',
  publicKey,
  installations: [
    { id: 7, permissions: { contents: 'read', metadata: 'read' }, repositories: ['shop'] },
    { id: 8, permissions: {}, isSuspended: true },
  ],
};

function jwt(claims: object, key = privateKey): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
}

describe('a GitHub App', () => {
  const now = START / 1000;

  it('exchanges its key for a token of an installation, good for an hour', async () => {
    const { world } = smallWorld();
    const github = await startTestGitHub(world, { tokens: [], app });
    const response = await fetch(`${github.restUrl}/app/installations/7/access_tokens`, {
      method: 'POST',
      headers: { authorization: `bearer ${jwt({ iss: '42', iat: now, exp: now + 600 })}` },
    });
    expect(response.status).toBe(201);
    const issued = (await response.json()) as { token: string };
    expect(issued).toMatchObject({
      expires_at: '2026-01-05T10:00:00Z',
      permissions: { contents: 'read', metadata: 'read' },
      repository_selection: 'selected',
    });
    expect((await ask(github, shop, {}, issued.token)).data).toEqual({ repository: { name: 'shop' } });
    const headers = { authorization: `token ${issued.token}` };
    expect((await get(github, '/installation/repositories', headers)).body).toMatchObject({
      total_count: 1,
      repository_selection: 'selected',
      repositories: [{ full_name: 'acme/shop' }],
    });
    expect((await get(github, '/user', headers)).status).toBe(403);
    world.now += 60 * MINUTE;
    expect((await get(github, '/installation/repositories', headers)).status).toBe(401);
  });

  it('shows itself and its installations', async () => {
    const github = await startTestGitHub(smallWorld().world, { app });
    const headers = { authorization: `bearer ${jwt({ iss: 42, iat: now, exp: now + 600 })}` };
    expect((await get(github, '/app', headers)).body).toMatchObject({ id: 42, slug: 'bellwether' });
    const { body } = await get(github, '/app/installations', headers);
    expect(body.map(({ id }: { id: number }) => id)).toEqual([7, 8]);
    const second = await get(github, '/app/installations?per_page=1&page=2', headers);
    expect(second.body.map(({ id }: { id: number }) => id)).toEqual([8]);
    expect((await get(github, '/app/installations?per_page=1&page=3', headers)).body).toEqual([]);
    const suspended = await fetch(`${github.restUrl}/app/installations/8/access_tokens`, {
      method: 'POST',
      headers,
    });
    expect(suspended.status).toBe(403);
  });

  const other = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  it.each([
    ['signed by another key', jwt({ iss: 42, iat: now, exp: now + 600 }, other), 'could not be decoded'],
    ['of another App', jwt({ iss: 43, iat: now, exp: now + 600 }), "'Issuer' claim"],
    [
      'that is over',
      jwt({ iss: 42, iat: now - 700, exp: now - 100 }),
      "'Expiration time' claim ('exp') must be",
    ],
    ['that lives too long', jwt({ iss: 42, iat: now, exp: now + 3600 }), 'too far in the future'],
    ['of the future', jwt({ iss: 42, iat: now + 300, exp: now + 600 }), "'Issued at' claim ('iat') must be"],
    ['that is none', 'abc', 'could not be decoded'],
  ])('is refused with a token %s', async (_, value, message) => {
    const github = await startTestGitHub(smallWorld().world, { app });
    const { status, body } = await get(github, '/app', { authorization: `bearer ${value}` });
    expect(status).toBe(401);
    expect(body.message).toContain(message);
  });
});
