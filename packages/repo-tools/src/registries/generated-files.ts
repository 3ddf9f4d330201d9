import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { queriesFolder } from '../graphql/queries-folder.ts';
import { referenceFiles } from '../reference/reference-files.ts';
import { configSchemaFiles } from './config-schema.ts';
import { readEntries } from './entries.ts';
import { identifierOf } from './identifier.ts';
import { registries, type Registry } from './registries.ts';

/** A file that is a function of other files of this repository. */
export interface GeneratedFile {
  /** Relative to the root. */
  path: string;
  /** What it is made from, in the words of a drift report. */
  from: string;
  text: string;
}

/**
 * Every generated file as it ought to be, formatted as the repository formats.
 *
 * @throws whatever a generator throws: a configuration schema that does not load, for one
 */
export async function generateFiles(
  root: string,
  list: readonly Registry[] = registries,
  generators: readonly ((root: string) => Promise<readonly GeneratedFile[]>)[] = [
    configSchemaFiles,
    queryFiles,
    referenceFiles,
  ],
): Promise<GeneratedFile[]> {
  const files = [
    ...list.flatMap((registry) => registryFile(root, registry)),
    ...(await Promise.all(generators.map((generate) => generate(root)))).flat(),
  ];
  return Promise.all(files.map(async (file) => ({ ...file, text: await formatted(root, file) })));
}

/** What parses GraphQL is loaded only where there is some. */
async function queryFiles(root: string): Promise<readonly GeneratedFile[]> {
  if (!existsSync(path.join(root, queriesFolder))) return [];
  const { queriesFile } = await import('../graphql/queries-file.ts');
  return queriesFile(root);
}

/** The generated files whose text on disk is another, or that are not there at all. */
export function staleFiles(root: string, files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter((file) => {
    const onDisk = path.join(root, file.path);
    return !existsSync(onDisk) || readFileSync(onDisk, 'utf8') !== file.text;
  });
}

function registryFile(root: string, registry: Registry): GeneratedFile[] {
  const entries = readEntries(root, registry);
  if (entries === null) return [];
  const { output, folder, marker, exportName, listName } = registry;
  const named = entries.map(({ name }) => ({ name, identifier: identifierOf(name, exportName) }));
  const lines = [
    '// Generated from the folder names by `npm run registries`; do not edit.',
    ...named.map(
      ({ name, identifier }) =>
        `import { ${exportName} as ${identifier} } from '${relativeImport(output, `${folder}/${name}/${marker}`)}';`,
    ),
    '',
    `export const ${listName} = [${named.map(({ identifier }) => identifier).join(', ')}] as const;`,
  ];
  return [{ path: output, from: `the folders of ${folder}`, text: lines.join('\n') }];
}

function relativeImport(fromFile: string, toFile: string): string {
  const relative = path.posix.relative(path.posix.dirname(fromFile), toFile);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

async function formatted(root: string, { path: file, text }: GeneratedFile): Promise<string> {
  const filepath = path.join(root, file);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
