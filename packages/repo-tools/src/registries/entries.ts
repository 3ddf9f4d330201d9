import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Registry } from './registries.ts';

/** One folder of a registry. */
export interface Entry {
  /** The folder's name: `change-lead-time`. */
  name: string;
  /** What is wrong with it, in words. A folder with findings is listed all the same. */
  findings: string[];
}

/** The folders of a registry, by name. Pure apart from reading; null while the registry's place does not exist. */
export function readEntries(root: string, registry: Registry): Entry[] | null {
  const parent = path.join(root, registry.folder);
  if (!existsSync(parent)) return null;
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => {
      const contents = readContents(path.join(parent, name));
      const isExported = exportsName(path.join(parent, name, registry.marker), registry.exportName);
      if (!isExported && !registry.tellTales.some((file) => contents.includes(file))) return [];
      return [{ name, findings: findingsOf(registry, name, contents, isExported) }];
    });
}

function findingsOf(registry: Registry, name: string, contents: string[], isExported: boolean): string[] {
  const folder = `${registry.folder}/${name}`;
  const missing = registry.holds.filter((wanted) => !contents.some((found) => fits(found, wanted)));
  return [
    ...missing.map((wanted) => `${folder} lacks ${wanted}`),
    ...(!isExported && contents.includes(registry.marker)
      ? [`${folder}/${registry.marker} does not export \`${registry.exportName}\``]
      : []),
  ];
}

/** File names as they are, folders with a slash at the end. */
function readContents(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? `${entry.name}/` : entry.name,
  );
}

function fits(found: string, wanted: string): boolean {
  const [start = '', end] = wanted.split('*');
  return end === undefined ? found === wanted : found.startsWith(start) && found.endsWith(end);
}

/** Whether a TypeScript file exports a value of this name. Read as text: a file that does not compile yet counts. */
function exportsName(file: string, name: string): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  if (
    new RegExp(String.raw`^export\s+(?:const|let|class|(?:async\s+)?function)\s+${name}\b`, 'm').test(text)
  ) {
    return true;
  }
  return [...text.matchAll(/^export\s*\{([^}]*)\}/gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((exported) =>
      exported
        .trim()
        .split(/\s+as\s+/)
        .at(-1),
    )
    .includes(name);
}
