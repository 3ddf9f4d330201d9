import {
  getVariableValues,
  Kind,
  type GraphQLError,
  type OperationDefinitionNode,
  type DocumentNode,
} from 'graphql';
import { jsonReply, messageReply, type Reply } from '../http/reply.ts';
import { checkDocument, operationOf } from './documents.ts';
import { formatError } from './errors.ts';
import { type Price, priceOf } from './price.ts';
import { simulatedSchema } from './schema.ts';

/** A query that GitHub would run: valid, within its limits, and priced. */
export interface PreparedQuery {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Operation name, or `anonymous`. */
  readonly name: string;
  readonly price: Price;
  /** `rateLimit(dryRun: true)`: to be priced and not run. */
  readonly isDryRun: boolean;
}

/** Reads a GraphQL request. A `Reply` is what GitHub answers to a query that it does not run. */
export function prepareQuery(body: string): PreparedQuery | Reply {
  const parsed = parseBody(body);
  if (parsed === null) return messageReply(400, 'Problems parsing JSON');
  const { query, variables, operationName } = parsed;
  if (query === '') return refuse([{ message: 'A query attribute must be specified and must be a string.' }]);
  const checked = checkDocument(query);
  if (checked.errors !== undefined) return refuse(checked.errors.map(formatError));
  const operation = operationOf(checked.document, operationName);
  if (operation === null) return refuse([{ message: 'An operation name is required' }]);
  const { schema, isSimulated } = simulatedSchema();
  const { coerced, errors: wrong } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
  );
  if (wrong !== undefined) return refuse(wrong.map(formatError));
  const { document } = checked;
  const { price, errors } = priceOf({ schema, document, operation, variables: coerced, isSimulated });
  const gap = errors.find(({ extensions }) => extensions['type'] === 'NOT_SIMULATED');
  if (gap !== undefined) return gapReply(gap);
  if (errors.length > 0) return refuse(errors.map(formatError));
  const name = operation.name?.value ?? 'anonymous';
  return { document, operation, variables, name, price, isDryRun: isDryRun(operation, variables) };
}

function isDryRun(
  { selectionSet }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return selectionSet.selections.some((selection) => {
    if (selection.kind !== Kind.FIELD || selection.name.value !== 'rateLimit') return false;
    const value = selection.arguments?.find(({ name }) => name.value === 'dryRun')?.value;
    if (value?.kind === Kind.VARIABLE) return variables[value.name.value] === true;
    return value?.kind === Kind.BOOLEAN && value.value;
  });
}

/** Loud, so that no client mistakes a gap of the simulator for an answer of GitHub's. */
export function gapReply(gap: GraphQLError): Reply {
  return messageReply(501, gap.message, {}, 'packages/simulator/README.md');
}

function refuse(errors: readonly object[]): Reply {
  return jsonReply(200, { errors });
}

interface GraphqlBody {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function parseBody(body: string): GraphqlBody | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const { query, variables, operationName } = parsed;
  return {
    query: typeof query === 'string' ? query : '',
    variables: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
