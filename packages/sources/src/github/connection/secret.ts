import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A token or key. However it is printed, only `reveal` shows it; called where a request is made and nowhere else. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
