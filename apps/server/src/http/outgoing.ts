import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Progress, QueryError } from '@bellwether/warehouse';
import { progressJson } from './summary-header.ts';

export type Headers = Readonly<Record<string, string | number>>;

/** The client hung up, or took nothing for too long: nobody is left to be told anything. */
export class HungUpError extends Error {
  override readonly name = 'HungUpError';
}

export interface OutgoingOptions {
  readerIdleSeconds: number;
  onSlowReader: () => void;
}

/**
 * The way out to one client. Writing waits until the client has taken enough of what was written before, so that a
 * result is never held in memory for a slow reader.
 */
export class Outgoing {
  readonly #response: ServerResponse;
  readonly #options: OutgoingOptions;
  /** Where the head was sent by hand, line by line, while the query ran. */
  #head: 'none' | 'open' | 'sent' = 'none';
  #isByHand = false;
  /** Whether the answer is all handed over, its early end included: what closes from now on is no hanging up. */
  hasEnded = false;
  /** Of the body, as it went out. */
  bytesSent = 0;
  status = 0;

  constructor(response: ServerResponse, options: OutgoingOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** Whether status and headers are on their way already. */
  get hasBegun(): boolean {
    return this.#head !== 'none';
  }

  get #socket(): Socket {
    const { socket } = this.#response;
    if (!socket || socket.destroyed) throw new HungUpError('The client hung up.');
    return socket;
  }

  /**
   * Sends one more header line about how far the query is, and with the first one status 200 and `common`. Node sends a
   * head only as a whole, so this goes past it, and the connection is closed after the answer.
   */
  progress(progress: Progress, common: Headers): void {
    if (this.#head === 'sent' || !this.#response.socket || this.#response.socket.destroyed) return;
    if (this.#head === 'none') {
      this.#head = 'open';
      this.#isByHand = true;
      this.status = 200;
      this.#socket.write(
        `HTTP/1.1 200 OK\r\nDate: ${new Date().toUTCString()}\r\nConnection: close\r\n` +
          `Transfer-Encoding: chunked\r\n${lines(common)}`,
      );
    }
    this.#socket.write(`X-ClickHouse-Progress: ${progressJson(progress)}\r\n`);
  }

  /** Sends the head. After `progress` the status is 200 for good, and only `late` headers can still be said. */
  begin(status: number, headers: Headers, late: Headers): void {
    if (this.#head === 'sent') throw new Error('The head of this answer was sent before.');
    if (this.#isByHand) this.#socket.write(`${lines(late)}\r\n`);
    else {
      this.status = status;
      this.#response.writeHead(status, { ...headers, ...late });
    }
    this.#head = 'sent';
  }

  /**
   * @param onGone told when the bytes have left this process and their memory is free; never where they have not
   * @throws HungUpError
   */
  async write(bytes: Uint8Array, onGone?: (bytes: Uint8Array) => void): Promise<void> {
    if (bytes.length === 0) return;
    const socket = this.#socket;
    this.bytesSent += bytes.length;
    const sent = (error?: Error | null): void => {
      if (!error) onGone?.(bytes);
    };
    let isTaken: boolean;
    if (this.#isByHand) {
      socket.cork();
      socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      isTaken = socket.write('\r\n', sent);
      socket.uncork();
    } else isTaken = this.#response.write(bytes, sent);
    if (!isTaken) await this.#drained(socket);
  }

  async end(): Promise<void> {
    const socket = this.#socket;
    if (this.#isByHand) {
      this.hasEnded = true;
      socket.end('0\r\n\r\n');
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const gone = (): void => reject(new HungUpError('The client hung up.'));
      this.#response.once('close', gone);
      this.#response.end(() => {
        this.#response.off('close', gone);
        resolve();
      });
    });
  }

  /**
   * Ends an answer whose rest will never come: `last` still goes out, and the chunked body is left without its end, so
   * that no client takes it for a whole one.
   */
  async breakOff(last: Uint8Array): Promise<void> {
    await this.write(last);
    this.hasEnded = true;
    this.#socket.destroySoon();
  }

  async #drained(socket: Socket): Promise<void> {
    const from = this.#isByHand ? socket : this.#response;
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: HungUpError): void => {
        clearTimeout(timer);
        from.off('drain', onDrain);
        socket.off('close', onClose);
        if (error) reject(error);
        else resolve();
      };
      const onDrain = (): void => settle();
      const onClose = (): void => settle(new HungUpError('The client hung up.'));
      const timer = setTimeout(() => {
        this.#options.onSlowReader();
        socket.destroy();
      }, this.#options.readerIdleSeconds * 1000);
      from.once('drain', onDrain);
      socket.once('close', onClose);
    });
  }
}

function lines(headers: Headers): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/**
 * What ClickHouse (since 25.11) writes behind the rows when a query fails after its first row was sent: between markers,
 * under a tag that only this answer's headers know, so that no row can look like it. The length is the message's.
 */
export function exceptionBlock(text: string, tag: string): Buffer {
  const marker = '\r\n__exception__\r\n';
  const length = Buffer.byteLength(text);
  return Buffer.from(`${marker}${tag}\r\n${text}${length} ${tag}${marker}`);
}

export function exceptionHeaders(error: QueryError): Headers {
  return { 'X-ClickHouse-Exception-Code': error.code };
}
