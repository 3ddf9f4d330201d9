import { describe, expect, it } from 'vitest';
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

describe('cells', () => {
  const columns = [
    { title: 'name', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;
  const accent = '\u0301';

  it('are aligned by the characters that people see', () => {
    expect(formatTable(columns, [[`e${accent}te${accent}`, '1']])).toEqual([
      'name  n',
      `e${accent}te${accent}   1`,
    ]);
  });

  it.each([
    ['ASCII', 'a', 100_000],
    ['letters of two units', '😀', 100_000],
    ['letters with an accent', `e${accent}`, 100_000],
  ])('of %s end after 120 characters', (_what, letter, count) => {
    const [, row] = formatTable(columns, [[letter.repeat(count), '7']]);
    expect(row).toBe(`${letter.repeat(119)}…  7`);
  });

  it('of 120 characters stay whole, of 121 do not', () => {
    const [, whole, cut] = formatTable(columns, [
      ['é'.repeat(120), '1'],
      ['é'.repeat(121), '2'],
    ]);
    expect([whole, cut]).toEqual([`${'é'.repeat(120)}  1`, `${'é'.repeat(119)}…  2`]);
  });

  it('of one letter under a hundred thousand accents are cut before it', () => {
    const [, row] = formatTable(columns, [[`abc${accent.repeat(100_000)}`, '7']]);
    expect(row).toBe('ab…   7');
  });

  it('of a whole column are never cut', () => {
    const reason = 'because '.repeat(40).trim();
    expect(formatTable([{ title: 'reason', align: 'left', isWhole: true }], [[reason]])[1]).toBe(reason);
  });

  it('of many rows are measured one by one', () => {
    const rows = Array.from({ length: 200_000 }, () => ['a', '1']);
    expect(formatTable(columns, rows)).toHaveLength(200_001);
  });
});

it('keeps a name with line breaks on its line', () => {
  const columns = [
    { title: 'name', align: 'left' },
    { title: 'whole', align: 'left', isWhole: true },
  ] as const;
  expect(formatTable(columns, [['one\ntwo\r\nthree', 'a\u2028b']])).toEqual([
    'name           whole',
    'one␤two␤three  a␤b',
  ]);
});
