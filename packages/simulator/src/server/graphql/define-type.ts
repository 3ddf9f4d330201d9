import type { Context } from './context.ts';

/**
 * `never` for the arguments lets every resolver name the ones it knows: the schema has checked them before.
 */
export type Resolver<Source> = (source: Source, args: never, context: Context) => unknown;

export interface TypeResolvers {
  readonly name: string;
  readonly fields: Readonly<Record<string, Resolver<never>>>;
}

/** Declares the fields of a GraphQL type that the simulator knows. All others of the schema are refused loudly. */
export function defineType<Source>(
  name: string,
  fields: Readonly<Record<string, Resolver<Source>>>,
): TypeResolvers {
  return { name, fields };
}
