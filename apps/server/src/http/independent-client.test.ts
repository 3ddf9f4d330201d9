import {
  ClickHouseClient,
  ClickHouseClientOptions,
  ClickHouseCompressionMethod,
  ClickHouseDataFormat,
  ClickHouseHttpConfig,
} from '@depyronick/clickhouse-client';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp();

function client(
  compression: ClickHouseCompressionMethod,
  format = ClickHouseDataFormat.JSON,
): ClickHouseClient {
  const options = new ClickHouseClientOptions();
  Object.assign(options, {
    ...{
      host: '127.0.0.1',
      port: served.port,
      username: 'operator',
      password: 'secret',
      database: 'ops',
      format,
    },
    // It prints what it is told, expected errors included.
    logger: { error: () => undefined },
    httpConfig: Object.assign(new ClickHouseHttpConfig(), { compression }),
  });
  return new ClickHouseClient(options);
}

describe('a client for Node that nobody here wrote', () => {
  it('is heard', async () => {
    expect(await client(ClickHouseCompressionMethod.NONE).ping()).toBe(true);
  });

  it.each([
    ClickHouseCompressionMethod.NONE,
    ClickHouseCompressionMethod.GZIP,
    ClickHouseCompressionMethod.DEFLATE,
    ClickHouseCompressionMethod.BROTLI,
  ])('reads rows, packed as %s', async (compression) => {
    const rows = await client(compression).queryPromise(
      'SELECT number AS n, {word:String} AS word FROM numbers(3)',
      { word: 'bound' },
    );
    expect(rows).toEqual([0, 1, 2].map((n) => ({ n, word: 'bound' })));
  });

  it('reads a long result row by row', async () => {
    let last: unknown;
    let count = 0;
    await new Promise<void>((resolve, reject) => {
      client(ClickHouseCompressionMethod.GZIP)
        .query<{ n: number }>('SELECT number AS n FROM numbers(50000)')
        .subscribe({
          next: (row) => {
            last = row;
            count++;
          },
          error: reject,
          complete: resolve,
        });
    });
    expect([count, last]).toEqual([50_000, { n: 49_999 }]);
  });

  it('inserts rows, and reads them from the database it named', async () => {
    const asked = client(ClickHouseCompressionMethod.NONE);
    await asked.insertPromise(
      'truncations',
      [1, 2, 3].map((n) => ({ repo: 'client', entity: String(n) })),
    );
    expect(
      await asked.queryPromise("SELECT toUInt32(count()) AS n FROM truncations WHERE repo = 'client'"),
    ).toEqual([{ n: 3 }]);
  });

  it('is told what is wrong', async () => {
    const asked = client(ClickHouseCompressionMethod.NONE).queryPromise('SELECT nothing FROM nowhere');
    await expect(asked).rejects.toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\)/);
  });
});
