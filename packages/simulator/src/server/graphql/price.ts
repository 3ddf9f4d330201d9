import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getDirectiveValues,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldError } from './errors.ts';

/** What a query costs before it runs, by GitHub's documented formula. */
export interface Price {
  /** Points: the requests divided by 100, rounded, at least 1. */
  readonly cost: number;
  /** How many times a connection is resolved when every `first` is filled. */
  readonly requestCount: number;
  readonly nodeCount: number;
}

export interface PricedQuery {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the simulator knows a field, `PullRequest.title`. */
  readonly isSimulated: (field: string) => boolean;
}

const MOST_NODES = 500_000;
const LARGEST_PAGE = 100;

/**
 * Counts what a query asks for and refuses what GitHub refuses before running it. A connection counts once for each
 * of its parents, and only where its nodes or edges are asked for: a `totalCount` alone is free.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function priceOf(query: PricedQuery): { price: Price; errors: readonly GraphQLError[] } {
  const walk = new PriceWalk(query);
  const root = query.schema.getQueryType()!;
  walk.visit(query.operation.selectionSet, root, 1, ['query']);
  const { requestCount, nodeCount, errors } = walk;
  if (nodeCount > MOST_NODES && errors.length === 0) {
    const message = `This query requests up to ${nodeCount.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of ${MOST_NODES.toLocaleString('en-US')}.`;
    errors.push(fieldError('MAX_NODE_LIMIT_EXCEEDED', message));
  }
  return { price: { cost: Math.max(1, Math.round(requestCount / 100)), requestCount, nodeCount }, errors };
}

class PriceWalk {
  requestCount = 0;
  nodeCount = 0;
  readonly errors: GraphQLError[] = [];
  readonly #query: PricedQuery;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(query: PricedQuery) {
    this.#query = query;
    this.#fragments = new Map(
      query.document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
  }

  visit(
    selections: SelectionSetNode,
    type: GraphQLCompositeType,
    parents: number,
    path: readonly string[],
  ): void {
    for (const selection of selections.selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) this.#visitField(selection, type, parents, path);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        this.visit(selection.selectionSet, name === undefined ? type : this.#typeNamed(name), parents, path);
      } else {
        const fragment = this.#fragments.get(selection.name.value)!;
        this.visit(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value), parents, path);
      }
    }
  }

  #visitField(node: FieldNode, type: GraphQLCompositeType, parents: number, above: readonly string[]): void {
    const name = node.name.value;
    if (name.startsWith('__') || !('getFields' in type)) return;
    const field = type.getFields()[name]!;
    const path = [...above, node.alias?.value ?? name];
    if (isObjectType(type) && !this.#query.isSimulated(`${type.name}.${name}`)) {
      this.#refuse(node, path, fieldError('NOT_SIMULATED', `not simulated: ${type.name}.${name}`));
    }
    const of = getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(of)) return;
    const values = getArgumentValues(field, node, this.#query.variables);
    let children = parents;
    if (of.name.endsWith('Connection') && this.#asksForRows(node.selectionSet)) {
      const size = this.#sizeOf(node, values, path);
      this.requestCount += parents;
      this.nodeCount += parents * size;
      children = parents * size;
    } else if (type.name === 'Query' && name === 'nodes') {
      children = parents * this.#countIds(node, values, path);
    }
    this.visit(node.selectionSet, of, children, path);
  }

  #sizeOf(node: FieldNode, values: Readonly<Record<string, unknown>>, path: readonly string[]): number {
    const boundary = values['first'] == null ? 'last' : 'first';
    const size = values[boundary];
    const name = node.name.value;
    if (typeof size !== 'number' || size < 1) {
      const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
      this.#refuse(node, path, fieldError('MISSING_PAGINATION_BOUNDARIES', message));
      return 0;
    }
    if (size > LARGEST_PAGE) {
      const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${boundary}\` limit of ${LARGEST_PAGE} records.`;
      this.#refuse(node, path, fieldError('EXCESSIVE_PAGINATION', message));
    }
    return size;
  }

  #countIds(node: FieldNode, values: Readonly<Record<string, unknown>>, path: readonly string[]): number {
    const ids = values['ids'];
    const count = Array.isArray(ids) ? ids.length : 0;
    if (count > LARGEST_PAGE) {
      const message = `You may not provide more than ${LARGEST_PAGE} node ids; you provided ${count}.`;
      this.#refuse(node, path, fieldError('ARGUMENT_LIMIT', message));
    }
    return count;
  }

  #asksForRows({ selections }: SelectionSetNode): boolean {
    return selections.some((selection) => {
      if (!this.#isIncluded(selection)) return false;
      if (selection.kind === Kind.FIELD) return ['nodes', 'edges'].includes(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.#asksForRows(selection.selectionSet);
      return this.#asksForRows(this.#fragments.get(selection.name.value)!.selectionSet);
    });
  }

  #isIncluded(node: Parameters<typeof getDirectiveValues>[1]): boolean {
    const { variables } = this.#query;
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
    return skip?.['if'] !== true && include?.['if'] !== false;
  }

  #typeNamed(name: string): GraphQLCompositeType {
    return this.#query.schema.getType(name) as GraphQLCompositeType;
  }

  #refuse(node: FieldNode, path: readonly string[], error: GraphQLError): void {
    this.errors.push(new GraphQLError(error.message, { nodes: node, path, extensions: error.extensions }));
  }
}
