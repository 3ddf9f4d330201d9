import { notSimulated } from './errors.ts';

/**
 * An argument that the simulator does not know must not be passed over: the answer would look filtered.
 *
 * @throws GraphQLError naming the argument
 */
export function refuseArguments(field: string, args: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(args)) {
    if (value != null && !known.includes(name)) throw notSimulated(`${field}(${name}:)`);
  }
}

/** The arguments of every connection. */
export const pageArguments: readonly string[] = ['first', 'last', 'after', 'before'];
