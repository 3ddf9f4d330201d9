import { afterEach, describe, expect, it } from 'vitest';
import {
  admitted,
  bytesOf,
  context,
  limits,
  refusal,
  servedWarehouse,
  textOf,
} from '../../test/served-warehouse.ts';
import type { Answer, Progress, QueryContext } from './served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });
const ENDLESS = 'SELECT count() FROM numbers(100000000000000) WHERE NOT ignore(number)';
const ENDLESS_ROWS = 'SELECT number, toString(number) AS word FROM numbers(100000000000000)';

const run = (sql: string, changes: Partial<QueryContext> = {}): Promise<Answer> =>
  test.served.run(admitted(sql), context(changes));

/** What the engine computes now; this question and those that end others left out. */
async function running(): Promise<number> {
  const rows = await test.served.warehouse.query<{ running: number }>(
    "SELECT countIf(query NOT LIKE '%countIf(query%' AND query NOT LIKE 'KILL %') AS running FROM system.processes",
  );
  return rows[0]!.running;
}

/** Resolves with a running query: its first news came from the engine. */
function begun(sql: string, signal: AbortSignal): Promise<{ answer: Promise<Answer> }> {
  return new Promise((resolve) => {
    const answer = run(sql, {
      signal,
      onProgress: () => {
        resolve({ answer });
      },
    });
    // Looked at by the test; here only that it may fail before.
    answer.catch(() => undefined);
  });
}

const PATIENCE = { timeout: 20_000 };

afterEach(async () => {
  // Nothing computes any more, and every connection came back: whatever a test did.
  await expect.poll(running, PATIENCE).toBe(0);
  await expect.poll(async () => (await test.served.status()).connections.reading.busy, PATIENCE).toBe(0);
});

describe('a client that hangs up', () => {
  it('has its query ended, and is told so in ClickHouse’s terms', async () => {
    const client = new AbortController();
    const { answer } = await begun(ENDLESS, client.signal);
    expect(await running()).toBe(1);
    client.abort();
    expect(await refusal(answer)).toMatchObject({ code: 394, codeName: 'QUERY_WAS_CANCELLED' });
    expect(await running()).toBe(0);
  });

  it('in the middle of a large result that it reads no more of', async () => {
    // Parquet finishes the row groups that it has begun, one for each thread.
    const settings = { max_threads: '1' };
    for (const format of ['TSV', 'JSON', 'Native', 'Parquet']) {
      const client = new AbortController();
      const answer = await run(ENDLESS_ROWS, { format, settings, signal: client.signal });
      expect((await answer.chunks.next()).done).toBe(false);
      client.abort();
      await expect.poll(running, PATIENCE).toBe(0);
      const rest = bytesOf(Promise.resolve(answer));
      expect(await refusal(rest)).toMatchObject({ code: 394 });
      expect(await textOf(run('SELECT 42'))).toBe('42\n');
    }
  });

  it('before its query began', async () => {
    const signal = AbortSignal.abort();
    expect(await refusal(run('SELECT 1', { signal }))).toMatchObject({ code: 394 });
  });

  it('while the query is still being analysed', async () => {
    const client = new AbortController();
    const answer = run(`SELECT number FROM numbers(3) WHERE number < (${ENDLESS})`, {
      signal: client.signal,
    });
    await expect.poll(running, PATIENCE).toBe(1);
    client.abort();
    expect(await refusal(answer)).toMatchObject({ code: 394 });
  });

  it('while it waits for a connection, and those behind it move up', async () => {
    const first = new AbortController();
    const busy = await Promise.all([begun(ENDLESS, first.signal), begun(ENDLESS, first.signal)]);
    const client = new AbortController();
    const waiting = run('SELECT 1', { signal: client.signal });
    const behind = textOf(run('SELECT 2'));
    client.abort();
    expect(await refusal(waiting)).toMatchObject({ code: 394 });
    first.abort();
    expect(await behind).toBe('2\n');
    await Promise.allSettled(busy.map(({ answer }) => answer));
  });

  it('does not look like a disk that refuses to write', async () => {
    const failures = "SELECT sum(value) AS n FROM system.events WHERE event LIKE '%WriteFailed'";
    const before = await test.served.warehouse.query(failures);
    const answer = await run(ENDLESS_ROWS);
    await answer.chunks.return?.();
    expect(await test.served.warehouse.query(failures)).toEqual(before);
  });
});

describe('a reader', () => {
  it('that has enough gives the rest back, before the first piece as well', async () => {
    const answer = await run(ENDLESS_ROWS);
    await answer.chunks.return?.();
    expect(await running()).toBe(0);
    for await (const piece of (await run(ENDLESS_ROWS)).chunks) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(await running()).toBe(0);
  });

  it('that is slow makes the engine wait', async () => {
    const answer = await run(ENDLESS_ROWS);
    const readSoFar = async (): Promise<number> => {
      const [row] = await test.served.warehouse.query<{ n: number }>(
        "SELECT sum(read_rows) AS n FROM system.processes WHERE query LIKE '%OUTFILE%'",
      );
      return row!.n;
    };
    // The engine runs ahead a little, then stands still: two looks that agree.
    let last = -1;
    await expect
      .poll(
        async () => {
          const now = await readSoFar();
          const stands = now === last;
          last = now;
          return stands;
        },
        { ...PATIENCE, interval: 200 },
      )
      .toBe(true);
    await answer.chunks.return?.();
  });

  it('that is too slow meets the limit of time', async () => {
    const answer = await run(ENDLESS_ROWS, { limits: { ...limits, seconds: 1 } });
    await expect.poll(running, PATIENCE).toBe(0);
    expect(await refusal(bytesOf(Promise.resolve(answer)))).toMatchObject({
      code: 159,
      codeName: 'TIMEOUT_EXCEEDED',
    });
  });

  it.each([
    ['for the request', { settings: { max_execution_time: '1' } }, {}],
    ['in the statement', {}, { settings: { max_execution_time: '1' } }],
  ])('and the one that was asked for %s, where that is shorter', async (_, request, statement) => {
    // Far longer than this test waits.
    const long = { ...limits, seconds: 3600 };
    const answer = await test.served.run(
      { ...admitted(ENDLESS_ROWS), ...statement },
      context({ limits: long, ...request }),
    );
    // Nobody reads: the engine stands still in the pipe, and does not look at its clock.
    await expect.poll(running, PATIENCE).toBe(0);
    expect(await refusal(bytesOf(Promise.resolve(answer)))).toMatchObject({
      code: 159,
      message: expect.stringContaining('maximum: 1 seconds') as string,
    });
  });
});

describe('while nothing of a result is there', () => {
  it('the client is told how far the query is', async () => {
    const client = new AbortController();
    const news: Progress[] = [];
    const answer = run(ENDLESS, {
      signal: client.signal,
      onProgress: (progress) => {
        news.push(progress);
        if (news.length === 3) client.abort();
      },
    });
    await refusal(answer);
    expect(news[2]!.readRows).toBeGreaterThan(news[0]!.readRows);
    expect(news[2]!.elapsedSeconds).toBeGreaterThan(news[0]!.elapsedSeconds);
    expect(news[2]!.totalRowsToRead).toBe(100_000_000_000_000);
  });
});
