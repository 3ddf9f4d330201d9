import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comment, mergePullRequest, type PullRequest, type SimulatedGitHub } from '../../index.ts';
import { ask, startTestGitHub } from '../testing/client.ts';
import { MINUTE, openPullRequests, smallWorld, START } from '../testing/small-world.ts';
import { type Connection, pageOfOrdered } from './connection.ts';
import { comparePositions, type Position } from './cursor.ts';

const pageQuery = `query Page($first: Int, $last: Int, $after: String, $before: String, $field: IssueOrderField!, $direction: OrderDirection!, $states: [PullRequestState!]) {
  repository(owner: "acme", name: "shop") {
    pullRequests(first: $first, last: $last, after: $after, before: $before, states: $states, orderBy: { field: $field, direction: $direction }) {
      totalCount
      nodes { number }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly number: number }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(github: SimulatedGitHub, variables: Record<string, unknown>): Promise<Page> {
  const all = { field: 'UPDATED_AT', direction: 'ASC', ...variables };
  const { data, errors } = await ask(github, pageQuery, all);
  expect(errors).toEqual([]);
  return data.repository.pullRequests;
}

const numbers = ({ nodes }: Page): number[] => nodes.map(({ number }) => number);

describe('pages of pull requests', () => {
  it('come in order until there are no more', async () => {
    const small = smallWorld();
    openPullRequests(small, 5);
    const github = await startTestGitHub(small.world);
    const first = await page(github, { first: 2, direction: 'DESC' });
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(numbers(first)).toEqual([5, 4]);
    const second = await page(github, { first: 2, direction: 'DESC', after: first.pageInfo.endCursor });
    expect(numbers(second)).toEqual([3, 2]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const third = await page(github, { first: 2, direction: 'DESC', after: second.pageInfo.endCursor });
    expect(numbers(third)).toEqual([1]);
    expect(third.pageInfo.hasNextPage).toBe(false);
  });

  it('go backwards from the end', async () => {
    const small = smallWorld();
    openPullRequests(small, 5);
    const github = await startTestGitHub(small.world);
    const last = await page(github, { last: 2 });
    expect(numbers(last)).toEqual([4, 5]);
    const before = await page(github, { last: 2, before: last.pageInfo.startCursor });
    expect(numbers(before)).toEqual([2, 3]);
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('ascending: a row that changes between two pages moves to the end, and nothing is skipped', async () => {
    const small = smallWorld();
    const [first, second] = openPullRequests(small, 5) as [PullRequest, PullRequest];
    const github = await startTestGitHub(small.world);
    const one = await page(github, { first: 2 });
    expect(numbers(one)).toEqual([1, 2]);
    // The cursor's own row leaves its place as well.
    comment(small.world, second, START + 60 * MINUTE);
    comment(small.world, first, START + 61 * MINUTE);
    const rest = await page(github, { first: 100, after: one.pageInfo.endCursor });
    expect(numbers(rest)).toEqual([3, 4, 5, 2, 1]);
  });

  it('descending: a row that changes between two pages is not seen again, and not seen at all if it was below', async () => {
    const small = smallWorld();
    const [first] = openPullRequests(small, 4) as [PullRequest];
    const github = await startTestGitHub(small.world);
    const one = await page(github, { first: 2, direction: 'DESC' });
    expect(numbers(one)).toEqual([4, 3]);
    comment(small.world, first, START + 60 * MINUTE);
    const rest = await page(github, { first: 100, direction: 'DESC', after: one.pageInfo.endCursor });
    expect(numbers(rest)).toEqual([2]);
  });

  it('tell rows of the same second apart', async () => {
    const small = smallWorld();
    for (const pullRequest of openPullRequests(small, 4)) pullRequest.updatedAt = START;
    const github = await startTestGitHub(small.world);
    const one = await page(github, { first: 3 });
    const two = await page(github, { first: 3, after: one.pageInfo.endCursor });
    expect([...numbers(one), ...numbers(two)]).toEqual([1, 2, 3, 4]);
  });

  it('filter by state, and count what they filter', async () => {
    const small = smallWorld();
    const [first] = openPullRequests(small, 3) as [PullRequest];
    mergePullRequest(
      small.world,
      small.shop,
      first,
      { method: 'squash', actor: small.bob },
      START + 60 * MINUTE,
    );
    const github = await startTestGitHub(small.world);
    const merged = await page(github, { first: 10, states: ['MERGED'] });
    expect(merged.totalCount).toBe(1);
    expect(numbers(merged)).toEqual([1]);
    expect(numbers(await page(github, { first: 10, states: ['OPEN'] }))).toEqual([2, 3]);
  });

  it('refuse a cursor of somebody else', async () => {
    const github = await startTestGitHub(smallWorld().world);
    const { errors } = await ask(github, pageQuery, {
      first: 1,
      after: 'abc',
      field: 'UPDATED_AT',
      direction: 'ASC',
    });
    expect(errors[0]).toMatchObject({ type: 'INVALID_CURSOR_ARGUMENTS' });
  });
});

describe('betweenPages', () => {
  it('is called before a continued page and before no other', async () => {
    const small = smallWorld();
    openPullRequests(small, 4);
    let calls = 0;
    const github = await startTestGitHub(small.world, { hooks: { betweenPages: () => void (calls += 1) } });
    const one = await page(github, { first: 2 });
    expect(calls).toBe(0);
    await page(github, { first: 2, after: one.pageInfo.endCursor });
    expect(calls).toBe(1);
  });
});

describe('reading while rows change', () => {
  it('ascending by update loses nothing, whatever changes at whatever moment', () => {
    const change = fc.record({ row: fc.nat(19) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(change, { maxLength: 40 }), (size, changes) => {
        let clock = 20;
        const pending = [...changes];
        const rows = Array.from({ length: 20 }, (_, id) => ({ id, updated: id % 5 }));
        const positionOf = (row: { id: number; updated: number }): Position => [row.updated, row.id];
        const seen = new Map<number, number>();
        let after: string | null = null;
        for (;;) {
          const sorted = rows.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)));
          const read: Connection = pageOfOrdered(
            { rows: sorted, positionOf },
            { first: size, after },
            { map: (row) => row },
          );
          for (const row of read.items as typeof rows) seen.set(row.id, row.updated);
          if (!read.hasNextPage) break;
          after = read.cursorAt(read.items.length - 1);
          for (const { row } of pending.splice(0, 2)) rows[row]!.updated = clock++;
        }
        // Every row was read in its newest state.
        for (const { id, updated } of rows) expect(seen.get(id)).toBe(updated);
      }),
    );
  });
});
