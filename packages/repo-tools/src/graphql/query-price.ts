import {
  type DocumentNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { inlineFragments } from './inline-fragments.ts';

export interface Price {
  /** What GitHub subtracts from the hour's budget. */
  readonly points: number;
  /** How many items the answer can hold; GitHub refuses more than 500,000. */
  readonly nodes: number;
}

/**
 * What a query costs when every list is full, by the documented formula: one request for each connection and each
 * of its parents, a hundred requests are a point, rounded, and never less than one.
 *
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
 */
export function priceOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): Price {
  const inlined = inlineFragments(document);
  const given = { ...defaultsOf(inlined), ...variables };
  const info = new TypeInfo(schema);
  let requests = 0;
  let nodes = 0;
  // How many of the thing at hand there are; one entry for each field that we are inside of.
  const counts = [1];
  visit(
    inlined,
    visitWithTypeInfo(info, {
      Field: {
        enter(field) {
          const around = counts.at(-1)!;
          const size = listSize(field, given);
          if (size !== null && isConnection(info.getType())) requests += around;
          if (size !== null) nodes += around * size;
          counts.push(around * (size ?? 1));
        },
        leave() {
          counts.pop();
        },
      },
    }),
  );
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}

/** By the name that all of GitHub's connections have: `PullRequestConnection!`. */
export function isConnection(type: GraphQLOutputType | null | undefined): boolean {
  return /Connection!?$/.test(String(type));
}

function defaultsOf({ definitions }: DocumentNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION
        ? (each.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
            variable.name.value,
            defaultValue && literal(defaultValue),
          ])
        : [],
    ),
  );
}

/** How many items a field asks for; null where it is no list of a chosen length. */
function listSize(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  for (const { name, value } of field.arguments ?? []) {
    if (!['first', 'last', 'ids'].includes(name.value)) continue;
    const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : literal(value);
    if (given === null || given === undefined) continue;
    if (typeof given === 'number') return given;
    if (Array.isArray(given)) return given.length;
    throw new Error(`${field.name.value}(${name.value}:) has no number to reckon with`);
  }
  return null;
}

function literal(value: ValueNode): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values.map(literal);
  return null;
}
