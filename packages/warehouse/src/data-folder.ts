import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { diskFull, notWritable } from './engine-errors.ts';
import { type FolderOwner, isAlive, lastOwner, livingOwner } from './folder-owner.ts';

/**
 * Makes sure that the folder is there, can be written to and is nobody else's, before the engine is asked: its own
 * refusals go to stderr, and do not say why to us.
 *
 * @param mustExist a reader does not make an empty warehouse
 */
export async function prepareFolder(path: string, mustExist: boolean): Promise<void> {
  try {
    if (mustExist) await stat(path);
    // Names and addresses lie in it; nobody else on this machine has to read them.
    else await mkdir(path, { recursive: true, mode: 0o700 });
    // Readers too: the engine keeps its lock and its scratch space in the folder.
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(path, error);
  }
  if (!(await stat(path)).isDirectory()) throw notWritable(path, 'it is a file');
  const owner = livingOwner(path);
  if (owner) throw lockedError(path, owner);
}

/** Why the engine did not open the folder, found out by looking. */
export async function explainOpenFailure(path: string, error: unknown): Promise<Error> {
  const { code } = error as { code?: unknown };
  if (code === 'CHDB_PLATFORM' || code === 'CHDB_ABI') return engineUnavailable(error);
  const probe = join(path, `probe-${String(process.pid)}`);
  try {
    // More than one block: a nearly full disk still takes an empty file.
    await writeFile(probe, Buffer.alloc(64 * 1024));
  } catch (cause) {
    return folderError(path, cause);
  } finally {
    await rm(probe, { force: true });
  }
  const message = error instanceof Error ? error.message : String(error);
  if (!message.startsWith('Failed to create connection')) {
    return error instanceof Error ? error : new Error(message);
  }
  const owner = lastOwner(path);
  // Every container has a process 1: our own number is somebody else's there.
  if (owner && owner.pid !== process.pid && isAlive(owner.pid)) return lockedError(path, owner);
  return new BellwetherError({
    code: 'warehouse-unusable',
    message:
      `The warehouse in ${path} cannot be opened: another process that cannot be seen from here holds it ` +
      '(in another container, or on another machine), or its files are damaged. The line above is the engine’s reason.',
    retry: 'no',
    next: 'Stop the other process. If there is none, move the folder away and collect again.',
    cause: error,
  });
}

function engineUnavailable(cause: unknown): BellwetherError {
  return new BellwetherError({
    code: 'engine-unavailable',
    message: `The embedded engine is not installed, or does not run on ${process.platform}-${process.arch}.`,
    retry: 'no',
    next: 'Run npm ci; where the platform is not supported, set `warehouse.url` to a ClickHouse server.',
    cause,
  });
}

function lockedError(path: string, { pid, command, since }: FolderOwner): BellwetherError {
  const what = command === undefined ? '' : ` (${command}${since === undefined ? '' : `, since ${since}`})`;
  return new BellwetherError({
    code: 'warehouse-locked',
    message: `Process ${pid}${what} has the warehouse in ${path} open, and only one process can.`,
    retry: 'later',
    next: `Wait until it is done or stop it (kill ${pid}); or work on another folder: --data <folder>`,
  });
}

function folderError(path: string, error: unknown): Error {
  const errno = (error as NodeJS.ErrnoException).code;
  if (errno === 'ENOENT') {
    return new BellwetherError({
      code: 'warehouse-missing',
      message: `There is no warehouse in ${path} yet.`,
      retry: 'no',
      next: 'bellwether try <path to a clone>',
    });
  }
  if (errno === 'ENOSPC' || errno === 'EDQUOT' || errno === 'EFBIG') {
    return diskFull(path);
  }
  return notWritable(path, errno ?? String(error));
}
