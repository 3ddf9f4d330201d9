import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readEntries } from './entries.ts';
import { type GeneratedFile, staleFiles } from './generated-files.ts';
import { registries, type Registry } from './registries.ts';

/** Where folders and generated files disagree. All empty: no drift. */
export interface Drift {
  /** Generated files that are not what they ought to be; `npm run registries` mends these. */
  stale: GeneratedFile[];
  /** Folders that lack something; their author mends these. */
  incomplete: string[];
}

export function findDrift(
  root: string,
  files: readonly GeneratedFile[],
  list: readonly Registry[] = registries,
): Drift {
  return {
    stale: staleFiles(root, files),
    incomplete: list
      .flatMap((registry) => readEntries(root, registry) ?? [])
      .flatMap(({ findings }) => findings),
  };
}

/** One line for each disagreement, then the command that mends the generated ones. */
export function describeDrift({ stale, incomplete }: Drift): string {
  return [
    ...incomplete,
    ...stale.map((file) => `${file.path} does not agree with ${file.from}`),
    ...(stale.length > 0 ? ['Run: npm run registries'] : []),
  ].join('\n');
}

export function writeFiles(root: string, files: readonly GeneratedFile[]): void {
  for (const file of files) {
    const onDisk = path.join(root, file.path);
    mkdirSync(path.dirname(onDisk), { recursive: true });
    writeFileSync(onDisk, file.text);
  }
}
