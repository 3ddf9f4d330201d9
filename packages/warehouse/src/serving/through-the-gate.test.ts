import { describe, expect, it } from 'vitest';
import { body, context, refusal, servedWarehouse, textOf } from '../../test/served-warehouse.ts';
import type { QueryContext } from './served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });

/** As the HTTP interface does it: what was admitted is what runs. */
async function ask(sql: string, role: QueryContext['role'], params = {}): Promise<string> {
  const admitted = await test.served.admit({ sql, role, database: 'default', params });
  return textOf(
    test.served.run(
      admitted,
      context({ role, params, format: admitted.format ?? 'TSV', database: 'default' }),
    ),
  );
}

describe('what the gate admits', () => {
  it('runs as it was admitted, with values, formats and settings', async () => {
    expect(
      await ask('select /* hi */ {n:UInt8} + 1 as x format JSONCompactEachRow', 'analyst', { n: '1' }),
    ).toBe('[2]\n');
    expect(
      await ask("SELECT toDateTime64(0, 3, 'UTC') SETTINGS date_time_output_format = 'iso'", 'dashboards'),
    ).toBe('1970-01-01T00:00:00.000Z\n');
    expect(await ask('SHOW TABLES', 'dashboards')).toBe('numbers\n');
    expect(await ask('SELECT count() FROM numbers', 'dashboards')).toBe('0\n');
  });

  it('is stored when an operator inserts it', async () => {
    const sql = 'INSERT INTO metrics.numbers (n, word) FORMAT JSONEachRow';
    const admitted = await test.served.admit({ sql, role: 'operator', database: '', params: {} });
    await test.served.insert(
      admitted,
      context({ format: admitted.format ?? '' }),
      body('{"n":1,"word":"one"}'),
    );
    expect(await ask('SELECT n, word FROM metrics.numbers', 'operator')).toBe('1\tone\n');
  });

  it('never holds settings of a part of the statement: the engine lets these lift its limits and `readonly`', async () => {
    const lifting = 'SELECT * FROM (SELECT 1 SETTINGS readonly = 0)';
    for (const role of ['dashboards', 'analyst', 'bot', 'operator'] as const) {
      expect((await refusal(ask(lifting, role))).code).toBeGreaterThan(0);
    }
  });
});
