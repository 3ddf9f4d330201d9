import { orphanedPages } from '../reference/reference-files.ts';
import { describeDrift, type Drift, findDrift, writeFiles } from '../registries/drift.ts';
import { generateFiles, staleFiles } from '../registries/generated-files.ts';
import { registries } from '../registries/registries.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/**
 * `npm run registries` writes every generated list, schema and page; `npm run registries -- --check`, which is also
 * part of `npm run drift`, only compares and fails. Both name the folders that are incomplete.
 */
const isCheck = process.argv.includes('--check');

if (isCheck) {
  const report = describeDrift(await check());
  if (report === '') console.log('Registries, schemas and reference pages agree with the folders.');
  else console.error(report);
  process.exitCode = report === '' ? 0 : 1;
} else {
  // Lists of folders first: pages are made from the metrics that a list imports.
  write(await generateFiles(repositoryRoot, registries, []));
  write(await generateFiles(repositoryRoot));
  console.log('Everything generated is up to date.');
  for (const finding of (await check()).incomplete) console.error(finding);
}

/** A list that is out of date hides what the rest is made from, so that nothing else is looked at until it is mended. */
async function check(): Promise<Drift> {
  const lists = findDrift(repositoryRoot, await generateFiles(repositoryRoot, registries, []));
  if (lists.stale.length > 0) return lists;
  const files = await generateFiles(repositoryRoot);
  const { stale, incomplete } = findDrift(repositoryRoot, files);
  return { stale, incomplete: [...incomplete, ...orphanedPages(repositoryRoot, files)] };
}

function write(files: Awaited<ReturnType<typeof generateFiles>>): void {
  const stale = staleFiles(repositoryRoot, files);
  writeFiles(repositoryRoot, stale);
  for (const { path } of stale) console.log(`Wrote ${path}`);
}
