import { cursors } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { adaptivePageSize } from './page-size.ts';
import { pageSizesIn } from './page-sizes.ts';

/** The size after each of so many pages that took so long. */
function after(page: ReturnType<typeof adaptivePageSize>, count: number, ms: number): number[] {
  return Array.from({ length: count }, () => {
    page.succeeded(ms);
    return page.size;
  });
}

describe('the size of a page', () => {
  it('begins at the largest, or where it was left', () => {
    expect(adaptivePageSize(24, null).size).toBe(24);
    expect(adaptivePageSize(24, 7).size).toBe(7);
    expect(adaptivePageSize(5, 7).size).toBe(5);
  });

  it('is halved by each page that was too heavy, down to one', () => {
    const page = adaptivePageSize(24, null);
    const sizes = [24, 12, 6, 3, 1].map((size) => {
      page.wasTooHeavy(size);
      return page.size;
    });
    expect(sizes).toEqual([12, 6, 3, 1, 1]);
  });

  it('grows by a quarter once five pages came fast, and never beyond the largest', () => {
    // 8 + 2, + 2, + 3, + 3, + 4, + 2 to 24.
    expect(after(adaptivePageSize(24, 8), 11, 1000)).toEqual([8, 8, 8, 8, 10, 12, 15, 18, 22, 24, 24]);
  });

  it('stays as it is while one page in twenty is slow', () => {
    const page = adaptivePageSize(24, 8);
    page.succeeded(4000);
    // Of 19 the slowest counts; of the 20 after that the second slowest.
    expect(after(page, 18, 100).at(-1)).toBe(8);
    expect(after(page, 1, 100)).toEqual([10]);
  });

  it('does not come back to where it failed for fifty pages', () => {
    const page = adaptivePageSize(24, null);
    page.wasTooHeavy(24);
    const sizes = after(page, 50, 100);
    expect(Math.max(...sizes.slice(0, 49))).toBe(23);
    expect(sizes[49]).toBe(24);
  });

  it('comes back soon after a single item that was at fault itself', () => {
    const page = adaptivePageSize(8, null);
    for (const size of [8, 4, 2, 1, 1]) page.wasTooHeavy(size);
    expect(after(page, 12, 100)).toEqual([1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8]);
  });
});

describe('remembered page sizes', () => {
  let test: TestWarehouse;
  beforeAll(async () => {
    test = await openTestWarehouse();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('are cursors of their own, written only when something changed', async () => {
    const sizes = pageSizesIn(test.warehouse, 'github');
    expect(await sizes.load('pull-requests', 'acme/app')).toBeNull();
    await sizes.save('pull-requests', 'acme/other', null);
    await sizes.save('pull-requests', 'acme/app', 12);
    await sizes.save('pull-requests', 'acme/app', 12);
    expect(await readAll(test.warehouse, cursors)).toEqual([
      { source: 'github', stream: 'page-size:pull-requests', key: 'acme/app', cursor: '{"size":12}' },
    ]);

    const later = pageSizesIn(test.warehouse, 'github');
    expect(await later.load('pull-requests', 'acme/app')).toBe(12);
    expect(await later.load('deployments', 'acme/app')).toBeNull();
    expect(await pageSizesIn(test.warehouse, 'other').load('pull-requests', 'acme/app')).toBeNull();
    await later.save('pull-requests', 'acme/app', null);
    expect(await pageSizesIn(test.warehouse, 'github').load('pull-requests', 'acme/app')).toBeNull();
  });

  it('that cannot be read count as not learnt', async () => {
    const bad = ['{', '{"size":0}', '17'].map((cursor, index) => ({
      source: 'github',
      stream: 'page-size:bad',
      key: String(index),
      cursor,
    }));
    await test.warehouse.insert(cursors, bad);
    const sizes = pageSizesIn(test.warehouse, 'github');
    expect(await Promise.all(['0', '1', '2'].map((key) => sizes.load('bad', key)))).toEqual([
      null,
      null,
      null,
    ]);
  });
});
