import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BellwetherError, fixedClock } from '@bellwether/core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { migrate } from '../migrate.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { commitRow } from '../testing/rows.ts';
import { botFindings, commits, cursors, migrations } from '../tables/index.ts';
import type { Warehouse } from '../warehouse.ts';
import { type BackupPlace } from './backup-place.ts';
import { backupWarehouse } from './backup-warehouse.ts';
import { restoreWarehouse } from './restore-warehouse.ts';

const clock = fixedClock(Date.UTC(2026, 0, 5));
const root = temporaryFolder();
const folder = join(root, 'data');
const views = [
  {
    name: 'metrics.commit_count',
    sql: 'CREATE OR REPLACE VIEW metrics.commit_count {{on_cluster}} AS SELECT count() AS value FROM domain.commits FINAL',
  },
];
const lease = { waits: false };
const path = (name: string): string => join(root, name);
const at = (name: string): BackupPlace => ({ kind: 'folder', path: path(name) });

const backup = (name: string, base: string | null = null) =>
  backupWarehouse({ folder, to: at(name), base: base === null ? null : at(base), lease, clock });
const restore = (name: string, into: string, more: { replaces?: boolean; base?: string } = {}) =>
  restoreWarehouse({
    from: at(name),
    base: more.base === undefined ? null : at(more.base),
    folder: path(into),
    replaces: more.replaces ?? false,
    views,
    clock,
  });

async function on<T>(data: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse({ path: data });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const commitsIn = (data: string): Promise<{ n: number; value: number; subjects: string }[]> =>
  on(data, (warehouse) =>
    warehouse.query(
      `SELECT count() AS n, (SELECT value FROM metrics.commit_count) AS value, arrayStringConcat(arraySort(groupUniqArray(subject))) AS subjects
       FROM domain.commits FINAL`,
    ),
  );

async function failure(promise: Promise<unknown>): Promise<BellwetherError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BellwetherError);
  return error as BellwetherError;
}

const store = (from: number, to: number, subject: string) =>
  on(folder, (warehouse) =>
    warehouse.insert(
      commits,
      Array.from({ length: to - from }, (_, row) => commitRow({ sha: String(from + row), subject })),
    ),
  );

