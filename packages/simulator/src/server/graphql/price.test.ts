import { describe, expect, it } from 'vitest';
import { ask, startTestGitHub } from '../testing/client.ts';
import { smallWorld } from '../testing/small-world.ts';

/** Asks what a query costs without running it. */
async function price(selection: string): Promise<{ cost: number; nodeCount: number }> {
  const github = await startTestGitHub(smallWorld().world);
  const query = `{ rateLimit(dryRun: true) { cost nodeCount } ${selection} }`;
  const { data, errors } = await ask(github, query);
  expect(errors).toEqual([]);
  expect(Object.keys(data)).toEqual(['rateLimit']);
  expect(github.usage.points).toBe(1);
  return data.rateLimit;
}

async function refusal(selection: string): Promise<{ type?: string; message: string }> {
  const github = await startTestGitHub(smallWorld().world);
  const { data, errors, status } = await ask(github, `{ ${selection} }`);
  expect(status).toBe(200);
  expect(data).toBeUndefined();
  expect(github.usage.points).toBe(0);
  return errors[0]!;
}

const nested = ['labels', 'reviewRequests', 'reviews', 'commits', 'timelineItems', 'files'];

function pullRequests(page: number, lists: number): string {
  const fields = nested
    .slice(0, lists)
    .map((name) => `${name}(first: 10) { totalCount nodes { __typename } }`);
  return `repository(owner: "acme", name: "shop") { pullRequests(first: ${page}) { nodes { ${fields.join(' ')} } } }`;
}

describe('the price of a query', () => {
  it('counts the documented example: 5,101 requests are 51 points', async () => {
    // https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api:
    // 1 for 100 repositories, 100 for their 50 issues each, 5,000 for the 60 labels of each issue.
    const priced = await price(
      `organization(login: "acme") { repositories(first: 100) { nodes { issues(first: 50) { nodes { labels(first: 60) { nodes { name } } } } } } }`,
    );
    // 100 repositories, 100 · 50 issues, 100 · 50 · 60 labels.
    expect(priced).toEqual({ cost: 51, nodeCount: 100 + 5000 + 300_000 });
  });

  it.each([
    [25, 5, 1], // 1 + 25 · 5 = 126
    [29, 5, 1], // 146
    [30, 5, 2], // 151
    [50, 5, 3], // 251
    [100, 5, 5], // 501
    [24, 6, 1], // 145
    [25, 6, 2], // 151
  ])('a page of %i pull requests with %i nested lists costs %i', async (page, lists, cost) => {
    expect((await price(pullRequests(page, lists))).cost).toBe(cost);
  });

  it('counts each id of nodes(ids:) as a parent: 100 ids with two lists cost 2 points', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `"id${index}"`).join(',');
    const selection = `nodes(ids: [${ids}]) { ... on PullRequest { reviews(first: 100) { nodes { id } } commits(first: 100) { nodes { id } } } }`;
    expect(await price(selection)).toEqual({ cost: 2, nodeCount: 20_000 });
  });

  it('is one point for 100 commits with their parents', async () => {
    const selection = `repository(owner: "acme", name: "shop") { defaultBranchRef { target { ... on Commit { history(first: 100) { nodes { parents(first: 5) { nodes { oid } } } } } } } }`;
    expect(await price(selection)).toEqual({ cost: 1, nodeCount: 600 });
  });

  it('does not count a connection that is only asked for its totalCount', async () => {
    const priced = await price(
      `repository(owner: "acme", name: "shop") { pullRequests(first: 100) { nodes { commits { totalCount } } } }`,
    );
    expect(priced).toEqual({ cost: 1, nodeCount: 100 });
  });

  it('leaves out what a directive leaves out', async () => {
    const priced = await price(
      `repository(owner: "acme", name: "shop") { pullRequests(first: 100) @skip(if: true) { nodes { commits(first: 100) { nodes { id } } } } }`,
    );
    expect(priced).toEqual({ cost: 1, nodeCount: 0 });
  });

  it('charges a query that runs, and says so in the headers', async () => {
    const github = await startTestGitHub(smallWorld().world, { limits: {} });
    const { data, headers } = await ask(
      github,
      `query Page { rateLimit { cost remaining used limit } ${pullRequests(50, 5)} }`,
    );
    expect(data.rateLimit).toEqual({ cost: 3, remaining: 4997, used: 3, limit: 5000 });
    expect(headers.get('x-ratelimit-remaining')).toBe('4997');
    expect(headers.get('x-ratelimit-resource')).toBe('graphql');
    expect(github.usage.queries.get('Page')).toEqual({ requests: 1, points: 3 });
  });
});

describe('what GitHub does not run', () => {
  const shop = (selection: string): string => `repository(owner: "acme", name: "shop") { ${selection} }`;

  it.each([
    ['no first and no last', 'pullRequests { nodes { id } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['a page of nothing', 'pullRequests(first: 0) { nodes { id } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['edges without bounds', 'pullRequests { edges { cursor } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['more than 100', 'pullRequests(first: 101) { nodes { id } }', 'EXCESSIVE_PAGINATION'],
    ['more than 100 from the end', 'pullRequests(last: 101) { nodes { id } }', 'EXCESSIVE_PAGINATION'],
  ])('%s', async (_, selection, type) => {
    expect((await refusal(shop(selection))).type).toBe(type);
  });

  it('missing bounds inside a fragment', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { errors } = await ask(
      github,
      `query { ${shop('...lists')} } fragment lists on Repository { issues { nodes { id } } }`,
    );
    expect(errors[0]).toMatchObject({
      type: 'MISSING_PAGINATION_BOUNDARIES',
      message: 'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
    });
  });

  it('more than 500,000 nodes', async () => {
    // 100 + 100 · 100 + 100 · 100 · 50 = 510,100
    const error = await refusal(
      `organization(login: "acme") { repositories(first: 100) { nodes { issues(first: 100) { nodes { labels(first: 50) { nodes { name } } } } } } }`,
    );
    expect(error).toMatchObject({
      type: 'MAX_NODE_LIMIT_EXCEEDED',
      message: 'This query requests up to 510,100 possible nodes which exceeds the maximum limit of 500,000.',
    });
  });

  it('more than 100 ids', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `"id${index}"`).join(',');
    expect((await refusal(`nodes(ids: [${ids}]) { id }`)).type).toBe('ARGUMENT_LIMIT');
  });

  it('a field that the schema does not have', async () => {
    expect((await refusal(shop('sinceWhen'))).message).toContain('Cannot query field "sinceWhen"');
  });

  it('a missing variable', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { errors } = await ask(
      github,
      `query ($name: String!) { repository(owner: "acme", name: $name) { id } }`,
    );
    expect(errors[0]!.message).toContain('$name');
  });
});

describe('a field that the simulator does not know', () => {
  it('is a loud error and no null', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { status, errors } = await ask(
      github,
      `{ repository(owner: "acme", name: "shop") { stargazerCount } }`,
    );
    expect(status).toBe(501);
    expect(errors).toEqual([{ message: 'not simulated: Repository.stargazerCount' }]);
  });

  it('so is an argument', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { status, errors } = await ask(
      github,
      `{ repository(owner: "acme", name: "shop") { pullRequests(first: 1, labels: ["x"]) { nodes { id } } } }`,
    );
    expect(status).toBe(501);
    expect(errors).toEqual([{ message: 'not simulated: Repository.pullRequests(labels:)' }]);
  });
});
