import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BellwetherError, type Clock } from '@bellwether/core';
import { ClickHouseWarehouse } from '../clickhouse-warehouse.ts';
import type { Engine } from '../engine.ts';
import { migrate, pendingMigrations, type View } from '../migrate.ts';
import { openEngine } from '../open-warehouse.ts';
import { versionClock } from '../version-clock.ts';
import { damaged, explainBackup, missingBase } from './backup-errors.ts';
import { readManifest, restorePersonKey, withEnginePlaces } from './backup-folder.ts';
import { type BackupPlace, placeName } from './backup-place.ts';
import { BACKED_UP, type BackupRequest, restoreStatement } from './backup-statement.ts';
import { differingTables } from './table-sums.ts';

export interface RestoreOptions {
  from: BackupPlace;
  /** The backup that it rests on, where that is no longer where it was. */
  base: BackupPlace | null;
  /** Absolute. */
  folder: string;
  /** Puts a warehouse that is there aside instead of refusing. */
  replaces: boolean;
  views: readonly View[];
  clock: Clock;
}

export interface RestoreResult {
  tables: number;
  rows: number;
  /** Where the warehouse that was there is now. */
  aside: string | null;
}

/**
 * Restores a backup into a new folder, holds every table against what was noted when it was made, brings the tables up
 * to date, and only then puts the folder in its place. Whatever fails leaves everything as it was.
 *
 * @throws BellwetherError `warehouse-not-empty`, `warehouse-locked`, `warehouse-newer`, `backup-missing`,
 *   `backup-damaged`, `backup-base`, `backup-store`, `disk-full`
 */
export async function restoreWarehouse(options: RestoreOptions): Promise<RestoreResult> {
  const { from, folder, clock } = options;
  const isThere = await holdsSomething(folder);
  if (isThere) await assertReplaceable(options);
  const fresh = `${folder}.restoring`;
  await rm(fresh, { recursive: true, force: true });
  try {
    const counts = await fill(fresh, options);
    if (from.kind === 'folder') await restorePersonKey(from.path, fresh);
    const aside = isThere ? `${folder}.before-${String(clock.now())}` : null;
    if (aside !== null) await rename(folder, aside);
    else await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
    return { ...counts, aside };
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw explainBackup(error, from, 'restore');
  }
}

async function holdsSomething(folder: string): Promise<boolean> {
  return existsSync(folder) && (await readdir(folder)).length > 0;
}

async function assertReplaceable({ folder, replaces, clock }: RestoreOptions): Promise<void> {
  if (!replaces) {
    throw new BellwetherError({
      code: 'warehouse-not-empty',
      message: `There is something in ${folder} already.`,
      retry: 'no',
      next: 'Restore into another folder (--data <folder>), or add --force: what is there is put aside, not deleted.',
    });
  }
  // Somebody who has it open would go on writing to the folder that was put aside.
  await (await openEngine({ path: folder }, { mustOwn: true }, clock)).close();
}

async function fill(fresh: string, options: RestoreOptions): Promise<{ tables: number; rows: number }> {
  const { from, views, clock } = options;
  const base = options.base ?? (await notedBase(from));
  if (base && !isPresent(base)) throw missingBase(placeName(from));
  const engine = await openEngine({ path: fresh }, { mustOwn: true }, clock);
  try {
    await withEnginePlaces(fresh, base ? [from, base] : [from], async ([named, namedBase]) => {
      await restoreAll(engine, fresh, { to: named!, base: namedBase ?? null });
    });
    const warehouse = new ClickHouseWarehouse(engine, versionClock(clock));
    const compared = await differingTables(warehouse);
    if (!compared) throw damaged(placeName(from), 'it was not made by bellwether backup');
    if (compared.differing.length > 0) throw damaged(placeName(from), compared.differing.join(', '));
    await migrate(warehouse, { views, clock });
    return compared;
  } finally {
    await engine.close();
  }

  async function restoreAll(on: Engine, folder: string, request: BackupRequest): Promise<void> {
    const run = (sql: string): Promise<Uint8Array> => on.run(sql, { lane: 'write', format: 'TSV' });
    // What a newer version wrote is told by its migrations, before anything of it is read.
    await run('CREATE DATABASE ops');
    await run(restoreStatement(folder, request, { table: 'ops.migrations' }));
    await pendingMigrations(new ClickHouseWarehouse(on, versionClock(clock)), { views, onlyHistory: true });
    await run('DROP DATABASE ops SYNC');
    await run(restoreStatement(folder, request, BACKED_UP));
  }
}

/** The engine's own list of a backup, which it writes last. */
function isPresent(place: BackupPlace): boolean {
  return place.kind === 's3' || existsSync(join(place.path, '.backup'));
}

/** Where the base was when the backup was made. In a store the engine knows by itself. */
async function notedBase(from: BackupPlace): Promise<BackupPlace | null> {
  if (from.kind === 's3') return null;
  const base = (await readManifest(from.path))?.base ?? null;
  if (base === null || base.includes('://')) return base === null ? null : { kind: 's3', url: base };
  return { kind: 'folder', path: base };
}
