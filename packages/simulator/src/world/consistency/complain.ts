import type { Repository } from '../model.ts';

/** Notes what is wrong with something, unless it is right. */
export type Complain = (about: string, isRight: boolean, what: string) => void;

/** Every instant in a repository: the values of all fields that end in `At`. */
export function* instantsOf(thing: Repository | object): Generator<number> {
  if (thing instanceof Map) {
    for (const value of thing.values()) if (isObject(value)) yield* instantsOf(value);
    return;
  }
  for (const [key, value] of Object.entries(thing) as [string, unknown][]) {
    if (key.endsWith('At') && typeof value === 'number') yield value;
    else if (isObject(value)) yield* instantsOf(value);
  }
}

export function isInOrder(instants: readonly number[]): boolean {
  return instants.every((instant, index) => index === 0 || instants[index - 1]! <= instant);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
