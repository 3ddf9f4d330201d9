import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { ReadBuffers } from './read-buffers.ts';

const buffers = new ReadBuffers();

/** For a piece that nobody will look at any more: its memory takes the next one. */
export function recyclePiece(piece: Uint8Array): void {
  buffers.giveBack(piece);
}

/** Whoever waits for what comes through a pipe now. */
export interface Receiver {
  take(piece: Buffer): void;
  /** Nothing more will come, and not because all is there. */
  lost(error?: Error): void;
}

interface Ends {
  readonly socket: Socket;
  readonly reading: number;
  /** Held open so that the pipe does not end with each result. */
  readonly writing: number;
}

/**
 * The reading end of a named pipe, for one result after another. It stays open between them: to open and close it would
 * cost a small query more than all else that is done for it here.
 */
export class LastingPipe {
  readonly path: string;
  #ends: Ends | undefined;
  #receiver: Receiver | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * From here on all that comes is the receiver’s.
   *
   * @throws Error where no files are to be had
   */
  begin(receiver: Receiver): void {
    // Nobody else's rows may stand before a result.
    if (this.#ends && this.#read() !== undefined) void this.close();
    this.#ends ??= this.#open();
    this.#receiver = receiver;
    this.#ends.socket.resume();
  }

  pause(): void {
    this.#ends?.socket.pause();
  }

  resume(): void {
    this.#ends?.socket.resume();
  }

  /** Hands over what still lies in the pipe, and nothing after it. For when nobody writes any more. */
  end(): void {
    for (let piece = this.#read(); piece; piece = this.#read()) this.#receiver?.take(piece);
    this.#receiver = undefined;
  }

  /**
   * Lets go of the pipe and of what may still come; `begin` opens it anew. Not while the engine writes: it would count a
   * failed write, and the guard against full disks would believe it.
   */
  async close(): Promise<void> {
    const ends = this.#ends;
    if (!ends) return;
    this.#ends = undefined;
    closeSync(ends.writing);
    await new Promise<void>((resolve) => {
      ends.socket.once('close', () => {
        resolve();
      });
      ends.socket.destroy();
    });
  }

  /** What lies in the pipe, or as much of it as a buffer takes; undefined where there is nothing. */
  #read(): Buffer | undefined {
    if (!this.#ends) return undefined;
    const buffer = buffers.take();
    const length = readNow(this.#ends.reading, buffer);
    if (length > 0) return buffers.lend(buffer, length);
    buffers.put(buffer);
    return undefined;
  }

  #open(): Ends {
    const reading = openSync(this.path, constants.O_RDONLY | constants.O_NONBLOCK);
    let writing: number;
    try {
      writing = openSync(this.path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      closeSync(reading);
      throw error;
    }
    let next: Buffer | undefined;
    const options: SocketConstructorOpts & ConnectOpts = {
      fd: reading,
      readable: true,
      writable: false,
      onread: {
        buffer: () => (next = buffers.take()),
        callback: (length, buffer) => {
          const piece = buffers.lend(buffer as Buffer, length);
          if (this.#receiver) this.#receiver.take(piece);
          else buffers.giveBack(piece);
          return true;
        },
      },
    };
    const socket = new Socket(options);
    const lost = (error?: Error): void => {
      if (this.#ends?.socket !== socket) return;
      this.#ends = undefined;
      closeSync(writing);
      this.#receiver?.lost(error);
    };
    socket.on('error', lost);
    socket.on('close', () => {
      if (next) buffers.put(next);
      lost();
    });
    // What the engine computes keeps the process alive, an open pipe does not.
    socket.unref();
    return { socket, reading, writing };
  }
}

/** So many bytes lay there; 0 where none did. Never waits. */
function readNow(file: number, buffer: Buffer): number {
  const { stackTraceLimit } = Error;
  // An empty pipe is an error to Node, and the usual end of a result here.
  Error.stackTraceLimit = 0;
  try {
    return readSync(file, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
