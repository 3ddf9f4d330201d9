import type { Socket } from 'node:net';

/**
 * Requests of one connection are answered one after the other, as HTTP/1.1 has it; Node would begin with all that were
 * sent ahead, and one connection could take every place there is.
 */
export class Turns {
  readonly #most: number;
  readonly #waiting = new WeakMap<Socket, { count: number; last: Promise<void> }>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param work must not throw
   * @returns false where the connection has sent too many ahead already
   */
  take(socket: Socket, work: () => Promise<void>): boolean {
    const line = this.#waiting.get(socket) ?? { count: 0, last: Promise.resolve() };
    if (line.count >= this.#most) return false;
    this.#waiting.set(socket, line);
    line.count++;
    line.last = (line.count === 1 ? work() : line.last.then(work)).finally(() => line.count--);
    return true;
  }
}
