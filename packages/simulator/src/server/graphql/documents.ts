import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { simulatedSchema } from './schema.ts';

/** A query text, parsed and checked against the schema. */
export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[] };

const checked = new Map<string, CheckedDocument>();

/** A client has a few queries and sends them over and over. */
const KEPT = 200;

export function checkDocument(text: string): CheckedDocument {
  const known = checked.get(text);
  if (known !== undefined) return known;
  const result = parseAndValidate(text);
  if (checked.size >= KEPT) checked.clear();
  checked.set(text, result);
  return result;
}

function parseAndValidate(text: string): CheckedDocument {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
  const errors = validate(simulatedSchema().schema, document, specifiedRules);
  return errors.length > 0 ? { errors } : { document };
}

/** The operation that a request runs; null when it names none of several. */
export function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode | null {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (name === null) return operations.length === 1 ? operations[0]! : null;
  return operations.find((operation) => operation.name?.value === name) ?? null;
}
