import { writeFiles } from '../registries/drift.ts';
import { generateFiles, staleFiles } from '../registries/generated-files.ts';
import { queriesFile } from '../graphql/queries-file.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/** `npm run queries` checks every query of the GitHub source and writes their types and texts. */
const files = await generateFiles(repositoryRoot, [], [() => queriesFile(repositoryRoot)]);
const stale = staleFiles(repositoryRoot, files);
writeFiles(repositoryRoot, stale);
for (const { path } of stale) console.log(`Wrote ${path}`);
if (stale.length === 0) console.log('The generated queries are up to date.');
