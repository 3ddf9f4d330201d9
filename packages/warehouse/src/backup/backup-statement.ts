import { join } from 'node:path';
import { z } from 'zod';

/** Every database of ours, views included. */
export const BACKED_UP = ['raw', 'domain', 'facts', 'metrics', 'ops', 'private'] as const;

/**
 * The one folder that the engine may write backups to and read them from: names in it point to where they really go,
 * for as long as one is made or read. So a statement that slipped past every gate still could not write elsewhere.
 */
export const backupLinks = (folder: string): string => join(folder, 'backup-links');

/** A place as the engine is told of it. Strict, because a server takes it from outside. */
const EnginePlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), name: z.string().regex(/^[a-z0-9-]{1,64}$/) }),
  z.strictObject({
    kind: z.literal('s3'),
    url: z
      .string()
      .max(1000)
      .regex(/^https?:\/\/[\w.:[\]-]+\/[\w!*.()/-]+$/),
  }),
]);
export type EnginePlace = z.infer<typeof EnginePlace>;

export const BackupRequest = z.strictObject({
  to: EnginePlace,
  /** An earlier backup: only what it lacks is stored. */
  base: EnginePlace.nullable(),
});
export type BackupRequest = z.infer<typeof BackupRequest>;

/**
 * A store that does not answer is given up within a minute and not after hours, and its other keys are not looked for
 * in the cloud's own places for longer than that.
 */
const PATIENCE = 'backup_restore_s3_retry_attempts = 5, s3_max_unexpected_write_error_retries = 2';

/** @param folder the data folder of the engine that runs it */
export function backupStatement(folder: string, { to, base }: BackupRequest): string {
  const settings = [PATIENCE, ...(base ? [`base_backup = ${engineName(folder, base)}`] : [])];
  return `BACKUP ${databases(BACKED_UP)} TO ${engineName(folder, to)} SETTINGS ${settings.join(', ')}`;
}

/** @param what databases, or a single table */
export function restoreStatement(
  folder: string,
  { to, base }: BackupRequest,
  what: readonly string[] | { table: string },
): string {
  const settings = [PATIENCE, ...(base ? [`base_backup = ${engineName(folder, base)}`] : [])];
  const elements = 'table' in what ? `TABLE ${what.table}` : databases(what);
  return `RESTORE ${elements} FROM ${engineName(folder, to)} SETTINGS ${settings.join(', ')}`;
}

function databases(names: readonly string[]): string {
  return names.map((name) => `DATABASE ${name}`).join(', ');
}

function engineName(folder: string, place: EnginePlace): string {
  return place.kind === 's3'
    ? `S3(${quoted(place.url)})`
    : `File(${quoted(join(backupLinks(folder), place.name))})`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
