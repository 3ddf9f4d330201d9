import type { Clock } from '@bellwether/core';

/** A sum over the last 60 seconds. */
export class SlidingMinute {
  readonly #clock: Clock;
  /** Second → what was added in it, oldest first. */
  readonly #bySecond = new Map<number, number>();
  #total = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get total(): number {
    this.#forget();
    return this.#total;
  }

  add(amount: number): void {
    this.#forget();
    const second = Math.floor(this.#clock.now() / 1000);
    this.#bySecond.set(second, (this.#bySecond.get(second) ?? 0) + amount);
    this.#total += amount;
  }

  #forget(): void {
    const oldest = Math.floor(this.#clock.now() / 1000) - 60;
    for (const [second, amount] of this.#bySecond) {
      if (second > oldest) return;
      this.#bySecond.delete(second);
      this.#total -= amount;
    }
    // Fractions of seconds do not add up to exactly nothing.
    this.#total = 0;
  }
}
