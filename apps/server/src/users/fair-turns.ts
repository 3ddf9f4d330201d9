/**
 * Work that costs a core, a little at a time, and in turns: who sends a thousand pieces waits for their own, and not
 * everybody else for all of them.
 */
export class FairTurns {
  readonly #atOnce: number;
  readonly #mostOfOne: number;
  #running = 0;
  /** By whose they are; the first key is the next in turn. */
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(atOnce: number, mostOfOne: number) {
    this.#atOnce = atOnce;
    this.#mostOfOne = mostOfOne;
  }

  /** Null, without having run it, where too much of the same owner waits already. */
  async run<Result>(owner: string, work: () => Promise<Result>): Promise<Result | null> {
    if (this.#running < this.#atOnce) this.#running++;
    else if (!(await this.#turn(owner))) return null;
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  #turn(owner: string): Promise<boolean> {
    const own = this.#waiting.get(owner) ?? [];
    if (own.length >= this.#mostOfOne) return Promise.resolve(false);
    this.#waiting.set(owner, own);
    return new Promise((resolve) => own.push(() => resolve(true)));
  }

  /** The place goes on to the next owner in turn, who then stands last. */
  #passOn(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running--;
      return;
    }
    const [owner, own] = first;
    this.#waiting.delete(owner);
    const next = own.shift();
    if (own.length > 0) this.#waiting.set(owner, own);
    next?.();
  }
}
