import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Walk } from '../api.ts';
import type { Graphql } from './graphql.ts';
import { walkPages } from './pages.ts';

interface Listing {
  readonly items: {
    readonly nodes: readonly number[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}
interface Variables {
  first: number;
  after?: string | null;
}

/** Three pages of one item each; keeps which were asked for. */
function threePages(failing: number | null = null): { graphql: Graphql; asked: number[] } {
  const asked: number[] = [];
  const graphql: Graphql = {
    attempt: ({ variables }) => {
      const page = Number(variables['after'] ?? 0);
      asked.push(page);
      if (page === failing) return Promise.reject(new Error('no such page'));
      const data: Listing = {
        items: { nodes: [page], pageInfo: { hasNextPage: page < 2, endCursor: String(page + 1) } },
      };
      return Promise.resolve({ kind: 'ok', data: data as never, gaps: [], ms: 1 });
    },
    query: () => Promise.reject(new Error('not asked here')),
    pause: () => Promise.resolve(),
    pageSize: () =>
      Promise.resolve({ size: 1, succeeded() {}, wasTooHeavy() {}, keep: () => Promise.resolve() }),
  };
  return { graphql, asked };
}

function walkOf(isWhole: boolean): Walk<Listing, Variables, number> {
  return {
    document: { name: 'Listing', text: '' },
    schema: z.custom<Listing>(),
    variables: {},
    connection: ({ items }) => items,
    pageSize: 1,
    key: 'acme/app',
    isWhole,
  };
}

describe('a walk', () => {
  it('to its end asks for the next page while one is worked on, and for each once', async () => {
    const { graphql, asked } = threePages();
    const askedAtWork: number[][] = [];
    for await (const { items } of walkPages(graphql, walkOf(true))) askedAtWork.push([...items, ...asked]);
    // The page that is worked on, then those asked for until then.
    expect(askedAtWork).toEqual([
      [0, 0, 1],
      [1, 0, 1, 2],
      [2, 0, 1, 2],
    ]);
  });

  it('that may be left halfway asks for no page too many', async () => {
    const { graphql, asked } = threePages();
    for await (const { items } of walkPages(graphql, walkOf(false))) if (items[0] === 1) break;
    expect(asked).toEqual([0, 1]);
  });

  it('gives a page before it says that the next one failed', async () => {
    const { graphql } = threePages(1);
    const walk = walkPages(graphql, walkOf(true));
    expect((await walk.next()).value).toMatchObject({ items: [0] });
    await expect(walk.next()).rejects.toThrow('no such page');
  });

  it('left halfway leaves a failure behind it to nobody', async () => {
    const { graphql } = threePages(1);
    for await (const { items } of walkPages(graphql, walkOf(true))) if (items[0] === 0) break;
    // A rejection that nobody handles would fail this file.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
