import type { z } from 'zod';

/** The same shape with lists that a schema may call its own: Zod's are not `readonly`. */
type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

/**
 * Checks at compile time that a schema takes everything that GitHub may answer to a query: a field that can be null
 * there and not here, or that nobody asks for, does not compile.
 */
export function answerSchema<Answer>(): <Schema extends z.ZodType>(
  schema: Writable<Answer> extends z.input<Schema> ? Schema : never,
) => Schema {
  return (schema) => schema;
}
