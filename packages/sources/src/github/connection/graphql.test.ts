import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageSizesInMemory } from '../../engine/budget/page-sizes.ts';
import type { GraphqlDocument, Lookup, Page, Walk } from '../api.ts';
import { type Answer, type Asked, connectTo, scriptedGitHub, TOKEN } from './testing/scripted-github.ts';

interface Variables {
  readonly owner: string;
  readonly name: string;
  readonly first: number;
  readonly after?: string | null;
}
const Numbers = z.object({
  repository: z
    .object({
      numbers: z.object({
        nodes: z.array(z.number().nullable()).nullable(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});
type Numbers = z.infer<typeof Numbers>;
const document: GraphqlDocument<unknown, Variables> = { name: 'numbers', text: 'query Numbers { x }' };
const walk: Walk<Numbers, Variables, number> = {
  document,
  schema: Numbers,
  variables: { owner: 'acme', name: 'app' },
  connection: (data) => data.repository?.numbers ?? null,
  pageSize: 24,
  key: 'acme/app',
};
const skip = { document: { name: 'numbers-skip', text: 'query NumbersSkip { x }' }, schema: Numbers };
const viewer = {
  document: { name: 'viewer', text: '{ viewer }' },
  schema: z.object({ viewer: z.string() }),
  variables: {},
};

/** The numbers up to `total`, as pages. */
function pageOf({ variables }: Pick<Asked, 'variables'>, total: number): Answer {
  const from = Number(variables['after'] ?? 0);
  const to = Math.min(total, from + Number(variables['first']));
  const nodes = Array.from({ length: to - from }, (_, index) => from + index + 1);
  const pageInfo = { hasNextPage: to < total, endCursor: String(to) };
  return { body: { data: { repository: { numbers: { nodes, pageInfo } }, rateLimit: { cost: 2 } } } };
}
async function pagesOf(pages: AsyncIterable<Page<Numbers, number>>): Promise<Page<Numbers, number>[]> {
  const all: Page<Numbers, number>[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
const numbersOf = (pages: readonly Page<Numbers, number>[]): number[] => pages.flatMap(({ items }) => items);
const upTo = (total: number): number[] => Array.from({ length: total }, (_, index) => index + 1);
const error = (type: string, more: object = {}): object => ({
  type,
  message: `secret payload ${TOKEN}`,
  ...more,
});
const limited: Answer = { body: { data: { repository: null }, errors: [error('RESOURCE_LIMITS_EXCEEDED')] } };

describe('pages', () => {
  it('come in order until there is no next one, and count what they cost', async () => {
    const server = await scriptedGitHub((asked) => pageOf(asked, 50));
    const { github } = connectTo(server.url);
    const pages = await pagesOf(github.pages(walk));
    expect(numbersOf(pages)).toEqual(upTo(50));
    expect(pages.map(({ endCursor, hasNextPage }) => [endCursor, hasNextPage])).toEqual([
      ['24', true],
      ['48', true],
      ['50', false],
    ]);
    expect(github.usage()).toEqual({ requests: 3, points: 6, restRequests: 0, unchanged: 0 });
    expect(server.asked[0]?.path).toBe('/api/graphql');
  });

  it('begin behind the cursor that they are given', async () => {
    const server = await scriptedGitHub((asked) => pageOf(asked, 30));
    const { github } = connectTo(server.url);
    expect(numbersOf(await pagesOf(github.pages({ ...walk, after: '28' })))).toEqual([29, 30]);
  });

  const tooMuch: readonly [string, Answer][] = [
    ['502', { status: 502, body: '<html>' }],
    ['503', { status: 503, body: '' }],
    ['504', { status: 504, body: '' }],
    ['RESOURCE_LIMITS_EXCEEDED with null nodes', limited],
    ['no answer in time', { isSilent: true }],
  ];
  it.each(tooMuch)(
    'after %s are halved and go on from the same place, never with the same weight',
    async (_what, heavy) => {
      const server = await scriptedGitHub((asked) =>
        Number(asked.variables['first']) > 6 ? heavy : pageOf(asked, 20),
      );
      const { github } = connectTo(server.url, { timeouts: { headersTimeoutMs: 200 } });
      expect(numbersOf(await pagesOf(github.pages(walk)))).toEqual(upTo(20));
      const asked = server.asked.map(({ variables }) => [variables['first'], variables['after']]);
      expect(asked.slice(0, 4)).toEqual([
        [24, null],
        [12, null],
        [6, null],
        [6, '6'],
      ]);
      expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(asked.length);
    },
  );

  it('grow again while they come fast, and not to where they failed', async () => {
    const server = await scriptedGitHub((asked) =>
      Number(asked.variables['first']) >= 20 ? { status: 502 } : pageOf(asked, 300),
    );
    const { github } = connectTo(server.url);
    const pages = await pagesOf(github.pages(walk));
    expect(numbersOf(pages)).toEqual(upTo(300));
    // 24 fails; five pages of 12 are fast, then a quarter more each: 15, 18, 22, 23. At 22 it fails again: 11 …
    expect(server.asked.slice(0, 9).map(({ variables }) => variables['first'])).toEqual([
      24, 12, 12, 12, 12, 12, 15, 18, 22,
    ]);
  });

  it('remember their size for the next run, and nothing where it is the usual one', async () => {
    const saved: unknown[] = [];
    const memory = pageSizesInMemory();
    const pageSizes = {
      ...memory,
      save: (query: string, key: string, size: number | null) => {
        saved.push([query, key, size]);
        return memory.save(query, key, size);
      },
    };
    const server = await scriptedGitHub((asked) =>
      Number(asked.variables['first']) > 12 ? { status: 504 } : pageOf(asked, 14),
    );
    for (let run = 0; run < 2; run++) {
      const { github } = connectTo(server.url, { pageSizes });
      await pagesOf(github.pages(walk));
      await pagesOf(github.pages({ ...walk, key: 'acme/other', pageSize: 10 }));
    }
    expect(saved).toEqual([['numbers', 'acme/app', 12]]);
    expect(server.asked.map(({ variables }) => variables['first'])).toEqual([
      24, 12, 12, 10, 10, 12, 12, 10, 10,
    ]);
  });

  it('step over the one item that is too heavy alone, after five tries', async () => {
    const server = await scriptedGitHub((asked) => {
      const from = Number(asked.variables['after'] ?? 0);
      const isWithin = from < 3 && from + Number(asked.variables['first']) >= 3;
      if (asked.query.includes('Skip')) {
        const pageInfo = { hasNextPage: true, endCursor: String(from + 1) };
        return { body: { data: { repository: { numbers: { nodes: [], pageInfo } } } } };
      }
      return isWithin ? limited : pageOf(asked, 9);
    });
    const { github } = connectTo(server.url);
    const pages = await pagesOf(github.pages({ ...walk, pageSize: 4, skip }));
    expect(numbersOf(pages)).toEqual([1, 2, 4, 5, 6, 7, 8, 9]);
    expect(pages.filter(({ isOutOfReach }) => isOutOfReach)).toMatchObject([
      { items: [], endCursor: '3', hasNextPage: true },
    ]);
  });

  it('end with an error where there is no way to step over it', async () => {
    const server = await scriptedGitHub(() => limited);
    const { github } = connectTo(server.url);
    await expect(pagesOf(github.pages({ ...walk, pageSize: 2 }))).rejects.toMatchObject({
      code: 'github-too-heavy',
      retry: 'later',
    });
    // 2, 1, and 1 four times more.
    expect(server.asked).toHaveLength(6);
  });

  it('never go round in circles', async () => {
    const pageInfo = { hasNextPage: true, endCursor: null };
    const server = await scriptedGitHub(() => ({
      body: { data: { repository: { numbers: { nodes: [1], pageInfo } } } },
    }));
    const { github } = connectTo(server.url);
    await expect(pagesOf(github.pages(walk))).rejects.toMatchObject({ code: 'github-schema' });
  });

  it('of something that is gone are one page with a gap', async () => {
    const gone = error('NOT_FOUND', { path: ['repository'] });
    const server = await scriptedGitHub(() => ({
      body: { data: { repository: null }, errors: [gone, gone] },
    }));
    const { github } = connectTo(server.url);
    expect(await pagesOf(github.pages(walk))).toMatchObject([
      { items: [], hasNextPage: false, gaps: [{ kind: 'not-found', path: ['repository'] }] },
    ]);
  });
});

describe('lookups by id', () => {
  const Nodes = z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) });
  type Node = { id: string } | null;
  const lookup: Lookup<z.infer<typeof Nodes>, { ids: string[] }, { id: string }> = {
    document: { name: 'nodes', text: 'query Nodes { x }' },
    schema: Nodes,
    variables: {},
    ids: ['a', 'b', 'c', 'd', 'e'],
    items: (data) => data.nodes,
    pageSize: 4,
    key: 'acme/app',
  };

  it('keep the order of the ids, go around the one that is too heavy, and leave null what is gone', async () => {
    const server = await scriptedGitHub(({ variables }) => {
      const ids = variables['ids'] as string[];
      if (ids.includes('c')) return { status: 502 };
      return { body: { data: { nodes: ids.map((id): Node => (id === 'b' ? null : { id })) }, errors: [] } };
    });
    const { github } = connectTo(server.url);
    const found = new Map<string, Node>();
    const outOfReach: string[] = [];
    for await (const page of github.byIds(lookup)) {
      page.ids.forEach((id, index) => found.set(id, page.items[index] ?? null));
      outOfReach.push(...page.outOfReach);
    }
    expect([...found]).toEqual([
      ['a', { id: 'a' }],
      ['b', null],
      ['c', null],
      ['d', { id: 'd' }],
      ['e', { id: 'e' }],
    ]);
    expect(outOfReach).toEqual(['c']);
  });

  it('refuse an answer of another length', async () => {
    const server = await scriptedGitHub(() => ({ body: { data: { nodes: [] } } }));
    const { github } = connectTo(server.url);
    await expect(github.byIds(lookup)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'github-schema',
      message: expect.stringContaining('4 ids asked for, 0 answered'),
    });
  });
});

describe('a query', () => {
  const good: Answer = { body: { data: { viewer: 'ada', rateLimit: { cost: 1 } } } };
  const answered = { data: { viewer: 'ada' }, gaps: [] };

  const flaky: readonly [string, Answer][] = [
    ['a connection that breaks', { cut: 'before' }],
    ['an answer that is cut', { ...good, cut: 'half' }],
    ['broken JSON', { body: '{"data": {"viewer": "a' }],
    [
      '“Something went wrong”',
      { body: { errors: [{ message: 'Something went wrong while executing your query.' }] } },
    ],
    ['status 500', { status: 500, body: 'oops' }],
    ['status 502', { status: 502, body: '<html>' }],
    ['neither data nor errors', { body: {} }],
  ];
  it.each(flaky)('survives %s', async (_what, bad) => {
    const server = await scriptedGitHub((_asked, number) => (number < 3 ? bad : good));
    const { github, slept } = connectTo(server.url);
    expect(await github.query(viewer)).toEqual(answered);
    // Half of 250 and 500 ms, and half of that again by chance.
    expect(slept).toEqual([188, 375]);
  });

  it.each(flaky)(
    'gives up after a few times with %s, and says that later may be better',
    async (_what, bad) => {
      const server = await scriptedGitHub(() => bad);
      const { github } = connectTo(server.url);
      await expect(github.query(viewer)).rejects.toMatchObject({ retry: 'later', exitCode: 1 });
      expect(server.asked.length).toBeLessThan(6);
    },
  );

  const reset = (seconds: number): Record<string, string> => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
  });
  it.each([
    ['RATE_LIMIT', { headers: reset(900), body: { errors: [error('RATE_LIMIT')] } }],
    ['RATE_LIMITED', { headers: reset(900), body: { errors: [error('RATE_LIMITED')] } }],
    [
      'status 403 with nothing remaining',
      { status: 403, headers: reset(900), body: { message: 'API rate limit exceeded' } },
    ],
    ['status 429 with nothing remaining', { status: 429, headers: reset(900), body: {} }],
  ] satisfies [string, Answer][])(
    'waits for the next hour after %s, and says until when',
    async (_what, bad) => {
      const server = await scriptedGitHub((_asked, number) => (number === 1 ? bad : good));
      const { github, slept, said } = connectTo(server.url);
      expect(await github.query(viewer)).toEqual(answered);
      expect(slept).toHaveLength(1);
      expect(slept[0]).toBeGreaterThan(880_000);
      expect(slept[0]).toBeLessThan(905_000);
      expect(said).toEqual([
        expect.stringMatching(/^The hourly limit is used up; going on at \d\d:\d\d:\d\d UTC\.$/),
      ]);
    },
  );

  const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
  it.each([
    ['in a 200', { body: { message: secondary } }, 63_000],
    ['in the errors of a 200', { body: { data: null, errors: [{ message: secondary }] } }, 63_000],
    ['in a 403', { status: 403, body: { message: secondary } }, 63_000],
    [
      'in a 403 with retry-after',
      { status: 403, headers: { 'retry-after': '120' }, body: { message: secondary } },
      120_000,
    ],
    ['in a 429', { status: 429, body: {} }, 63_000],
  ] satisfies [string, Answer, number][])('waits out a secondary limit %s', async (_what, bad, pause) => {
    const server = await scriptedGitHub((_asked, number) => (number === 1 ? bad : good));
    const { github, slept } = connectTo(server.url);
    expect(await github.query(viewer)).toEqual(answered);
    // A minute and a twentieth of chance.
    expect(slept).toHaveLength(1);
    expect(Math.abs(slept[0]! - pause)).toBeLessThan(200);
  });

  it('waits twice as long for the second secondary limit in a row', async () => {
    const server = await scriptedGitHub((_asked, number) =>
      number < 3 ? { body: { message: secondary } } : good,
    );
    const { github, slept } = connectTo(server.url);
    await github.query(viewer);
    expect(slept.map((ms) => Math.round(ms / 1000))).toEqual([63, 126]);
  });

  it('does not ask for ever when the limit never ends', async () => {
    const server = await scriptedGitHub(() => ({ body: { message: secondary } }));
    const { github } = connectTo(server.url);
    await expect(github.query(viewer)).rejects.toMatchObject({ code: 'github-rate-limit', retry: 'later' });
  });

  it('tells what was withheld, once each, and keeps the rest', async () => {
    const errors = [
      error('FORBIDDEN', { path: ['repository', 'rules'] }),
      error('FORBIDDEN', { path: ['repository', 'rules'] }),
      error('INSUFFICIENT_SCOPES', { path: ['teams'] }),
    ];
    const server = await scriptedGitHub(() => ({ body: { data: { viewer: 'ada' }, errors } }));
    const { github } = connectTo(server.url);
    expect(await github.query(viewer)).toEqual({
      data: { viewer: 'ada' },
      gaps: [
        { kind: 'forbidden', path: ['repository', 'rules'] },
        { kind: 'insufficient-scopes', path: ['teams'] },
      ],
    });
  });

  it.each([
    [
      'nothing but withheld',
      { body: { errors: [error('INSUFFICIENT_SCOPES')] } },
      { code: 'github-forbidden', exitCode: 3 },
    ],
    [
      'an error that nobody knows',
      { body: { data: null, errors: [error('SOMETHING_NEW', { path: ['viewer'] })] } },
      {
        code: 'github-schema',
        message: expect.stringContaining('at viewer: it refused with SOMETHING_NEW'),
      },
    ],
    [
      '401',
      { status: 401, body: { message: 'Bad credentials' } },
      { code: 'github-auth', exitCode: 3, retry: 'no' },
    ],
    [
      'SAML in a 403',
      {
        status: 403,
        headers: {
          'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1',
        },
      },
      { code: 'github-saml', exitCode: 3, next: 'Authorise the token at https://github.com/orgs/acme/sso' },
    ],
    [
      'SAML in an error',
      {
        body: {
          data: { viewer: null },
          errors: [error('FORBIDDEN', { extensions: { saml_failure: true } })],
        },
      },
      { code: 'github-saml', exitCode: 3 },
    ],
    [
      '403',
      { status: 403, body: { message: 'Resource not accessible' } },
      { code: 'github-forbidden', exitCode: 3 },
    ],
    ['404', { status: 404, body: 'nothing here' }, { code: 'github-url' }],
    [
      'a redirect',
      { status: 301, headers: { location: 'http://127.0.0.1:1/steal' } },
      { code: 'github-url' },
    ],
    ['status 400', { status: 400 }, { code: 'github-schema' }],
    [
      'a page cursor that it gave long ago',
      { body: { data: null, errors: [error('INVALID_CURSOR_ARGUMENTS')] } },
      { code: 'github-cursor-refused', retry: 'now' },
    ],
    [
      'another type than documented',
      { body: { data: { viewer: 17_000_001 } } },
      {
        code: 'github-schema',
        message: expect.stringContaining('at viewer: string expected, number found'),
      },
    ],
    [
      'null where there can be none',
      { body: { data: { viewer: null } } },
      { code: 'github-schema', message: expect.stringContaining('at viewer: string expected, null found') },
    ],
  ] satisfies [string, Answer, object][])(
    'answers %s with one clear error that shows nothing',
    async (_what, bad, expected) => {
      const server = await scriptedGitHub(() => bad);
      const { github } = connectTo(server.url);
      const thrown: unknown = await github.query(viewer).catch((caught: unknown) => caught);
      expect(thrown).toMatchObject(expected);
      // What is not found may be so for a moment, and is asked for once more.
      expect(server.asked).toHaveLength('status' in bad && bad.status === 404 ? 2 : 1);
      expect(inspect(thrown, { depth: 10, showHidden: true })).not.toMatch(/ghp_|secret payload|17000001/);
    },
  );

  it('ends at once when the run is cancelled', async () => {
    const stop = new AbortController();
    const server = await scriptedGitHub(() => ({ isSilent: true }));
    const { github } = connectTo(server.url, { signal: stop.signal });
    const asked = github.query(viewer);
    setTimeout(() => {
      stop.abort();
    }, 30);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled', exitCode: 5 });
    await expect(github.query(viewer)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('takes reset times by GitHub’s clock where ours is wrong', async () => {
    const ahead = 3_600_000;
    const headers = {
      date: new Date(Date.now() + ahead).toUTCString(),
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil((Date.now() + ahead) / 1000) + 600),
    };
    const server = await scriptedGitHub((_asked, number) => (number === 1 ? { ...good, headers } : good));
    const { github, slept } = connectTo(server.url);
    await github.query(viewer);
    await github.query(viewer);
    // Ten minutes, and not an hour and ten.
    expect(slept).toHaveLength(1);
    expect(Math.abs(slept[0]! - 600_000)).toBeLessThan(5000);
  });
});
