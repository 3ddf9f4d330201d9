import { type FileHandle, open, rm } from 'node:fs/promises';
import { diskFull } from '../engine-errors.ts';
import { cancelled } from './served-errors.ts';

/**
 * Puts a body into a file that only this account can read, so that a slow client holds up no writer and a large body
 * needs no memory.
 *
 * @returns its size in bytes
 * @throws whatever the body throws; BellwetherError `disk-full`; QueryError 394 when the signal is aborted
 */
export async function storeBody(
  body: AsyncIterable<Uint8Array>,
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      return await copy(body, file, signal);
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') throw diskFull(folder, error as Error);
    throw error;
  }
}

async function copy(body: AsyncIterable<Uint8Array>, file: FileHandle, signal: AbortSignal): Promise<number> {
  const pieces = body[Symbol.asyncIterator]();
  let size = 0;
  try {
    for (let piece = await next(pieces, signal); piece.done !== true; piece = await next(pieces, signal)) {
      await file.writeFile(piece.value);
      size += piece.value.length;
    }
    // One that was sent whole before its client went away is not stored either: nobody would know.
    if (signal.aborted) throw cancelled();
    return size;
  } catch (error) {
    // Not awaited: a body that hangs would hang here as well.
    pieces.return?.().catch(() => undefined);
    throw error;
  }
}

/**
 * Not a stream’s pipeline, which would wait for a body that neither goes on nor ends, whatever the signal says; and not
 * `Promise.race`, which would keep every piece until the signal is gone.
 */
function next<T>(pieces: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(cancelled());
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    pieces
      .next()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', leave);
      });
  });
}
