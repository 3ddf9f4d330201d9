import { expect, it } from 'vitest';
import { formatTable } from './table.ts';

it('aligns columns, and leaves out those without content', () => {
  const columns = [
    { title: 'name', align: 'left' },
    { title: 'n', align: 'right' },
    { title: 'band', align: 'left' },
  ] as const;
  expect(
    formatTable(columns, [
      ['api', '7', ''],
      ['storefront', '1,024', ''],
    ]),
  ).toEqual(['name            n', 'api             7', 'storefront  1,024']);
});
