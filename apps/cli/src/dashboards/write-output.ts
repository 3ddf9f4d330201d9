import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { OutputFile } from '@bellwether/dashboards';

/** Below the folder where the command runs: in this repository beside the sources of the dashboards. */
const DEFAULT_FOLDER = 'dashboards/dist/grafana';

export function outputFolder(out: string | undefined, cwd: string): string {
  return resolve(cwd, out ?? DEFAULT_FOLDER);
}

/** Writes all files; of dashboards that are no more the files of an earlier build go away, and nothing else. */
export async function writeOutput(folder: string, files: readonly OutputFile[]): Promise<void> {
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const wanted = new Set(files.map(({ path }) => path));
  for (const made of ['dashboards', 'manifests']) {
    const names = await readdir(join(folder, made));
    const stale = names.filter((name) => name.endsWith('.json') && !wanted.has(`${made}/${name}`));
    for (const name of stale) await rm(join(folder, made, name));
  }
}
