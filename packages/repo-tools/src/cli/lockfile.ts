import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatLockfile, parseLockfile } from '../lockfile/lockfile.ts';
import { describeMending } from '../lockfile/describe.ts';
import { mendLockfile } from '../lockfile/mend.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/**
 * `npm run lockfile` mends package-lock.json after `npm install`; `npm run lockfile -- --check`
 * only says what is wrong with it, and fails. npm runs the first by itself after each command that
 * changes dependencies (`dependencies` in the root package.json), so nobody has to remember it;
 * the check is for installs that ran with `--ignore-scripts`.
 */
const file = path.join(repositoryRoot, 'package-lock.json');
const before = readFileSync(file, 'utf8');
const mending = mendLockfile(parseLockfile(before));
const after = formatLockfile(mending.lockfile);
const isCheck = process.argv.includes('--check');

if (after === before && mending.unknown.length === 0) {
  if (isCheck) console.log('package-lock.json is complete for every platform.');
} else if (isCheck || mending.unknown.length > 0) {
  console.error(describeMending(mending));
  process.exitCode = 1;
}
if (!isCheck && after !== before) {
  writeFileSync(file, after);
  console.log(
    `Mended package-lock.json: ${mending.added.length} stubs added, ${mending.dropped.length} dropped, ` +
      `${mending.stripped.length} addresses stripped.`,
  );
}
