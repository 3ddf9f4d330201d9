import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { admitted, bytesOf, context, refusal, servedWarehouse } from '../../test/served-warehouse.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';

const ROWS = 150_000;
const COLUMNS = "number AS n, toString(number) AS word, if(number % 3 = 0, NULL, 'x') AS maybe";
const LARGE = `SELECT ${COLUMNS} FROM numbers(${String(ROWS)})`;

/** They have rules about columns that no general table keeps, and say so. */
const OWN_COLUMNS: Readonly<Record<string, string>> = {
  GeoJSON: 'SELECT (1.0, 2.0)::Point AS geometry, number AS n FROM numbers(3)',
  Npy: `SELECT number AS n FROM numbers(${String(ROWS)})`,
  PNG: 'SELECT toUInt8(number % 256) AS v FROM numbers(16)',
  Prometheus: "SELECT 'requests' AS name, number::Float64 AS value FROM numbers(3)",
  ProtobufSingle: 'SELECT 1 AS n',
};
const NOT_SERVED = new Set([
  'AvroConfluent',
  'CapnProto',
  'MySQLWire',
  'ODBCDriver2',
  'PostgreSQLWire',
  'Template',
  'TemplateIgnoreSpaces',
]);
/** Of these the engine shows only the first rows. */
const FOR_PEOPLE = /^(?:Pretty(?!JSON|NDJSON)\w*|Vertical)$/;
/** Nothing in them says where a value ends, or what was null. */
const ONE_WAY = /^(?:Buffers|JSONStrings|LineAsString|Raw|RawBLOB|TSVRaw|TabSeparatedRaw|Values)/;

const test = servedWarehouse({ readers: 2 });
const folder = temporaryFolder();
let formats: { name: string; is_input: number }[] = [];
beforeAll(async () => {
  formats = await test.served.warehouse.query(
    'SELECT name, is_input FROM system.formats WHERE is_output ORDER BY name',
  );
});

const inFormat = (format: string, sql = OWN_COLUMNS[format] ?? LARGE): Promise<Buffer> =>
  bytesOf(test.served.run(admitted(sql), context({ format })));

describe('every format of the engine', () => {
  it('is served or refused in ClickHouse’s terms, and writes nothing but its answer', async () => {
    expect(formats.length).toBeGreaterThan(80);
    const before = [readdirSync(test.path), readdirSync(process.cwd())];
    for (const { name } of formats) {
      if (NOT_SERVED.has(name)) expect(await refusal(inFormat(name))).toMatchObject({ code: 48 });
      else if (name === 'Null') expect((await inFormat(name)).length).toBe(0);
      else expect((await inFormat(name)).length, name).toBeGreaterThan(0);
    }
    expect([readdirSync(test.path), readdirSync(process.cwd())]).toEqual(before);
  });

  it('gives one document, which the engine reads as what it was', async () => {
    mkdirSync(folder, { recursive: true });
    const read: string[] = [];
    for (const { name, is_input } of formats) {
      if (is_input === 0 || NOT_SERVED.has(name) || ONE_WAY.test(name) || name in OWN_COLUMNS) continue;
      const file = join(folder, `document-${name}`);
      writeFileSync(file, await inFormat(name));
      const [row] = await test.served.warehouse.query(
        `SELECT count() AS rows, sum(n) AS numbers, sum(length(word)) AS characters, countIf(maybe = 'x') AS some ` +
          `FROM file('${file}', ${name}, 'n UInt64, word String, maybe Nullable(String)')`,
      );
      expect(row, name).toEqual({ rows: ROWS, numbers: 11_249_925_000, characters: 788_890, some: 100_000 });
      read.push(name);
    }
    expect(read).toEqual(
      expect.arrayContaining([
        'Arrow',
        'CSVWithNames',
        'JSON',
        'JSONCompact',
        'Native',
        'ORC',
        'Parquet',
        'RowBinary',
      ]),
    );
  });

  it('says how many rows there are, where people read it', async () => {
    for (const { name } of formats) {
      if (!FOR_PEOPLE.test(name)) continue;
      expect((await inFormat(name)).toString(), name).toMatch(/149[.,]?999|150[.,]?000|Showed/);
    }
  });
});
