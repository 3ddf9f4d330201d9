import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { registries, type Registry } from '../registries/registries.ts';
import { formsOf, objectionToName } from './names.ts';
import { type NewFile, renderTemplate } from './template.ts';

/** What was asked for cannot be made; the message says why and what can. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';
}

export interface ScaffoldOptions {
  /** Folder of the root package.json. */
  root: string;
  /** Folder of the templates, one subfolder per kind. */
  templates: string;
  kind: string;
  name: string;
  list?: readonly Registry[];
}

/**
 * Writes a new folder from the template of its kind: everything that the registry asks of such a folder,
 * formatted as the repository formats. Nothing is written unless everything can be.
 *
 * @returns the files, relative to the root
 * @throws ScaffoldError when the kind is unknown, or the name will not do or is taken
 */
export async function scaffold(options: ScaffoldOptions): Promise<string[]> {
  const { root, templates, kind, name, list = registries } = options;
  const registry = list.find((each) => each.kind === kind);
  if (!registry || !existsSync(path.join(templates, kind))) {
    const kinds = list.map((each) => each.kind).filter((each) => existsSync(path.join(templates, each)));
    throw new ScaffoldError(`There is no ${JSON.stringify(kind)} to make, only: ${kinds.join(', ')}.`);
  }
  const objection = objectionToName(name);
  if (objection !== null) throw new ScaffoldError(objection);
  const folder = `${registry.folder}/${name}`;
  if (existsSync(path.join(root, folder))) throw new ScaffoldError(`${folder} exists already.`);
  if (!existsSync(path.join(root, registry.folder))) {
    throw new ScaffoldError(`${registry.folder} does not exist; is this the root of the repository?`);
  }

  const files = renderTemplate(path.join(templates, kind), formsOf(name, registry.exportName)).map(
    (file) => ({
      ...file,
      path: `${folder}/${file.path}`,
    }),
  );
  const finished = await Promise.all(files.map((file) => formatted(root, file)));
  for (const file of finished) {
    mkdirSync(path.dirname(path.join(root, file.path)), { recursive: true });
    writeFileSync(path.join(root, file.path), file.text, { flag: 'wx' });
  }
  return finished.map((file) => file.path);
}

/** A long name breaks lines where the template's own does not; what prettier does not know stays as it is. */
async function formatted(root: string, file: NewFile): Promise<NewFile> {
  const filepath = path.join(root, file.path);
  const { inferredParser } = await getFileInfo(filepath);
  if (inferredParser === null) return file;
  return { ...file, text: await format(file.text, { ...(await resolveConfig(filepath)), filepath }) };
}
