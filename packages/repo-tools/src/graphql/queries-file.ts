import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import type { GeneratedFile } from '../registries/generated-files.ts';
import { inlineFragments } from './inline-fragments.ts';
import { queriesFolder } from './queries-folder.ts';
import { type QueryFile, readQueryFiles } from './query-files.ts';
import { findingsOf } from './query-findings.ts';
import { priceOf } from './query-price.ts';
import { githubSchema } from './schema.ts';

/** How GitHub writes its scalars into JSON. A 64-bit number comes as text where it might not fit, else as number. */
const scalars = {
  BigInt: 'string | number',
  Base64String: 'string',
  Date: 'string',
  DateTime: 'string',
  GitObjectID: 'string',
  GitRefname: 'string',
  GitSSHRemote: 'string',
  GitTimestamp: 'string',
  HTML: 'string',
  PreciseDateTime: 'string',
  URI: 'string',
  X509Certificate: 'string',
};

/**
 * The types and the text of every query; none where there are no queries.
 *
 * @throws Error with every finding, one a line, where GitHub would refuse a query
 */
export async function queriesFile(root: string): Promise<GeneratedFile[]> {
  const queries = readQueryFiles(root);
  if (queries.length === 0) return [];
  const { schema } = githubSchema();
  const findings = queries.flatMap((query) => findingsOf(query, schema));
  if (findings.length > 0) throw new Error(findings.join('\n'));
  const lines = [
    '// Generated from the queries beside it by `npm run queries`; do not edit.',
    `import type { GraphqlDocument } from '../api.ts';`,
    await typesOf(queries),
    ...queries.map(constantOf),
  ];
  return [
    {
      path: `${queriesFolder}/generated.ts`,
      from: `the queries of ${queriesFolder}`,
      text: lines.join('\n'),
    },
  ];
}

async function typesOf(queries: readonly QueryFile[]): Promise<string> {
  const { ast } = githubSchema();
  const text = await codegen({
    filename: 'generated.ts',
    // As a tree and not as a schema: the generator may have loaded another instance of `graphql`, which refuses ours.
    schema: ast,
    // Fragments are written out, so that a type shows all that there is, and no name is left over.
    documents: queries.map(({ name, document }) => ({ location: name, document: inlineFragments(document) })),
    plugins: [{ operations: {} }],
    pluginMap: { operations },
    config: {
      avoidOptionals: { field: true },
      defaultScalarType: 'unknown',
      enumType: 'string-literal',
      immutableTypes: true,
      scalars,
      skipDocumentsValidation: true,
      skipTypename: true,
    },
  });
  return (
    text
      // Written whether it is needed or not.
      .replace(/(?:\/\*\*[^\n]*\*\/\n)?export type Incremental<.*\n/, '')
      .replace('/** Internal type. DO NOT USE DIRECTLY. */\n', '')
      .replaceAll(/^\s*\/\*\*.*?\*\/\n/gms, '')
  );
}

function constantOf({ name, operation, constant, document }: QueryFile): string {
  return [
    '',
    `/** ${priceTag(document)} */`,
    `export const ${constant}: GraphqlDocument<${operation}Query, ${operation}QueryVariables> = {`,
    `  name: '${name}',`,
    `  text: ${JSON.stringify(minified(document))},`,
    '};',
  ].join('\n');
}

/** The text for the wire. What it cost comes with every answer: asking for it costs nothing. */
function minified(document: DocumentNode): string {
  const cost = parse('{ rateLimit { cost } }').definitions[0]!;
  const asking = visit(document, {
    OperationDefinition(operation) {
      if (cost.kind !== Kind.OPERATION_DEFINITION) return undefined;
      const { selectionSet } = operation;
      return {
        ...operation,
        selectionSet: {
          ...selectionSet,
          selections: [...selectionSet.selections, ...cost.selectionSet.selections],
        },
      };
    },
  });
  return stripIgnoredCharacters(print(asking));
}

/** How dear a query is, so that a change of that shows in the generated file. */
function priceTag(document: DocumentNode): string {
  const { schema } = githubSchema();
  const names = new Set(
    document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION
        ? (each.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    ),
  );
  const sized = names.has('first') ? 'first' : names.has('ids') ? 'ids' : null;
  const points = (size: number): number =>
    priceOf(document, { first: size, ids: Array<string>(size).fill('') }, schema).points;
  if (sized === null) return `Points: ${points(1)}.`;
  let largest = 100;
  while (largest > 1 && points(largest) > 1) largest--;
  return largest === 100
    ? 'Points: 1 for any page.'
    : `Points: ${points(largest)} for a page of up to ${largest}, ${points(100)} for one of 100.`;
}
