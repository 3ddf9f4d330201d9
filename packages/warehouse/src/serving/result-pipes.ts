import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BellwetherError } from '@bellwether/core';
import { ReadBuffers } from './read-buffers.ts';

/** From here on the engine waits until somebody has read. */
const HIGH_WATER_BYTES = 256 * 1024;

const buffers = new ReadBuffers();

/** For a piece of a result that nobody will look at any more: its memory takes the next one. */
export function recyclePiece(piece: Uint8Array): void {
  buffers.giveBack(piece);
}

/**
 * Makes named pipes, through which the engine hands over results: `INTO OUTFILE` on a thread of its own, one document
 * of whatever format, with back-pressure. chDB's own stream analyses a query, subqueries included, on the main thread,
 * and makes each piece a document of its own.
 *
 * @throws BellwetherError `pipes-unavailable`
 */
export async function makePipes(folder: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, at) => join(folder, `result-${String(at)}`));
  try {
    // Node has no call for it.
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
  } catch (cause) {
    throw new BellwetherError({
      code: 'pipes-unavailable',
      message: `Named pipes cannot be made in ${folder}.`,
      retry: 'no',
      next: 'Put the data folder on a local disk, and see that the command mkfifo is installed: mkfifo --version',
      cause,
    });
  }
  return paths;
}

/**
 * The reading end of a pipe. Not closed before the writer is done: the engine would count a failed write, and the
 * guard against full disks would believe it.
 */
export class ResultPipe {
  readonly #socket: Socket;
  /** Where the next read goes. */
  #buffer: Buffer | undefined;
  #writingEnd: number | undefined;
  readonly #pieces: Buffer[] = [];
  #waitingBytes = 0;
  #isDraining = false;
  #isEnded = false;
  /** The writer’s end was reached, and nothing was thrown away. */
  #isWhole = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(path: string) {
    const readingEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      // Held open so that the pipe ends when the query does, and not when it never began to write.
      this.#writingEnd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      closeSync(readingEnd);
      throw error;
    }
    const options: SocketConstructorOpts & ConnectOpts = {
      fd: readingEnd,
      readable: true,
      writable: false,
      onread: {
        buffer: () => (this.#buffer = buffers.take()),
        callback: (length, buffer) => {
          this.#take(buffers.lend(buffer as Buffer, length));
          return true;
        },
      },
    };
    this.#socket = new Socket(options);
    this.#socket.on('error', (error) => {
      this.#failure = error;
      this.#finish();
    });
    this.#socket.on('end', () => {
      this.#isWhole = !this.#isDraining;
      this.#finish();
    });
    this.#socket.on('close', () => {
      if (this.#buffer) buffers.put(this.#buffer);
      this.#finish();
    });
  }

  /** Whether all that was written has been taken by whoever reads. */
  get isRead(): boolean {
    return this.#isWhole && this.#pieces.length === 0;
  }

  /**
   * The next piece, undefined after the last.
   *
   * @throws Error where the pipe was closed before its end: what came is not all
   */
  async next(): Promise<Buffer | undefined> {
    while (this.#pieces.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure) throw this.#failure;
    const piece = this.#pieces.shift();
    if (!piece && !this.#isWhole) throw new Error('The pipe of a result was closed before its end.');
    if (piece) {
      this.#waitingBytes -= piece.length;
      if (this.#waitingBytes < HIGH_WATER_BYTES) this.#socket.resume();
    }
    return piece;
  }

  /** Throws away what still comes, so that a query that is being ended is not held up by its own output. */
  drain(): void {
    this.#isDraining = true;
    for (const piece of this.#pieces.splice(0)) recyclePiece(piece);
    this.#waitingBytes = 0;
    this.#socket.resume();
  }

  /** For when the query is over: what lies in the pipe is still read, then it ends. */
  endWriting(): void {
    if (this.#writingEnd !== undefined) closeSync(this.#writingEnd);
    this.#writingEnd = undefined;
  }

  /** Lets go of the pipe; resolves when it can be used again. The query has to be over. */
  close(): Promise<void> {
    this.endWriting();
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => {
        resolve();
      });
      this.#socket.destroy();
    });
  }

  #take(piece: Buffer): void {
    if (this.#isDraining) {
      recyclePiece(piece);
      return;
    }
    this.#pieces.push(piece);
    this.#waitingBytes += piece.length;
    if (this.#waitingBytes >= HIGH_WATER_BYTES) this.#socket.pause();
    this.#wake?.();
  }

  #finish(): void {
    this.#isEnded = true;
    this.#wake?.();
  }
}
