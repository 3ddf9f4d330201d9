import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { admitted, body, bytesOf, context, inserting, refusal, textOf } from '../../test/served-warehouse.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { migrate } from '../migrate.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { openServedWarehouse } from './open-served-warehouse.ts';
import { readingThreads } from './reading-threads.ts';
import type { ServedWarehouse } from './served-warehouse.ts';

const folder = temporaryFolder();
let count = 0;
const freshPath = (): string => join(folder, `data-${String(++count)}`);
const ENDLESS = 'SELECT count() FROM numbers(100000000000000) WHERE NOT ignore(number)';
const ENDLESS_ROWS = 'SELECT number FROM numbers(100000000000000)';

let opened: ServedWarehouse | undefined;
afterEach(async () => {
  await opened?.close(0);
});

async function serve(path: string, readers = 2): Promise<ServedWarehouse> {
  opened = await openServedWarehouse({ path }, { readers });
  await opened.warehouse.command('CREATE DATABASE IF NOT EXISTS metrics');
  await opened.warehouse.command(
    'CREATE TABLE IF NOT EXISTS metrics.numbers (n UInt64) ENGINE = MergeTree ORDER BY n',
  );
  return opened;
}

describe('when it closes', () => {
  it('the folder is free, nothing of it is left, and nothing stored is lost', async () => {
    const path = freshPath();
    const served = await serve(path);
    await served.insert(inserting(['n']), context(), body('7\n'));
    await served.close();
    await served.close();
    expect(existsSync(join(path, 'serving'))).toBe(false);
    expect(existsSync(join(path, 'owner.json'))).toBe(false);
    const warehouse = await openWarehouse({ path });
    expect(await warehouse.query('SELECT n FROM metrics.numbers')).toEqual([{ n: 7 }]);
    await warehouse.close();
  });

  it('nothing new begins', async () => {
    const served = await serve(freshPath());
    await served.close();
    expect(await refusal(served.run(admitted('SELECT 1'), context()))).toMatchObject({ code: 236 });
    expect(await refusal(served.insert(inserting(), context(), body('1\n')))).toMatchObject({ code: 236 });
    const question = { sql: 'SELECT 1', role: 'operator', database: '', params: {} } as const;
    expect(await refusal(served.admit(question))).toMatchObject({ code: 236 });
  });

  it('statements that the gate has not decided yet are told', async () => {
    const served = await serve(freshPath());
    // More than the gate asks at once, so that some still wait when its engine is closed.
    const asked = Array.from({ length: 40 }, (_, at) => {
      const question = {
        sql: `SELECT ${String(at)} AS a`,
        role: 'analyst',
        database: '',
        params: {},
      } as const;
      return served.admit(question).then(
        () => 0,
        (error: unknown) => (error as { code?: unknown }).code,
      );
    });
    const [codes] = await Promise.all([Promise.all(asked), served.close(0)]);
    expect(codes.filter((code) => code !== 0)).not.toEqual([]);
    expect([...new Set(codes)].filter((code) => code !== 0)).toEqual([236]);
  });

  it('queries that run may end within the grace, answers that are read as well', async () => {
    const served = await serve(freshPath());
    const large = await served.run(admitted('SELECT number FROM numbers(2000000)'), context());
    let hasBegun = false;
    const onProgress = (): void => {
      hasBegun = true;
    };
    const sum = admitted('SELECT sum(number) FROM numbers(1000000000)');
    const small = textOf(served.run(sum, context({ onProgress })));
    await expect.poll(() => hasBegun, { interval: 10 }).toBe(true);
    const closed = served.close(30_000);
    const rows = (await bytesOf(Promise.resolve(large))).toString().trimEnd().split('\n');
    expect(rows).toHaveLength(2_000_000);
    expect(await small).toBe('499999999500000000\n');
    await closed;
  });

  // More than is held back, so that they are read piece by piece; with the last pieces here, in the pipe, or to come.
  // Each may keep a thread of the few that there are here.
  const SIZES = [1_150_000, 1_330_000, 1_400_000];
  const letters = (size: number): string => `SELECT repeat('a', 999) FROM numbers(${String(size / 1_000)})`;

  it('answers that are computed and not read yet are read to their end', async () => {
    const served = await serve(freshPath(), SIZES.length);
    const answers = await Promise.all(SIZES.map((size) => served.run(admitted(letters(size)), context())));
    const closed = served.close(30_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const sizes = await Promise.all(
      answers.map(async (answer) => (await bytesOf(Promise.resolve(answer))).length),
    );
    expect(sizes).toEqual(SIZES);
    await closed;
  });

  it('they break off where there is no time for them, and are not taken for whole', async () => {
    const served = await serve(freshPath(), SIZES.length);
    const answers = await Promise.all(SIZES.map((size) => served.run(admitted(letters(size)), context())));
    await served.close(0);
    for (const answer of answers) {
      expect(await refusal(bytesOf(Promise.resolve(answer)))).toMatchObject({ code: 236 });
    }
  });

  it('those that run on are ended, and those in line are told', async () => {
    const served = await serve(freshPath());
    const computing = served.run(admitted(ENDLESS), context());
    const unread = await served.run(admitted(ENDLESS_ROWS), context());
    const waiting = served.run(admitted('SELECT 1'), context());
    await Promise.all([
      served.close(0),
      expect(refusal(computing)).resolves.toMatchObject({ code: 236 }),
      expect(refusal(waiting)).resolves.toMatchObject({ code: 236 }),
    ]);
    expect(await refusal(bytesOf(Promise.resolve(unread)))).toMatchObject({ code: 236 });
  });

  it('writes that are on their way to the table are stored first', async () => {
    const path = freshPath();
    const served = await serve(path);
    const rows = '1\n'.repeat(200_000);
    const insert = served.insert(inserting(['n']), context(), body(rows));
    const command = admitted('INSERT INTO metrics.numbers SELECT number FROM numbers(100000)', 'command');
    const copying = served.run(command, context());
    await Promise.all([served.close(30_000), copying, insert]);
    const warehouse = await openWarehouse({ path });
    expect(await warehouse.query('SELECT count() AS n FROM metrics.numbers')).toEqual([{ n: 300_000 }]);
    await warehouse.close();
  });
});

describe('a body that is still on its way when it closes', () => {
  it('is waited for, but not longer than the grace', async () => {
    const served = await serve(freshPath());
    async function* slow(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.from('1\n');
      await new Promise(() => undefined);
    }
    const insert = refusal(served.insert(inserting(['n']), context(), slow()));
    await served.close(0);
    expect(await insert).toMatchObject({ code: 394 });
  });
});

describe('when it opens', () => {
  it('what a killed process left of bodies and pipes is swept away', async () => {
    const path = freshPath();
    mkdirSync(join(path, 'serving'), { recursive: true });
    writeFileSync(join(path, 'serving', 'body-old'), 'somebody’s rows');
    await serve(path);
    expect(readdirSync(join(path, 'serving')).sort()).toEqual(['result-0', 'result-1']);
  });

  it('it says what is pending and which engine it is', async () => {
    const served = await serve(freshPath());
    expect((await served.status()).pendingMigrations).toBeGreaterThan(0);
    await migrate(served.warehouse);
    const status = await served.status();
    expect(status.pendingMigrations).toBe(0);
    expect(status.version).toMatch(/^\d+\.\d+/);
    expect(status.memoryBytes).toBeGreaterThanOrEqual(0);
    const busy = served.run(admitted(ENDLESS), context());
    await expect.poll(async () => (await served.status()).memoryBytes).toBeGreaterThan(0);
    expect((await served.status()).connections).toEqual({
      reading: { open: 1, busy: 1 },
      writing: { open: 1, busy: 0 },
    });
    await Promise.all([served.close(0), refusal(busy)]);
  });
});

describe('queries that run at once', () => {
  it('leave threads for whatever else there is to do', () => {
    expect(readingThreads({})).toBe(2);
    expect(readingThreads({ UV_THREADPOOL_SIZE: '64' })).toBe(56);
    expect(readingThreads({ UV_THREADPOOL_SIZE: '1024' })).toBe(64);
    expect(readingThreads({ UV_THREADPOOL_SIZE: '1' })).toBe(1);
    expect(readingThreads({ UV_THREADPOOL_SIZE: 'many' })).toBe(2);
  });
});
