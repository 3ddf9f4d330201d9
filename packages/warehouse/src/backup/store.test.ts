import { join } from 'node:path';
import { BellwetherError, fixedClock } from '@bellwether/core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSmallStore } from '../../test/small-store.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { migrate } from '../migrate.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { commits } from '../tables/index.ts';
import { commitRow } from '../testing/rows.ts';
import type { Warehouse } from '../warehouse.ts';
import { parseBackupPlace } from './backup-place.ts';
import { backupWarehouse } from './backup-warehouse.ts';
import { restoreWarehouse } from './restore-warehouse.ts';

const root = temporaryFolder();
const folder = join(root, 'data');
const clock = fixedClock(Date.UTC(2026, 0, 5));
const [KEY, SECRET] = ['AKIDOFTHETEST0000000', 'secretOfTheTestThatNobodySees'];

// The engine takes them from the environment of its process, and no statement ever holds them.
process.env['AWS_ACCESS_KEY_ID'] = KEY;
process.env['AWS_SECRET_ACCESS_KEY'] = SECRET;
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';

async function on<T>(data: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse({ path: data });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const subjects = (data: string): Promise<unknown> =>
  on(data, (warehouse) => warehouse.readRows(commits, ['sha', 'subject'], { sql: '1 ORDER BY sha' }));

beforeAll(async () => {
  await on(folder, async (warehouse) => {
    await migrate(warehouse, { views: [] });
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      commitRow({ sha: String(at), subject: 'x'.repeat(at % 50) }),
    );
    await warehouse.insert(commits, rows);
  });
});

let said: string[] = [];
afterEach(() => {
  expect(said.join('\n')).not.toContain(SECRET);
  said = [];
});

const failure = async (promise: Promise<unknown>): Promise<BellwetherError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BellwetherError);
  const { message, next, stack, cause } = error as BellwetherError;
  said.push(message, next, String(stack), String(cause));
  return error as BellwetherError;
};

describe('a store', () => {
  it('takes whole backups and small later ones, and gives them back', async () => {
    await using store = await startSmallStore();
    const env = { AWS_ENDPOINT_URL: store.url };
    const place = (name: string) => parseBackupPlace(`s3://backups/bellwether/${name}`, root, env);
    const make = (name: string, base: string | null) =>
      backupWarehouse({
        ...{ folder, to: place(name), base: base === null ? null : place(base) },
        ...{ lease: { waits: false }, clock },
      });
    const restore = (name: string, into: string) =>
      restoreWarehouse({
        ...{ from: place(name), base: null, folder: join(root, into) },
        ...{ replaces: false, views: [], clock },
      });
    await make('one', null);
    const size = store.objects.size;
    await on(folder, (warehouse) => warehouse.insert(commits, [commitRow({ sha: 'later' })]));
    await make('two', 'one');
    // Here a chain holds: the engine notes the address of each.
    await on(folder, (warehouse) => warehouse.insert(commits, [commitRow({ sha: 'latest' })]));
    await make('three', 'two');
    expect(size).toBeGreaterThan(10);
    await restore('three', 'restored');
    expect(await subjects(join(root, 'restored'))).toEqual(await subjects(folder));

    expect([...store.authorizations].every((text) => text.includes(`Credential=${KEY}/`))).toBe(true);
    const noted = await on(folder, (warehouse) => warehouse.query('SELECT * FROM system.backups'));
    expect(JSON.stringify(noted)).not.toMatch(new RegExp(`${SECRET}|${KEY}`));

    expect(await failure(make('one', null))).toMatchObject({ code: 'backup-exists' });
    expect(await failure(restore('none', 'nowhere'))).toMatchObject({ code: 'backup-missing' });
    store.refuse();
    const refused = await failure(make('four', null));
    expect(refused).toMatchObject({ code: 'backup-store' });
    expect(refused.next).toContain('AWS_SECRET_ACCESS_KEY');
  });

  it('that is not there is said so', async () => {
    const gone = await startSmallStore();
    await gone[Symbol.asyncDispose]();
    const to = parseBackupPlace('s3://backups/x', root, { AWS_ENDPOINT_URL: gone.url });
    const lease = { waits: false };
    expect(await failure(backupWarehouse({ folder, to, base: null, lease, clock }))).toMatchObject({
      code: 'backup-store',
      retry: 'later',
    });
  });
});

describe('a place', () => {
  it.each([
    ['s3://bucket/a/b', {}, 'https://bucket.s3.us-east-1.amazonaws.com/a/b'],
    ['s3://bucket/a/', { AWS_REGION: 'eu-central-1' }, 'https://bucket.s3.eu-central-1.amazonaws.com/a'],
    ['s3://bucket/a', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000/' }, 'http://127.0.0.1:9000/bucket/a'],
  ])('%s with %j is %s', (text, env, url) => {
    expect(parseBackupPlace(text, root, env)).toEqual({ kind: 's3', url });
  });

  it('of a folder is that folder', () => {
    expect(parseBackupPlace('monday', '/backups', {})).toEqual({ kind: 'folder', path: '/backups/monday' });
  });

  it.each([
    ['', {}],
    ['s3://bucket', {}],
    ['s3://bucket/', {}],
    ["s3://bucket/a'b", {}],
    ['s3://bucket/a/../b', {}],
    ['s3://user:password@bucket/a', {}],
    ['https://bucket.s3.amazonaws.com/a', {}],
    ['file:///etc', {}],
    ['s3://bucket/a', { AWS_ENDPOINT_URL: `http://${KEY}:${SECRET}@127.0.0.1/` }],
    ['s3://bucket/a', { AWS_ENDPOINT_URL: 'ftp://127.0.0.1' }],
    ['s3://bucket/a', { AWS_REGION: 'evil.example/' }],
  ])('cannot be %j with %j', async (text, env) => {
    const error = await failure(Promise.resolve().then(() => parseBackupPlace(text, root, env)));
    expect(error).toMatchObject({ code: 'backup-place', exitCode: 2 });
  });
});
