import { type LastingPipe, recyclePiece } from './lasting-pipe.ts';

/** From here on the engine waits until somebody has read. */
const HIGH_WATER_BYTES = 256 * 1024;

/** What comes through a pipe from the begin of one query to its end. */
export class ResultPipe {
  readonly #pipe: LastingPipe;
  readonly #pieces: Buffer[] = [];
  #waitingBytes = 0;
  #isDraining = false;
  #isEnded = false;
  /** The query is over, and nothing was thrown away. */
  #isWhole = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** @throws Error where no files are to be had */
  constructor(pipe: LastingPipe) {
    this.#pipe = pipe;
    pipe.begin({
      take: (piece) => this.#take(piece),
      lost: (error) => {
        this.#failure = error;
        this.#finish();
      },
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
      if (!this.#isEnded && this.#waitingBytes < HIGH_WATER_BYTES) this.#pipe.resume();
    }
    return piece;
  }

  /** Throws away what still comes, so that a query that is being ended is not held up by its own output. */
  drain(): void {
    this.#isDraining = true;
    this.#isWhole = false;
    for (const piece of this.#pieces.splice(0)) recyclePiece(piece);
    this.#waitingBytes = 0;
    if (!this.#isEnded) this.#pipe.resume();
  }

  /** For when the query is over: what lies in the pipe is still read, then the result ends. */
  endWriting(): void {
    if (this.#isEnded) return;
    this.#pipe.end();
    this.#isWhole = !this.#isDraining;
    this.#finish();
  }

  #take(piece: Buffer): void {
    if (this.#isDraining) {
      recyclePiece(piece);
      return;
    }
    this.#pieces.push(piece);
    this.#waitingBytes += piece.length;
    if (this.#waitingBytes >= HIGH_WATER_BYTES) this.#pipe.pause();
    this.#wake?.();
  }

  #finish(): void {
    this.#isEnded = true;
    this.#wake?.();
  }
}
