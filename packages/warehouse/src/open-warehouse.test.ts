import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { afterEach, describe, expect, it } from 'vitest';
import { Child } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { openWarehouse } from './open-warehouse.ts';
import { cursors } from './tables/index.ts';
import type { Warehouse } from './warehouse.ts';

const folder = temporaryFolder();
let count = 0;
const freshPath = (): string => join(folder, `data-${String(++count)}`);

let open: Warehouse[] = [];
afterEach(async () => {
  for (const warehouse of open) await warehouse.close();
  open = [];
});

async function opened(path: string, options = {}): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path }, options);
  open.push(warehouse);
  return warehouse;
}

async function failure(promise: Promise<unknown>): Promise<BellwetherError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BellwetherError);
  return error as BellwetherError;
}

describe('one process per folder:', () => {
  it('a second one is told who has it, and can open it when that one lets go', async () => {
    const path = freshPath();
    const holder = new Child('hold', [path]);
    await holder.line('held');

    const error = await failure(openWarehouse({ path }));
    expect(error).toMatchObject({ code: 'warehouse-locked', retry: 'later' });
    expect(error.message).toContain(`Process ${String(holder.process.pid)}`);
    expect(error.message).toContain('hold.ts');
    expect(error.next).toContain(`kill ${String(holder.process.pid)}`);

    holder.say('let go');
    await holder.ended();
    expect(await (await opened(path)).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('the engine’s own lock counts where nothing says whose it is', async () => {
    const path = freshPath();
    const holder = new Child('hold', [path]);
    await holder.line('held');
    writeFileSync(join(path, 'owner.json'), 'not JSON');
    const error = await failure(openWarehouse({ path }));
    expect(error).toMatchObject({ code: 'warehouse-locked' });
    expect(error.message).toContain(String(holder.process.pid));
    await holder.kill();
  });

  it('a process that was killed holds nothing', async () => {
    const path = freshPath();
    const holder = new Child('hold', [path]);
    await holder.line('held');
    await holder.kill();
    expect(existsSync(join(path, 'owner.json'))).toBe(true);
    expect(await (await opened(path)).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a later process that happens to have the same number holds nothing', async () => {
    const path = freshPath();
    mkdirSync(path);
    const stranger = {
      pid: process.ppid,
      command: 'bellwether serve',
      since: '2020-01-01T00:00:00Z',
      startedTicks: '1',
    };
    writeFileSync(join(path, 'owner.json'), JSON.stringify(stranger));
    expect(await (await opened(path)).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('the same process may open it twice, and stays its owner until the last is closed', async () => {
    const path = freshPath();
    const [first, second] = [await opened(path), await opened(path)];
    await first.close();
    expect(JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await second.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.close();
    expect(existsSync(join(path, 'owner.json'))).toBe(false);
  });
});

describe('a folder that cannot be used is named, with the next step:', () => {
  it('a file in its place', async () => {
    const path = freshPath();
    writeFileSync(path, '');
    expect(await failure(openWarehouse({ path }))).toMatchObject({
      code: 'warehouse-not-writable',
      retry: 'no',
    });
    expect(await failure(openWarehouse({ path: join(path, 'below') }))).toMatchObject({
      code: 'warehouse-not-writable',
    });
  });

  it('no right to write', async () => {
    const parent = freshPath();
    mkdirSync(parent);
    chmodSync(parent, 0o500);
    const isRoot = process.geteuid?.() === 0;
    // Root may write anywhere, so root becomes nobody for a moment.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const path = join(parent, 'data');
      expect(await failure(openWarehouse({ path }))).toMatchObject({ code: 'warehouse-not-writable' });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('nothing there, for a reader', async () => {
    const path = freshPath();
    expect(await failure(openWarehouse({ path }, { readOnly: true }))).toMatchObject({
      code: 'warehouse-missing',
    });
    expect(existsSync(path)).toBe(false);
  });

  it('files that the engine cannot read', async () => {
    const path = freshPath();
    await (await opened(path)).command('CREATE DATABASE damaged');
    await open.pop()?.close();
    for (const file of readdirSync(join(path, 'metadata'))) {
      writeFileSync(join(path, 'metadata', file), 'ATTACH nonsense');
    }
    const error = await failure(openWarehouse({ path }));
    expect(error).toMatchObject({ code: 'warehouse-unusable' });
  });
});

describe('closing', () => {
  it('waits for a query that still runs, whose caller gets its answer', async () => {
    const path = freshPath();
    const warehouse = await opened(path);
    const answer = warehouse.query('SELECT count() AS n FROM numbers(300000000) WHERE number % 7 = 3');
    await warehouse.close();
    expect(await answer).toEqual([{ n: 42_857_143 }]);
    // Undrained, the engine would still hold this process's one folder.
    const other = await opened(freshPath());
    expect(await other.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('fails a result that is still being read, rather than cutting it short', async () => {
    const warehouse = await opened(freshPath());
    const read = async (): Promise<number> => {
      let bytes = 0;
      for await (const chunk of warehouse.queryText('SELECT number FROM numbers(20000000)', 'TSV')) {
        if (bytes === 0) void warehouse.close();
        bytes += chunk.length;
      }
      return bytes;
    };
    await expect(read()).rejects.toThrow('closed');
  });

  it('waits for the piece of a result that is on its way, before another folder can be opened', async () => {
    const warehouse = await opened(freshPath());
    const sql = 'SELECT number, sleepEachRow(0.3) FROM numbers(10) SETTINGS max_block_size = 1';
    const pieces = warehouse.queryText(sql, 'TSV')[Symbol.asyncIterator]();
    await pieces.next();
    const onItsWay = pieces.next();
    await warehouse.close();
    const other = await opened(freshPath());
    expect(await other.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await onItsWay;
    await expect(pieces.next()).rejects.toThrow('closed');
  });

  it('does not wait for what others do with the same folder', async () => {
    const path = freshPath();
    const busy = await opened(path);
    let isDone = false;
    // Two that take turns: at no moment is nothing under way.
    const keepBusy = async (delay: number): Promise<void> => {
      await busy.query(`SELECT sleep(${String(delay)}) AS s`);
      while (!isDone) await busy.query('SELECT sleep(0.2) AS s');
    };
    const work = Promise.all([keepBusy(0.1), keepBusy(0.2)]);
    const reader = await opened(path, { readOnly: true });
    await reader.query('SELECT 1');
    const closed = await Promise.race([
      reader.close().then(() => true),
      busy.query('SELECT sleep(3) AS s').then(() => false),
    ]);
    isDone = true;
    await work;
    expect(closed).toBe(true);
  });

  it('fails what waits for its turn and what comes later', async () => {
    const warehouse = await opened(freshPath());
    const slow = Array.from({ length: 5 }, () => warehouse.query('SELECT sleep(0.3) AS s'));
    const results = Promise.allSettled(slow);
    await warehouse.close();
    const states = (await results).map(({ status }) => status);
    expect(states.filter((status) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2);
    await expect(warehouse.query('SELECT 1')).rejects.toThrow('closed');
    await warehouse.close();
  });

  it('after leaving a result early', async () => {
    const warehouse = await opened(freshPath());
    for await (const chunk of warehouse.queryText('SELECT number FROM numbers(100000000)', 'TSV')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await warehouse.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await warehouse.close();
  });
});

describe('reading only', () => {
  it('reads what is there and changes nothing', async () => {
    const path = freshPath();
    const writer = await opened(path);
    await migrate(writer);
    const row = { source: 's', stream: 's', key: 'k', cursor: '{}' };
    await writer.insert(cursors, [row]);
    const reader = await opened(path, { readOnly: true });
    expect(await reader.readRows(cursors, ['source', 'stream', 'key', 'cursor'])).toEqual([row]);
    await expect(reader.insert(cursors, [row])).rejects.toThrow('reading only');
    await expect(reader.command('DROP TABLE ops.cursors')).rejects.toThrow('reading only');
    await expect(reader.query('CREATE DATABASE x')).rejects.toThrow(/readonly/);
    // Not `default`, where chDB takes the name of a table for the name of a file.
    expect(await reader.query('SELECT currentDatabase() AS name')).toEqual([{ name: 'metrics' }]);
    await expect(reader.query('SET readonly = 0')).rejects.toThrow(/readonly/);
  });

  it('is held to its limits', async () => {
    const path = freshPath();
    await opened(path);
    const reader = await opened(path, { readOnly: true, memoryLimitBytes: 20_000_000 });
    const error = await failure(reader.query('SELECT groupArray(number) AS a FROM numbers(10000000)'));
    expect(error).toMatchObject({ code: 'memory-limit', retry: 'no' });
    await expect(reader.query('SELECT 1 SETTINGS max_memory_usage = 0')).rejects.toThrow(/readonly/);
  });
});

it('commands that never open a warehouse do not load the engine', () => {
  const script = `import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)}).then(() =>
    console.log(Object.keys(process.moduleLoadList ?? {}).length, process.report.getReport().sharedObjects.some((f) => /chdb/.test(f))))`;
  const args = ['--import', 'tsx', '--conditions=bellwether:source', '--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8', cwd: import.meta.dirname })).toContain(
    'false',
  );
});