beforeAll(async () => {
  await on(folder, (warehouse) => migrate(warehouse, { views }));
  await store(0, 5_000, 'a');
  // What was removed must not come back, and what was replaced not the way it was.
  await store(0, 10, 'b');
  await on(folder, (warehouse) => warehouse.remove(commits, [{ repo: 'local/example', sha: '4999' }]));
  writeFileSync(join(folder, 'person-key'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
});
afterEach(() => {
  // A link to where a backup goes would let a later statement write there.
  expect(readdirSync(join(folder, 'backup-links'))).toEqual([]);
});

describe('a backup', () => {
  it('comes back as it was: rows, views, replaced and removed rows, and the person key', async () => {
    const made = await backup('whole');
    expect(made.rows).toBeGreaterThanOrEqual(4_999);
    expect(statSync(path('whole')).mode & 0o777).toBe(0o700);
    const restored = await restore('whole', 'restored');
    expect(restored.aside).toBeNull();
    expect(restored.tables).toBe(made.tables);
    expect(await commitsIn(path('restored'))).toEqual([
      { n: 4_999, value: 4_999, subjects: expect.any(String) as string },
    ]);
    expect(await commitsIn(path('restored'))).toEqual(await commitsIn(folder));
    expect(readFileSync(join(path('restored'), 'person-key'), 'utf8')).toContain('abab');
    // It can be written to like any other, and goes on.
    await on(path('restored'), (warehouse) => warehouse.insert(commits, [commitRow({ sha: 'new' })]));
  });

  it('is not made over something else', async () => {
    mkdirSync(path('taken'));
    writeFileSync(join(path('taken'), 'thesis.txt'), 'x');
    expect(await failure(backup('taken'))).toMatchObject({ code: 'backup-exists' });
    expect(await failure(backup('whole'))).toMatchObject({ code: 'backup-exists' });
    expect(readdirSync(path('taken'))).toEqual(['thesis.txt']);
  });

  it('is not put into the data folder, by whatever way', async () => {
    symlinkSync(folder, path('way-in'));
    for (const name of ['data', 'data/backups/monday', 'data/../data/x', 'way-in/monday', 'way-in/store/x']) {
      expect(await failure(backup(name))).toMatchObject({ code: 'backup-place' });
    }
    expect(existsSync(path('data/backups'))).toBe(false);
    // A name that only begins alike is another folder.
    await backup('data-backups/monday');
  });

  it('that rests on an earlier one is small, and comes back whole, from elsewhere too', async () => {
    await store(10_000, 10_010, 'c');
    await backup('later', 'whole');
    const size = (name: string): number =>
      readdirSync(path(name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    expect(size('later')).toBeLessThan(size('whole') / 2);
    await restore('later', 'restored-later');
    expect(await commitsIn(path('restored-later'))).toEqual(await commitsIn(folder));

    // A third one on top of it would not be found again.
    expect(await failure(backup('third', 'later'))).toMatchObject({ code: 'backup-base' });
    const { renameSync } = await import('node:fs');
    renameSync(path('whole'), path('moved'));
    expect(await failure(restore('later', 'lost'))).toMatchObject({ code: 'backup-base' });
    expect(existsSync(path('lost'))).toBe(false);
    await restore('later', 'found', { base: 'moved' });
    expect(await commitsIn(path('found'))).toEqual(await commitsIn(folder));
    renameSync(path('moved'), path('whole'));
  });

  it('may hold more of what bots store at any time, and nothing else', async () => {
    const finding = { ...blank(botFindings.columns) } as never;
    await on(folder, (warehouse) => warehouse.insert(botFindings, [finding]));
    await backup('with-findings');
    await restore('with-findings', 'restored-findings');
  });
});

describe('restoring leaves everything as it was', () => {
  it('where something is already, unless that is to be put aside', async () => {
    await restore('whole', 'used');
    expect(await failure(restore('whole', 'used'))).toMatchObject({ code: 'warehouse-not-empty' });
    await on(path('used'), (warehouse) => warehouse.insert(commits, [commitRow({ sha: 'mine' })]));
    const { aside } = await restore('whole', 'used', { replaces: true });
    expect((await commitsIn(path('used')))[0]?.n).toBe(4_999);
    expect((await commitsIn(aside ?? ''))[0]?.n).toBe(5_000);
  });

  it('where the backup was cut off while it was made', async () => {
    await backup('half');
    rmSync(join(path('half'), '.backup'));
    expect(await failure(restore('half', 'nowhere'))).toMatchObject({ code: 'backup-missing' });
    expect(existsSync(path('nowhere'))).toBe(false);
    expect(existsSync(`${path('nowhere')}.restoring`)).toBe(false);
  });

  it('where there is no backup', async () => {
    expect(await failure(restore('never', 'nowhere'))).toMatchObject({ code: 'backup-missing' });
  });

  it.each(['data.bin', 'checksums.txt'])('where a %s of it was cut off', async (name) => {
    await backup(`cut-${name}`);
    const part = join(path(`cut-${name}`), 'data', 'domain', 'commits');
    const files = readdirSync(part, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) truncateSync(join(part, file), 10);
    expect(await failure(restore(`cut-${name}`, 'nowhere'))).toMatchObject({ code: 'backup-damaged' });
    expect(existsSync(path('nowhere'))).toBe(false);
  });

  it('where a table of it is another one', async () => {
    await backup('tampered');
    rmSync(join(path('tampered'), 'metadata', 'domain', 'commits.sql'));
    const error = await failure(restore('tampered', 'nowhere'));
    expect(error.code).toBe('backup-damaged');
  });

  it('where a newer Bellwether made it', async () => {
    const row = {
      kind: 'migration' as const,
      id: 9_999,
      name: '9999_later',
      checksum: 'x',
      statement_count: 1,
    };
    await on(folder, (warehouse) => warehouse.insert(migrations, [{ ...row, applied_at: 0 }]));
    await backup('newer');
    await on(folder, (warehouse) => warehouse.remove(migrations, [{ kind: 'migration', name: row.name }]));
    expect(await failure(restore('newer', 'nowhere'))).toMatchObject({ code: 'warehouse-newer' });
    expect(existsSync(path('nowhere'))).toBe(false);
  });
});

it('an older backup is brought up to date', async () => {
  const old = join(root, 'old');
  await on(old, (warehouse) => migrate(warehouse, { views: [] }));
  await backupWarehouse({ folder: old, to: at('old-backup'), base: null, lease, clock });
  await restore('old-backup', 'restored-old');
  expect(await commitsIn(path('restored-old'))).toEqual([{ n: 0, value: 0, subjects: '' }]);
});

it('notes are no cursors: nothing else changes', async () => {
  const others = (data: string): Promise<unknown> =>
    on(data, (warehouse) =>
      warehouse.readRows(cursors, ['source', 'key'], { sql: "source != 'bellwether'" }),
    );
  expect(await others(folder)).toEqual([]);
});

function blank(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, type]) => {
      const text = typeof type === 'string' ? type : 'String';
      if (text.startsWith('Nullable')) return [name, null];
      if (text.startsWith('Array')) return [name, []];
      if (text === 'Bool') return [name, false];
      return [name, text.includes('String') ? '' : 0];
    }),
  );
}
