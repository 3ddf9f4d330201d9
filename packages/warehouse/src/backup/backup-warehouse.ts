import { BellwetherError, type Clock } from '@bellwether/core';
import { ClickHouseWarehouse } from '../clickhouse-warehouse.ts';
import { ServedEngine } from '../endpoint/served-engine.ts';
import type { LeaseOptions } from '../endpoint/take-lease.ts';
import type { Engine } from '../engine.ts';
import { openEngine } from '../open-warehouse.ts';
import { versionClock } from '../version-clock.ts';
import { explainBackup } from './backup-errors.ts';
import {
  assertOutside,
  finishBackupFolder,
  makeBackupFolder,
  readManifest,
  withEnginePlaces,
} from './backup-folder.ts';
import { type BackupPlace, placeName } from './backup-place.ts';
import { type BackupRequest, backupStatement } from './backup-statement.ts';
import { noteTableSums, readTableSums } from './table-sums.ts';

export interface BackupOptions {
  /** Absolute. */
  folder: string;
  to: BackupPlace;
  /** An earlier whole backup: only what it lacks is stored. */
  base: BackupPlace | null;
  lease: LeaseOptions;
  clock: Clock;
}

export interface BackupResult {
  tables: number;
  rows: number;
}

/**
 * Makes a backup of a folder by the engine's own BACKUP, through the server where one has the folder open. Nobody else
 * writes meanwhile, so that all tables are of the same moment. It is whole or it is not there.
 *
 * @throws BellwetherError `backup-place`, `backup-exists`, `backup-base`, `backup-store`, `disk-full`, `warehouse-not-writable`, and those
 *   of `openWarehouse`
 */
export async function backupWarehouse(options: BackupOptions): Promise<BackupResult> {
  const { folder, to, base, lease, clock } = options;
  if (to.kind === 'folder') await assertOutside(folder, to.path);
  if (base) await assertWhole(base);
  const engine = await openEngine({ path: folder }, { lease }, clock);
  try {
    const warehouse = new ClickHouseWarehouse(engine, versionClock(clock));
    const sums = await readTableSums(warehouse);
    await noteTableSums(warehouse, sums);
    await store(engine, options);
    return { tables: sums.length, rows: sums.reduce((total, { rows }) => total + rows, 0) };
  } catch (error) {
    throw explainBackup(error, to, 'backup');
  } finally {
    await engine.close();
  }
}

async function store(engine: Engine, { folder, to, base, clock }: BackupOptions): Promise<void> {
  const discard = to.kind === 'folder' ? await makeBackupFolder(to.path) : undefined;
  try {
    await withEnginePlaces(folder, base ? [to, base] : [to], async ([named, namedBase]) => {
      await run(engine, folder, { to: named!, base: namedBase ?? null });
    });
    if (to.kind === 'folder') {
      const made = new Date(clock.now()).toISOString();
      await finishBackupFolder(folder, to.path, { made, base: base && placeName(base) });
    }
  } catch (error) {
    await discard?.();
    throw error;
  }
}

/** No gate lets a BACKUP through, not even an operator's: a server takes the request, and makes the statement itself. */
async function run(engine: Engine, folder: string, request: BackupRequest): Promise<void> {
  if (engine instanceof ServedEngine) return engine.backup(request);
  await engine.run(backupStatement(folder, request), { lane: 'write', format: 'TSV' });
}

/** The engine notes where a base is by a name that is only good for one backup, so a chain of three would not hold. */
async function assertWhole(base: BackupPlace): Promise<void> {
  if (base.kind === 's3' || (await readManifest(base.path))?.base == null) return;
  throw new BellwetherError({
    code: 'backup-base',
    message: `The backup in ${base.path} rests on another one itself.`,
    retry: 'no',
    next: 'Give --since the whole backup that it rests on.',
  });
}
