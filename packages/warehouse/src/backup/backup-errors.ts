import { BellwetherError } from '@bellwether/core';
import { EngineError } from '../engine-errors.ts';
import { type BackupPlace, placeName } from './backup-place.ts';

type Words = Pick<BellwetherError, 'code' | 'message' | 'retry' | 'next'>;

/** What the engine says about a backup, for the one who asked for it. Other errors stay as they are. */
export function explainBackup(error: unknown, place: BackupPlace, verb: 'backup' | 'restore'): unknown {
  if (error instanceof BellwetherError && error.code === 'disk-full' && verb === 'backup') {
    return new BellwetherError({
      code: 'disk-full',
      message: `There is no space left for the backup in ${placeName(place)} (or beside the warehouse). What was written of it is no backup.`,
      retry: 'later',
      next: 'Free some space or choose another place, then run the same command again.',
      cause: error,
    });
  }
  if (!(error instanceof EngineError)) return error;
  const words = wordsFor(error, placeName(place), verb);
  return words ? new BellwetherError({ ...words, cause: error }) : error;
}

function wordsFor(
  { code, message }: EngineError,
  name: string,
  verb: 'backup' | 'restore',
): Words | undefined {
  const no = (code: string, message: string, next: string): Words => ({ code, message, retry: 'no', next });
  switch (code) {
    case 598: // BACKUP_ALREADY_EXISTS
      return no(
        'backup-exists',
        `There is a backup in ${name} already.`,
        'Give the new one a name of its own.',
      );
    case 599: // BACKUP_NOT_FOUND
      return no(
        'backup-missing',
        `There is no whole backup in ${name}: one that was cut off while it was made is none.`,
        'Look at the name; else take an earlier backup.',
      );
    case 600: // BACKUP_VERSION_NOT_SUPPORTED
      return no(
        'backup-newer',
        `The backup in ${name} was made by a newer engine.`,
        'Update Bellwether: git pull && npm ci',
      );
    case 602: // NO_BASE_BACKUP
    case 603: // WRONG_BASE_BACKUP
      return missingBase(name);
    case 499: // S3_ERROR
    case 1000: // POCO_EXCEPTION
      return {
        code: 'backup-store',
        message: `The store ${name} does not take or give the backup (${storeReason(message)}).`,
        retry: 'later',
        next: 'Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY (and AWS_REGION or AWS_ENDPOINT_URL) where the warehouse is open: for bellwether serve, in its environment.',
      };
    default:
      // All that the engine reads then is the backup: what it stumbles over lies there.
      return verb === 'restore' ? damaged(name, `code ${String(code)}`) : undefined;
  }
}

/** The base is not where it was, or is another one by now. */
export function missingBase(name: string): BellwetherError {
  return new BellwetherError({
    code: 'backup-base',
    message: `The backup in ${name} rests on another one, which is not where it was or is not the same.`,
    retry: 'no',
    next: 'bellwether restore <backup> --base <the backup that it rests on>',
  });
}

export function damaged(name: string, what: string): BellwetherError {
  return new BellwetherError({
    code: 'backup-damaged',
    message: `The backup in ${name} is damaged or cut off (${what}). Nothing was put in place.`,
    retry: 'no',
    next: 'Take an earlier backup.',
  });
}

/** Only words that are known: a store's answer can quote the request. */
function storeReason(message: string): string {
  const known =
    /AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|NoSuchBucket|NETWORK_CONNECTION|Connection refused|Timeout|Not found address of host|ACCESS_DENIED/.exec(
      message,
    );
  return known?.[0] ?? 'it failed';
}
