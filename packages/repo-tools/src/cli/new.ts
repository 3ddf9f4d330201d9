import path from 'node:path';
import { findDrift, writeFiles } from '../registries/drift.ts';
import { generateFiles } from '../registries/generated-files.ts';
import { scaffold, ScaffoldError } from '../scaffold/scaffold.ts';
import { templateKinds } from '../scaffold/template.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/** `npm run new <kind> <name>`: writes a new folder and lists it in its registry. Exit code 2 for a wrong wish. */
const templates = path.join(import.meta.dirname, '../../templates');
const [kind, name, ...rest] = process.argv.slice(2);

if (kind === undefined || name === undefined || rest.length > 0) {
  const kinds = templateKinds(templates).join('|');
  console.error(`Usage: npm run new <${kinds}> <name>\nExample: npm run new metric review-turnaround`);
  process.exitCode = 2;
} else {
  try {
    await makeNew(kind, name);
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function makeNew(kind: string, name: string): Promise<void> {
  const written = await scaffold({ root: repositoryRoot, templates, kind, name });
  // No schema here: a new folder changes none, and a configuration that does not compile should not be in the way.
  const { stale } = findDrift(repositoryRoot, await generateFiles(repositoryRoot, undefined, []));
  writeFiles(repositoryRoot, stale);
  for (const file of [...written, ...stale.map((each) => each.path)]) console.log(`Wrote ${file}`);
  const guide = written.find((file) => file.endsWith('/readme.md'));
  console.log(`\nNext: ${guide ?? 'the new folder'} says what to fill in; npm test says what is missing.`);
}
