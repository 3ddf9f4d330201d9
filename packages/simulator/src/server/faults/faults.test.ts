import { describe, expect, it } from 'vitest';
import { fixedClock } from '@bellwether/core';
import type { FaultName, Faults, GitHubOptions, SimulatedGitHub } from '../../index.ts';
import { ask, get, startTestGitHub } from '../testing/client.ts';
import { openPullRequests, smallWorld, START } from '../testing/small-world.ts';

const viewer = '{ viewer { login } }';
const list = (page: number, lists: number): string => {
  const nested = ['labels', 'reviews', 'commits', 'files', 'reviewRequests']
    .slice(0, lists)
    .map((name) => `${name}(first: 10) { nodes { __typename } }`);
  return `query List { repository(owner: "acme", name: "shop") { name pullRequests(first: ${page}) { nodes { id ${nested.join(' ')} } } } }`;
};

async function start(faults: Faults, options: Partial<GitHubOptions> = {}): Promise<SimulatedGitHub> {
  const small = smallWorld();
  openPullRequests(small, 3);
  return startTestGitHub(small.world, { faults, ...options });
}

function post(github: SimulatedGitHub, query: string): Promise<Response> {
  return fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: 'bearer ghp_test' },
    body: JSON.stringify({ query }),
  });
}

describe('gatewayTimeout', () => {
  it('is 502 or 504, and the next hour pays for it', async () => {
    const clock = fixedClock(START);
    const github = await start({ gatewayTimeout: { requests: [1, 2, 3, 4, 5, 6] } }, { limits: {}, clock });
    const statuses = new Set<number>();
    for (let index = 0; index < 6; index++) statuses.add((await post(github, viewer)).status);
    expect([...statuses].sort()).toEqual([502, 504]);
    clock.set(START + 3_600_000);
    // 6 time-outs · 10 extra points, and 1 for this request.
    expect((await ask(github, viewer)).headers.get('x-ratelimit-used')).toBe('61');
  });

  it('strikes what is too heavy every time: 100 pull requests with five lists, and not 25', async () => {
    const github = await start({ gatewayTimeout: 1e-9 });
    expect((await post(github, list(25, 5))).status).toBe(200);
    expect([502, 504]).toContain((await post(github, list(100, 5))).status);
    expect([502, 504]).toContain((await post(github, list(100, 5))).status);
  });
});

describe('resourceLimits', () => {
  it('is 200 with the rest of the data, all nodes null', async () => {
    const github = await start({ resourceLimits: 1 });
    const { status, data, errors } = await ask(github, list(10, 1));
    expect(status).toBe(200);
    expect(data).toEqual({ repository: { name: 'shop', pullRequests: { nodes: [null, null, null] } } });
    expect(errors).toEqual([
      {
        type: 'RESOURCE_LIMITS_EXCEEDED',
        path: ['repository', 'pullRequests', 'nodes'],
        message: 'Resource limits for this query exceeded.',
      },
    ]);
  });

  it('leaves alone what has no list, and REST', async () => {
    const github = await start({ resourceLimits: 1 });
    expect((await ask(github, viewer)).errors).toEqual([]);
    expect((await get(github, '/user')).status).toBe(200);
    expect(github.usage.faults.size).toBe(0);
  });
});

