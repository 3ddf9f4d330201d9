import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BellwetherError, usageError } from '@bellwether/core';
import { z } from 'zod';
import { notWritable } from '../engine-errors.ts';
import { backupLinks, type EnginePlace } from './backup-statement.ts';
import type { BackupPlace } from './backup-place.ts';

/** What stands beside the engine's own files in a folder. The engine looks at its own files only. */
const MANIFEST = 'bellwether-backup.json';
const PERSON_KEY = 'person-key';

const Manifest = z.object({
  /** ISO 8601. */
  made: z.string(),
  /** The backup that this one rests on: without that it is worth nothing. */
  base: z.string().nullable(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Gives the engine names for places for as long as `work` lasts; see `backupLinks`. */
export async function withEnginePlaces<Result>(
  folder: string,
  places: readonly BackupPlace[],
  work: (places: EnginePlace[]) => Promise<Result>,
): Promise<Result> {
  const links: string[] = [];
  const name = async (place: BackupPlace): Promise<EnginePlace> => {
    if (place.kind === 's3') return place;
    const link = randomBytes(12).toString('hex');
    await mkdir(backupLinks(folder), { recursive: true, mode: 0o700 });
    await symlink(place.path, join(backupLinks(folder), link));
    links.push(link);
    return { kind: 'link', name: link };
  };
  try {
    const named: EnginePlace[] = [];
    for (const place of places) named.push(await name(place));
    return await work(named);
  } finally {
    for (const link of links) await rm(join(backupLinks(folder), link), { force: true });
  }
}

/**
 * In there a backup would be lost together with what it is of, and put aside by the restore that is to read it.
 *
 * @param folder the data folder
 * @throws BellwetherError `backup-place`
 */
export async function assertOutside(folder: string, path: string): Promise<void> {
  if (!existsSync(folder)) return;
  const data = await stat(folder);
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  // Followed to where it really goes, and compared as the file system does: a name is not the only way into a folder.
  for (let at = await realpath(existing); ; at = dirname(at)) {
    const { dev, ino } = await stat(at);
    if (dev === data.dev && ino === data.ino) {
      throw usageError(
        'backup-place',
        `${path} lies in the data folder itself.`,
        'Give the backup a folder elsewhere, best on another disk: bellwether backup /var/backups/bellwether-monday',
      );
    }
    if (at === dirname(at)) return;
  }
}

/**
 * Makes the folder of a new backup, readable by its owner only.
 *
 * @returns what takes it away again when the backup fails
 * @throws BellwetherError `backup-exists` where something lies in it already, `warehouse-not-writable`
 */
export async function makeBackupFolder(path: string): Promise<() => Promise<void>> {
  const wasThere = existsSync(path);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length > 0) {
      throw new BellwetherError({
        code: 'backup-exists',
        message: `There is something in ${path} already.`,
        retry: 'no',
        next: 'Give the backup a folder of its own, such as one named after the day.',
      });
    }
  } catch (error) {
    if (error instanceof BellwetherError) throw error;
    throw notWritable(path, String(error));
  }
  return async () => {
    if (!wasThere) return rm(path, { recursive: true, force: true });
    for (const name of await readdir(path)) await rm(join(path, name), { recursive: true, force: true });
  };
}

/** Notes what a backup rests on, and takes along the key without which its people would look new. */
export async function finishBackupFolder(folder: string, path: string, manifest: Manifest): Promise<void> {
  await writeFile(join(path, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  const key = join(folder, PERSON_KEY);
  if (existsSync(key)) await copyFile(key, join(path, PERSON_KEY));
}

export async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(path, MANIFEST), 'utf8')));
  } catch {
    // Without it there is still the engine's own word for whether this is a backup.
    return undefined;
  }
}

/** The person key that came with a backup, if one did. */
export async function restorePersonKey(path: string, folder: string): Promise<void> {
  const key = join(path, PERSON_KEY);
  if (existsSync(key)) await copyFile(key, join(folder, PERSON_KEY));
}
