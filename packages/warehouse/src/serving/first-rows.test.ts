import { describe, expect, it } from 'vitest';
import { context, limits, refusal, servedWarehouse, textOf } from '../../test/served-warehouse.ts';
import type { QueryContext } from './served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });

/** Through the gate, as the HTTP interface does it. */
async function rows(sql: string, changes: Partial<QueryContext> = {}): Promise<string[]> {
  const admitted = await test.served.admit({ sql, role: 'analyst', database: 'metrics', params: {} });
  const asked = context({ role: 'analyst', ...changes });
  return (await textOf(test.served.run(admitted, asked))).trimEnd().split('\n');
}

const firstThree = { max_result_rows: '3', result_overflow_mode: 'break' };

describe('whoever asks for the first rows only', () => {
  it.each([
    ['in the address', 'SELECT number FROM numbers(1000000)', firstThree],
    [
      'in the statement',
      "SELECT number FROM numbers(1000000) SETTINGS max_result_rows = 3, result_overflow_mode = 'break'",
      {},
    ],
    ['by Grafana’s limit', 'SELECT number FROM numbers(1000000)', { limit: '3' }],
    ['by both', 'SELECT number FROM numbers(1000000)', { ...firstThree, limit: '5' }],
    ['where the statement has a larger limit', 'SELECT number FROM numbers(1000000) LIMIT 9', firstThree],
  ])('gets these and no error, %s', async (_, sql, settings) => {
    for (const format of ['TSV', 'CSV', 'Parquet'] as const) {
      if (format === 'Parquet') await expect(rows(sql, { settings, format })).resolves.toBeDefined();
      else expect(await rows(sql, { settings, format })).toEqual(['0', '1', '2']);
    }
  });

  it('gets what a subquery or a view counts in full', async () => {
    expect(
      await rows('SELECT count() FROM (SELECT number FROM numbers(100))', { settings: firstThree }),
    ).toEqual(['100']);
    expect(
      await rows('SELECT count() FROM numbers(100) WHERE number IN (SELECT number FROM numbers(50))', {
        settings: { limit: '3' },
      }),
    ).toEqual(['50']);
  });

  it('gets all columns but one', async () => {
    expect(await rows('SELECT * EXCEPT (word) FROM metrics.numbers', { settings: firstThree })).toEqual(['']);
  });

  it.each([
    'SELECT number FROM numbers(9) UNION ALL SELECT number FROM numbers(9)',
    'SELECT number FROM numbers(9) INTERSECT SELECT number FROM numbers(5, 9)',
    'SELECT number FROM numbers(9) EXCEPT SELECT number FROM numbers(5)',
    '(SELECT number FROM numbers(9) EXCEPT SELECT number FROM numbers(5)) EXCEPT (SELECT 1)',
  ])('is told where the engine would give others: %s', async (sql) => {
    for (const settings of [firstThree, { limit: '3' }, { offset: '1' }]) {
      expect(await refusal(rows(sql, { settings }))).toMatchObject({ code: 48 });
    }
    const around = await rows(`SELECT * FROM (${sql}) ORDER BY 1`, { settings: firstThree });
    expect(around).toHaveLength(3);
  });

  it('gets an error and no part of the answer where that is more than the role may have', async () => {
    const settings = { max_result_rows: '1000', result_overflow_mode: 'break' };
    const asked = { settings, limits: { ...limits, rowsReturned: 10 } };
    expect(await refusal(rows('SELECT number FROM numbers(1000)', asked))).toMatchObject({ code: 396 });
    expect(
      await refusal(rows('SELECT number FROM numbers(1000)', { settings: { max_result_rows: '10' } })),
    ).toMatchObject({ code: 396 });
  });
});
