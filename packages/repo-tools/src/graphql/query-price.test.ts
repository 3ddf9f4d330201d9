import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { priceOf } from './query-price.ts';
import { githubSchema } from './schema.ts';

const { schema } = githubSchema();
const price = (text: string, variables: Readonly<Record<string, unknown>> = {}): ReturnType<typeof priceOf> =>
  priceOf(parse(text), variables, schema);

describe('the price of a query', () => {
  it('is 51 points for the example of GitHub’s documentation', () => {
    // 100 repositories, 50 issues each, 60 labels each: 1 + 100 + 5,000 requests = 5,101 → 51 points.
    // 100 + 100 × 50 + 5,000 × 60 = 305,100 nodes.
    const text = `{ viewer { repositories(first: 100) { nodes { issues(first: 50) { nodes { labels(first: 60) {
      nodes { id } } } } } } } }`;
    expect(price(text)).toEqual({ points: 51, nodes: 305_100 });
  });

  const page = `query ($first: Int!) { repository(owner: "o", name: "r") { pullRequests(first: $first) { nodes {
    labels(first: 20) { nodes { id } }
    reviewRequests(first: 20) { nodes { id } }
    reviews(first: 20) { nodes { ...review } }
    commits(first: 20) { nodes { id } }
    files(first: 20) { nodes { path } }
    ... on PullRequest { timelineItems(first: 20) { nodes { __typename } } }
  } } } } fragment review on PullRequestReview { id }`;

  it.each([
    // 1 + 6 × 24 = 145 → 1.45; one more, and it is 1 + 6 × 25 = 151 → 1.51.
    [24, 1],
    [25, 2],
    // 1 + 6 × 100 = 601 → 6.01
    [100, 6],
  ])('of %i pull requests with six lists each is %i', (first, points) => {
    expect(price(page, { first }).points).toBe(points);
  });

  it('counts the connections inside fragments', () => {
    const text = `query ($first: Int = 100) { organization(login: "o") { ...teams } }
      fragment teams on Organization { teams(first: $first) { nodes { ...members } } }
      fragment members on Team { members(first: 10) { nodes { id } } repositories(first: 10) { nodes { id } } }`;
    // 1 + 100 × 2 = 201 → 2; 100 + 100 × 20 = 2,100
    expect(price(text)).toEqual({ points: 2, nodes: 2100 });
  });

  it('multiplies by the number of ids', () => {
    const text = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest {
      reviews(first: 100) { nodes { id } } commits(first: 100) { nodes { id } } } } }`;
    // `nodes` itself is no connection: 100 × 2 = 200 requests → 2 points.
    const ids = Array<string>(100).fill('x');
    expect(price(text, { ids })).toEqual({ points: 2, nodes: 100 + 100 * 200 });
  });

  it('is never below one point', () => {
    expect(price('{ viewer { login } }').points).toBe(1);
  });

  it('cannot be told while a size is unknown', () => {
    const text = 'query ($first: Int!) { viewer { repositories(first: $first) { nodes { id } } } }';
    expect(() => price(text, { first: 'all' })).toThrow('repositories(first:) has no number to reckon with');
  });
});
