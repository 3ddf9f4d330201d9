import { describe, expect, it } from 'vitest';
import type { QueryParams } from '../warehouse.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

/**
 * Results as a person sees them are one document, whatever their size and format.
 *
 * @param options `name` of a column: as odd as is let through on the way. `streams`: a result that never ends begins to
 *   arrive; a ClickHouse server is asked to keep answers back until they are whole. `holds`: what cannot be streamed is
 *   held in memory, and so limited.
 */
export function describeQueryText(
  database: TestedWarehouse,
  { name = 'a "b"\n,c', streams = true, holds = true } = {},
): void {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  // Several pieces: the engine makes one of every 65,409 rows.
  const ROWS = 150_000;
  const LARGE = `SELECT number AS n, concat('"line\n', toString(number), '"') AS ${quoted} FROM numbers(${String(ROWS)})`;

  async function bytes(sql: string, format: string, params?: QueryParams): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of database.warehouse.queryText(sql, format, params)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  const text = async (sql: string, format: string, params?: QueryParams) =>
    (await bytes(sql, format, params)).toString();

  describe('a result of many pieces is one document:', () => {
    it.each(['TSV', 'TabSeparatedRaw', 'CSV', 'JSONEachRow', 'JSONCompactEachRow'])(
      '%s follows on',
      async (format) => {
        const sql = `SELECT number FROM numbers(${String(ROWS)})`;
        const lines = (await text(sql, format)).trimEnd().split('\n');
        expect(lines).toHaveLength(ROWS);
        expect(lines.at(-1)).toContain(String(ROWS - 1));
      },
    );

    it.each([
      ['TSVWithNames', 1],
      ['tsvWithNames', 1],
      ['TabSeparatedWithNamesAndTypes', 2],
      ['JSONCompactEachRowWithNames', 1],
      ['JSONCompactEachRowWithNamesAndTypes', 2],
    ])('%s has its header of %i lines once', async (format, header) => {
      const lines = (await text(LARGE, format)).trimEnd().split('\n');
      expect(lines).toHaveLength(ROWS + header);
      expect(lines.filter((line) => line === lines[0])).toHaveLength(1);
    });

    it('CSVWithNames has its header once, whatever stands in it', async () => {
      const csv = await text(LARGE, 'CSVWithNames');
      const header = `"n",${quoted}\n`;
      expect(csv.startsWith(header)).toBe(true);
      expect(csv.split(header)).toHaveLength(2);
      expect(csv.endsWith(`${String(ROWS - 1)},"""line\n${String(ROWS - 1)}"""\n`)).toBe(true);
    });

    it('RowBinary and Native follow on', async () => {
      const sql = `SELECT toUInt64(number) FROM numbers(${String(ROWS)})`;
      const binary = await bytes(sql, 'RowBinary');
      expect(binary).toHaveLength(ROWS * 8);
      expect(binary.readBigUInt64LE((ROWS - 1) * 8)).toBe(BigInt(ROWS - 1));
      expect((await bytes(sql, 'Native')).length).toBeGreaterThan(ROWS * 8);
    });

    it('JSON is one object', async () => {
      const json = JSON.parse(await text(LARGE, 'JSON')) as { rows: number; data: unknown[] };
      expect(json.rows).toBe(ROWS);
      expect(json.data).toHaveLength(ROWS);
    });

    it.each([
      ['Parquet', 'PAR1'],
      ['Arrow', 'ARROW1'],
    ])('%s is one file', async (format, mark) => {
      const file = await bytes(LARGE, format);
      expect(file.subarray(0, mark.length).toString()).toBe(mark);
      expect(file.subarray(-mark.length).toString()).toBe(mark);
      expect(file.toString('latin1').split(mark)).toHaveLength(3);
    });

    it('XML and Markdown are whole', async () => {
      expect((await text(LARGE, 'XML')).split('<?xml')).toHaveLength(2);
      expect((await text(LARGE, 'Markdown')).split('|-:|:-|')).toHaveLength(2);
    });
  });

  describe('a result', () => {
    it.runIf(streams)('arrives while it is made, and can be left early', async () => {
      let first = 0;
      for await (const chunk of database.warehouse.queryText(
        'SELECT number FROM numbers(1000000000)',
        'TSV',
      )) {
        first = chunk.length;
        break;
      }
      expect(first).toBeGreaterThan(0);
      expect(await text('SELECT 1', 'TSV')).toBe('1\n');
    });

    it('without a row still has its header', async () => {
      expect(await text('SELECT 1 AS a WHERE 0', 'TSVWithNames')).toBe('a\n');
      expect(await text('SELECT 1 AS a WHERE 0', 'CSVWithNames')).toBe('"a"\n');
      expect(await text('SELECT 1 AS a WHERE 0', 'TSV')).toBe('');
      expect(JSON.parse(await text('SELECT 1 AS a WHERE 0', 'JSON'))).toMatchObject({ rows: 0 });
    });

    it('of SHOW, DESCRIBE and EXISTS comes too', async () => {
      expect(await text('SHOW DATABASES', 'TSV')).toContain('metrics\n');
      expect(await text('DESCRIBE TABLE ops.cursors', 'TSVWithNames')).toContain('cursor\tString');
      expect(await text('EXISTS ops.cursors', 'JSONEachRow')).toBe('{"result":1}\n');
    });

    it('takes bound values, streamed or not', async () => {
      const params = { n: 3, s: "it's\t😀" };
      const sql = 'SELECT {s:String} AS s FROM numbers({n:UInt8})';
      expect(await text(sql, 'TSVRaw', params)).toBe("it's\t😀\n".repeat(3));
      expect(JSON.parse(await text(sql, 'JSON', params))).toMatchObject({ rows: 3 });
    });

    it('shows instants and large numbers as a person reads them', async () => {
      const sql =
        "SELECT toDateTime64('1969-12-31 23:59:59.250', 3, 'UTC') AS at, toUInt64(18446744073709551615) AS n";
      expect(await text(sql, 'TSV')).toBe('1969-12-31 23:59:59.250\t18446744073709551615\n');
    });

    it('that fails in the middle fails, and does not end early', async () => {
      const failing = bytes("SELECT toUInt8(if(number = 900000, 'x', '1')) FROM numbers(1000000)", 'TSV');
      await expect(failing).rejects.toThrow('Cannot parse');
      expect(await text('SELECT 1', 'TSV')).toBe('1\n');
    });

    it.runIf(holds)('too large to be held is refused with the way out, and streams', async () => {
      const sql = 'SELECT repeat(toString(number % 2), 1000000) FROM numbers(280)';
      await expect(bytes(sql, 'JSON')).rejects.toMatchObject({
        code: 'result-too-large',
        next: expect.stringContaining('JSONEachRow') as string,
      });
      let length = 0;
      for await (const chunk of database.warehouse.queryText(sql, 'TSV')) length += chunk.length;
      expect(length).toBe(280 * 1_000_001);
    });

    it.each(['', 'TSV; DROP', 'TSV SETTINGS a = 1', '../x'])('has no format %j', async (format) => {
      await expect(bytes('SELECT 1', format)).rejects.toMatchObject({ code: 'unknown-format', exitCode: 2 });
    });
  });
}
