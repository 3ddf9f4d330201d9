import { generateKeyPairSync } from 'node:crypto';
import {
  allPermissions,
  type ClassicToken,
  type Faults,
  generateWorld,
  type GitHubOptions,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type Token,
} from '@bellwether/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pullRequestsDocument, type PullRequestsQueryVariables } from '../queries/generated.ts';
import type { Walk } from '../api.ts';
import { Secret } from './secret.ts';
import { connectTo, type TestConnection, TOKEN } from './testing/scripted-github.ts';

const world = generateWorld({ seed: 4, repositories: 1, years: 4, now: Date.UTC(2026, 0, 1) });
const owner = world.organisation.login;
const [repository] = [...world.repositories.values()].sort(
  (a, b) => b.pullRequests.size - a.pullRequests.size,
);
const name = repository!.name;
/** A new one each time: a fault may revoke it. */
const classic = (changes: Partial<ClassicToken> = {}): Token => ({
  kind: 'classic',
  value: TOKEN,
  login: owner,
  scopes: ['repo', 'read:org'],
  ...changes,
});

const running: SimulatedGitHub[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

/** A simulated GitHub and a connection to it whose clocks go on together while it sleeps. */
async function simulated(
  options: Partial<GitHubOptions> = {},
  connectOptions: Parameters<typeof connectTo>[1] = {},
): Promise<TestConnection & { server: SimulatedGitHub }> {
  let now = (): number => Date.now();
  const server = await startGitHub({
    world,
    seed: 7,
    tokens: [classic()],
    limits: noLimits,
    clock: { now: () => now() },
    ...options,
  });
  running.push(server);
  const connection = connectTo(server.url, connectOptions);
  now = () => connection.clock.now();
  return { ...connection, server };
}

const Page = z.object({
  repository: z
    .object({
      pullRequests: z.object({
        nodes: z.array(z.object({ number: z.number() }).nullable()).nullable(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});
const walk: Walk<z.infer<typeof Page>, PullRequestsQueryVariables, { number: number }> = {
  document: pullRequestsDocument,
  schema: Page,
  variables: { owner, name, direction: 'ASC' },
  connection: (data) => data.repository?.pullRequests ?? null,
  pageSize: 24,
  key: `${owner}/${name}`,
};
async function numbers({ github }: TestConnection): Promise<number[]> {
  const found: number[] = [];
  for await (const page of github.pages(walk)) found.push(...page.items.map(({ number }) => number));
  return found;
}
const all = [...repository!.pullRequests.values()].map(({ number }) => number).sort((a, b) => a - b);

describe('against the simulated GitHub', () => {
  it('there is something to read', () => {
    expect(all.length).toBeGreaterThan(50);
  });

  it('every pull request is read once, a point a page', async () => {
    const connection = await simulated();
    expect((await numbers(connection)).sort((a, b) => a - b)).toEqual(all);
    const pages = Math.ceil(all.length / 24);
    expect(connection.github.usage()).toMatchObject({ requests: pages, points: pages });
    expect(connection.server.usage.requests).toBe(pages);
  });

  const faults: readonly [string, Faults][] = [
    ['time-outs of its gateway', { gatewayTimeout: 0.15 }],
    ['exceeded resource limits', { resourceLimits: 0.15 }],
    ['rate limits', { rateLimit: { probability: 0.3, times: 3 } }],
    ['secondary limits in a 200', { secondaryLimit200: { probability: 0.3, times: 3 } }],
    ['secondary limits in a 403', { secondaryLimit403: { probability: 0.3, times: 3 } }],
    ['cut JSON', { cutJson: 0.3 }],
    ['malformed JSON', { malformedJson: 0.3 }],
    ['dropped connections', { dropped: 0.3 }],
    ['errors of its own', { internalError: 0.3 }],
    ['a clock that is wrong', { clockSkew: 1 }],
  ];
  it.each(faults)('%s lose and double nothing', async (_what, plan) => {
    for (const seed of [1, 2, 3]) {
      const connection = await simulated({ faults: plan, seed });
      expect((await numbers(connection)).sort((a, b) => a - b)).toEqual(all);
    }
  });

  it('a token that is revoked in the middle ends the walk with exit code 3', async () => {
    const connection = await simulated({ faults: { revokedToken: { requests: [2] } } });
    await expect(numbers(connection)).rejects.toMatchObject({ code: 'github-auth', exitCode: 3 });
  });

  it('a token without access finds out what it lacks', async () => {
    const { administration: _, issues: __, actions: ___, ...permissions } = allPermissions;
    const token: Token = { kind: 'fine-grained', value: TOKEN, login: owner, permissions };
    const { github } = await simulated({ tokens: [token] });
    const access = await github.checkAccess({ organisations: [owner], repositories: [`${owner}/${name}`] });
    expect(access.missing.map(({ scope }) => scope).sort()).toEqual([
      'Actions: read',
      'Administration: read',
      'Issues: read',
    ]);
  });

  it('a classic token is told by its scopes', async () => {
    const { github } = await simulated({ tokens: [classic({ scopes: ['repo'] })] });
    expect((await github.checkAccess()).missing).toEqual([{ scope: 'read:org', streams: ['teams'] }]);
  });

  it('an organisation behind single sign-on is said to be one', async () => {
    const connection = await simulated({ tokens: [classic({ needsSso: true })] });
    await expect(numbers(connection)).rejects.toMatchObject({ code: 'github-saml', exitCode: 3 });
  });

  it('a GitHub App reads through its installation', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const app = {
      id: 7,
      slug: 'bellwether',
      publicKey,
      installations: [{ id: 1, permissions: allPermissions }],
    };
    const credentials = { kind: 'app' as const, appId: '7', key: new Secret(privateKey) };
    const connection = await simulated({ app, tokens: [] }, { credentials });
    expect((await numbers(connection)).sort((a, b) => a - b)).toEqual(all);
    expect((await connection.github.checkAccess()).missing).toEqual([]);
  });

  it('the points of an hour are kept, and the reserve is left to others', async () => {
    const limits = { ...noLimits, graphqlPointsPerHour: 6 };
    const connection = await simulated({ limits }, { reserve: 2 });
    expect((await numbers(connection)).sort((a, b) => a - b)).toEqual(all);
    // Six points an hour, two of them for others: four pages, then the next hour.
    const pages = Math.ceil(all.length / 24);
    const hours = connection.slept.filter((ms) => ms > 60_000).length;
    expect(hours).toBe(Math.ceil(pages / 4) - 1);
  });
});
