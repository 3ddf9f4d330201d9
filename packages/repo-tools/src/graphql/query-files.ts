import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { camelCase, pascalCase } from '../registries/identifier.ts';
import { queriesFolder } from './queries-folder.ts';

/** One query with every fragment that it uses. */
export interface QueryFile {
  /** `pull-requests` for `pull-requests.graphql`. */
  readonly name: string;
  /** `PullRequests`: the operation. */
  readonly operation: string;
  /** `pullRequestsDocument`: the generated constant. */
  readonly constant: string;
  readonly document: DocumentNode;
}

/**
 * The queries of a folder, by name. A file holds one operation named after it, and fragments; a file with nothing
 * but fragments is for several queries to share.
 *
 * @throws Error that names the file: no GraphQL, two operations, another name, a fragment that is nowhere or twice
 */
export function readQueryFiles(root: string): QueryFile[] {
  const folder = path.join(root, queriesFolder);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ file, definitions: parsed(path.join(folder, file)) }));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { file, definitions } of files) {
    for (const fragment of definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)) {
      const name = fragment.name.value;
      if (fragments.has(name)) throw new Error(`${file}: fragment ${name} stands in another file too`);
      fragments.set(name, fragment);
    }
  }
  return files.flatMap(({ file, definitions }) => {
    const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    return operations.length === 0 ? [] : [queryOf(file, operations, fragments)];
  });
}

function parsed(file: string): readonly DefinitionNode[] {
  try {
    return parse(readFileSync(file, 'utf8')).definitions;
  } catch (cause) {
    throw new Error(`${path.basename(file)}: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

function queryOf(
  file: string,
  operations: readonly OperationDefinitionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): QueryFile {
  const name = path.basename(file, '.graphql');
  const [operation, second] = operations;
  if (!operation || second) throw new Error(`${file}: a file holds one query`);
  if (operation.name?.value !== pascalCase(name)) {
    throw new Error(`${file}: the query's name has to be ${pascalCase(name)}`);
  }
  const used = usedFragments(file, operation, fragments);
  return {
    name,
    operation: pascalCase(name),
    constant: `${camelCase(name)}Document`,
    document: { kind: Kind.DOCUMENT, definitions: [operation, ...used] },
  };
}

function usedFragments(
  file: string,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const look = (node: DefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new Error(`${file}: there is no fragment ${name.value}`);
        if (used.has(fragment)) return;
        used.add(fragment);
        look(fragment);
      },
    });
  };
  look(operation);
  return [...used].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}