describe('limits by chance', () => {
  it('rateLimit: 200 with RATE_LIMIT or RATE_LIMITED, and when it ends', async () => {
    const now = START / 1000;
    const github = await start({ rateLimit: 1, waitSeconds: 5 }, { clock: fixedClock(START) });
    const types = new Set<string | undefined>();
    for (let index = 0; index < 12; index++) {
      const { status, errors, headers } = await ask(github, viewer);
      expect(status).toBe(200);
      types.add(errors[0]?.type);
      expect(headers.get('x-ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('x-ratelimit-reset'))).toBe(now + 5);
    }
    expect([...types].sort()).toEqual(['RATE_LIMIT', 'RATE_LIMITED']);
    expect((await get(github, '/user')).status).toBe(403);
  });

  it('secondaryLimit200: in the body alone, in either shape', async () => {
    const github = await start({ secondaryLimit200: 1 });
    const shapes = new Set<string>();
    for (let index = 0; index < 12; index++) {
      const response = await post(github, viewer);
      const body = (await response.json()) as object;
      expect(response.status).toBe(200);
      expect(response.headers.has('retry-after')).toBe(false);
      expect(JSON.stringify(body)).toContain('secondary rate limit');
      shapes.add('errors' in body ? 'errors' : 'message');
    }
    expect([...shapes].sort()).toEqual(['errors', 'message']);
  });

  it('secondaryLimit403: 403 or 429, with retry-after and without', async () => {
    const github = await start({ secondaryLimit403: 1, waitSeconds: 5 });
    const seen = new Set<string>();
    for (let index = 0; index < 30; index++) {
      const { status, headers, body } = await get(github, '/user');
      expect(body.message).toContain('secondary rate limit');
      seen.add(`${status} ${headers.get('retry-after')}`);
    }
    expect([...seen].sort()).toEqual(['403 5', '403 null', '429 5', '429 null']);
  });
});

describe('broken bodies', () => {
  it('cutJson: HTTP is whole, JSON is not', async () => {
    const github = await start({ cutJson: 1 });
    const response = await post(github, list(3, 5));
    const text = await response.text();
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(text).toMatch(/^\{/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('malformedJson', async () => {
    const github = await start({ malformedJson: 1 });
    for (let index = 0; index < 6; index++) {
      const text = await (await post(github, viewer)).text();
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    }
  });
});

describe('connections', () => {
  it('slow: the answer is true and late', async () => {
    const github = await start({ slow: 1, slowSeconds: 0.15 });
    const began = performance.now();
    expect((await ask(github, viewer)).data.viewer.login).toBe('ada');
    expect(performance.now() - began).toBeGreaterThan(148);
  });

  it('dropped: before the head or within the body', async () => {
    const github = await start({ dropped: 1 });
    const outcomes = new Set<string>();
    for (let index = 0; index < 16; index++) {
      const response = await post(github, list(3, 5)).catch(() => null);
      if (response === null) outcomes.add('no head');
      else await expect(response.text()).rejects.toThrow();
      if (response !== null) outcomes.add('half a body');
    }
    expect([...outcomes].sort()).toEqual(['half a body', 'no head']);
  });
});

describe('credentials', () => {
  it.each<FaultName>(['revokedToken', 'expiredToken'])(
    '%s: good until the third request, and then never',
    async (name) => {
      const github = await start({ [name]: { requests: [3] } });
      const statuses: number[] = [];
      for (let index = 0; index < 4; index++) statuses.push((await get(github, '/user')).status);
      expect(statuses).toEqual([200, 200, 401, 401]);
    },
  );
});

describe('clockSkew', () => {
  it('sets Date and the reset off by the same', async () => {
    const clock = fixedClock(START);
    const github = await start({ clockSkew: 1, skewSeconds: -600 }, { clock, limits: {} });
    const { headers } = await get(github, '/user');
    expect(Date.parse(headers.get('date')!)).toBe(START - 600_000);
    expect(headers.get('x-ratelimit-reset')).toBe(String(START / 1000 + 3600 - 600));
  });
});

describe('errors of GitHub itself', () => {
  it('internalError: 200 without data, 500 for REST', async () => {
    const github = await start({ internalError: 1 });
    const { status, data, errors } = await ask(github, viewer);
    expect([status, data]).toEqual([200, null]);
    expect(errors[0]!.message).toContain('Something went wrong while executing your query');
    expect((await get(github, '/user')).status).toBe(500);
  });

  it('flappingNotFound: gone once, there again when asked again', async () => {
    const github = await start({ flappingNotFound: 1 });
    const first = await ask(github, list(3, 0));
    expect(first).toMatchObject({ data: { repository: null }, errors: [{ type: 'NOT_FOUND' }] });
    expect((await ask(github, list(3, 0))).data.repository.name).toBe('shop');
    expect((await get(github, '/repos/acme/shop')).status).toBe(404);
    expect((await get(github, '/repos/acme/shop')).status).toBe(200);
    // REST and GraphQL speak of the same repository: what flapped in one is spared in the other.
    expect((await get(github, '/repos/acme/shop')).status).toBe(404);
    expect((await ask(github, list(1, 0))).data.repository.name).toBe('shop');
    expect(github.usage.faults.get('flappingNotFound')).toBe(3);
  });

  it('flappingNotFound: one node of several, and not the same in the next request', async () => {
    const small = smallWorld();
    const ids = openPullRequests(small, 1).map(({ id }) => id);
    const github = await startTestGitHub(small.world, { faults: { flappingNotFound: 1 } });
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await ask(github, query, { ids })).toMatchObject({
      data: { nodes: [null] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 0] }],
    });
    expect((await ask(github, query, { ids })).data.nodes).toEqual([{ id: ids[0] }]);
  });
});

describe('plans', () => {
  it('give the same faults for the same seed, and others for another', async () => {
    const statuses = async (seed: number): Promise<number[]> => {
      const github = await start({ internalError: 0.3 }, { seed });
      const seen: number[] = [];
      for (let index = 0; index < 40; index++) seen.push((await get(github, '/user')).status);
      return seen;
    };
    const first = await statuses(5);
    expect(await statuses(5)).toEqual(first);
    expect(await statuses(6)).not.toEqual(first);
    const struck = first.filter((status) => status === 500).length;
    // 12 are expected of 40; outside of these bounds lie 2 of 1,000 seeds.
    expect(struck).toBeGreaterThan(3);
    expect(struck).toBeLessThan(22);
  });

  it('can be meant for one query, and end', async () => {
    const github = await start({ internalError: { probability: 1, only: 'List', times: 2 } });
    const failed = async (query: string): Promise<boolean> => (await ask(github, query)).errors.length > 0;
    expect(await failed(viewer)).toBe(false);
    expect(await failed(list(1, 0))).toBe(true);
    expect(await failed(list(1, 0))).toBe(true);
    expect(await failed(list(1, 0))).toBe(false);
  });

  it('can be exchanged while the server runs', async () => {
    const github = await start({ internalError: 1 });
    expect((await get(github, '/user')).status).toBe(500);
    github.setFaults({});
    expect((await get(github, '/user')).status).toBe(200);
  });
});
