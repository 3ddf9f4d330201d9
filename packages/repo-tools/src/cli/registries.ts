import { describeDrift, findDrift, writeFiles } from '../registries/drift.ts';
import { generateFiles } from '../registries/generated-files.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/**
 * `npm run registries` writes every generated list and schema; `npm run registries -- --check`, which is also
 * part of `npm run drift`, only compares and fails. Both name the folders that are incomplete.
 */
const isCheck = process.argv.includes('--check');
const files = await generateFiles(repositoryRoot);
const drift = findDrift(repositoryRoot, files);

if (isCheck) {
  const report = describeDrift(drift);
  if (report === '') console.log('Registries and schemas agree with the folders.');
  else console.error(report);
  process.exitCode = report === '' ? 0 : 1;
} else {
  writeFiles(repositoryRoot, drift.stale);
  for (const { path } of drift.stale) console.log(`Wrote ${path}`);
  if (drift.stale.length === 0) console.log('Everything generated is up to date.');
  for (const finding of drift.incomplete) console.error(finding);
}
