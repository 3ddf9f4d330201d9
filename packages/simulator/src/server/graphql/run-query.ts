import { execute, type ExecutionResult, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { Context } from './context.ts';
import { formatError } from './errors.ts';
import { gapReply, type PreparedQuery } from './prepare.ts';
import { simulatedSchema, typeOfSource } from './schema.ts';

/** Runs a query over the world as it is now. Resolvers wait for nothing, so a page is read in one instant. */
export function runQuery(query: PreparedQuery, context: Context): Reply {
  const result = execute({
    schema: simulatedSchema().schema,
    document: query.isDryRun ? onlyRateLimit(query) : query.document,
    variableValues: query.variables,
    operationName: query.operation.name?.value,
    contextValue: context,
    typeResolver: typeOfSource,
  });
  if (result instanceof Promise) throw new Error('A resolver waited for something.');
  return replyOf(result);
}

function replyOf({ data, errors = [] }: ExecutionResult): Reply {
  const gap = errors.find(({ extensions }) => extensions['type'] === 'NOT_SIMULATED');
  if (gap !== undefined) return gapReply(gap);
  const bug = errors.find(({ originalError }) => isBug(originalError));
  if (bug !== undefined) throw bug.originalError ?? bug;
  return jsonReply(200, {
    data: data ?? null,
    ...(errors.length > 0 && { errors: errors.map(formatError) }),
  });
}

/** A resolver that failed in a way it did not mean to. */
function isBug(error: Error | undefined | null): boolean {
  return error != null && !(error instanceof GraphQLError);
}

/** What is left of a query that is only priced. */
function onlyRateLimit({ document, operation }: PreparedQuery): PreparedQuery['document'] {
  const selections = operation.selectionSet.selections.filter(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === 'rateLimit',
  );
  const priced: OperationDefinitionNode = {
    ...operation,
    selectionSet: { ...operation.selectionSet, selections },
  };
  return {
    ...document,
    definitions: document.definitions.map((definition) => (definition === operation ? priced : definition)),
  };
}
