import { schema as published } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isObjectType,
} from 'graphql';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { notSimulated } from './errors.ts';
import { refuseField, requirementOf } from './requirements.ts';
import { allTypes } from './types/all-types.ts';

type FieldResolver = GraphQLFieldResolver<unknown, Context>;

export interface SimulatedSchema {
  readonly schema: GraphQLSchema;
  /** Whether a field, `PullRequest.title`, has a resolver. */
  readonly isSimulated: (field: string) => boolean;
}

let built: SimulatedSchema | undefined;

/** GitHub's published schema with a resolver on every field: the simulator's, or one that refuses loudly. */
export function simulatedSchema(): SimulatedSchema {
  return (built ??= build());
}

function build(): SimulatedSchema {
  // The schema comes from GitHub as it is: checking it once more costs a second.
  const schema = buildSchema(published.idl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  const known = knownResolvers();
  const simulated = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const resolver = known.get(name) ?? pagingResolver(type.name, field.name);
      if (resolver !== null) simulated.add(name);
      field.resolve = resolver === null ? refuse(name) : guard(name, resolver);
    }
  }
  return { schema, isSimulated: (field) => simulated.has(field) };
}

function knownResolvers(): ReadonlyMap<string, FieldResolver> {
  return new Map(
    allTypes.flatMap(({ name, fields }) =>
      Object.entries(fields).map(([field, resolver]) => [
        `${name}.${field}`,
        // graphql-js knows neither our sources nor arguments; `defineType` is where they are checked.
        resolver as unknown as FieldResolver,
      ]),
    ),
  );
}

function refuse(name: string): FieldResolver {
  return () => {
    throw notSimulated(name);
  };
}

function guard(name: string, resolver: FieldResolver): FieldResolver {
  const requirement = requirementOf(name);
  if (requirement === null) return resolver;
  return (source, args, context, info) => {
    if (requirement.permission !== 'administration' && isPublicRepository(source)) {
      return resolver(source, args, context, info);
    }
    const refusal = refuseField(context.token, name, requirement);
    if (refusal !== null) throw refusal;
    return resolver(source, args, context, info);
  };
}

/** Every token reads public repositories, whatever it was given. */
function isPublicRepository(source: unknown): boolean {
  const { typename, value } = source as { typename?: string; value?: { visibility?: string } };
  return typename === 'Repository' && value?.visibility === 'PUBLIC';
}

interface Edge {
  readonly node: unknown;
  readonly cursor: string;
}

const connectionFields: Readonly<Record<string, (connection: Connection) => unknown>> = {
  nodes: ({ items }) => items,
  edges: ({ items, cursorAt }) => items.map((node, index): Edge => ({ node, cursor: cursorAt(index) })),
  pageInfo: (connection) => connection,
  totalCount: (connection) => connection.totalCount(),
};

const pageInfoFields: Readonly<Record<string, (connection: Connection) => unknown>> = {
  hasNextPage: ({ hasNextPage }) => hasNextPage,
  hasPreviousPage: ({ hasPreviousPage }) => hasPreviousPage,
  startCursor: ({ items, cursorAt }) => (items.length === 0 ? null : cursorAt(0)),
  endCursor: ({ items, cursorAt }) => (items.length === 0 ? null : cursorAt(items.length - 1)),
};

const timelineFields = ['filteredCount', 'pageCount', 'updatedAt'];

/** Connections, edges and page infos are alike for every type. */
function pagingResolver(type: string, field: string): FieldResolver | null {
  if (type === 'PageInfo') return asResolver(pageInfoFields[field]);
  if (type.endsWith('Edge') && (field === 'node' || field === 'cursor')) {
    return (source) => (source as Edge)[field];
  }
  if (type === 'PullRequestTimelineItemsConnection' && timelineFields.includes(field)) {
    return (source) => (source as Readonly<Record<string, unknown>>)[field];
  }
  return type.endsWith('Connection') ? asResolver(connectionFields[field]) : null;
}

function asResolver(read: ((connection: Connection) => unknown) | undefined): FieldResolver | null {
  return read === undefined ? null : (source) => read(source as Connection);
}

/** Sources say themselves what they are. */
export const typeOfSource: GraphQLTypeResolver<unknown, Context> = (source) =>
  (source as { readonly typename?: string }).typename;
