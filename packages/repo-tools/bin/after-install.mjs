// npm runs this by itself (`dependencies` in the root package.json) after each command that changed
// node_modules, and it mends the lockfile that npm just wrote: see src/lockfile/mend.ts.
//
// It never fails an install and never writes during `npm ci`, whose promise is to leave the lockfile alone.
// Where tsx is missing, development dependencies were left out, and so nobody is about to commit.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const isMendable = process.env['npm_command'] !== 'ci' && canLoadTypeScript();

if (isMendable) {
  const lockfileCommand = fileURLToPath(new URL('../src/cli/lockfile.ts', import.meta.url));
  spawnSync(process.execPath, ['--import', 'tsx', lockfileCommand], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: 'inherit',
  });
}

function canLoadTypeScript() {
  try {
    return import.meta.resolve('tsx') !== '';
  } catch {
    return false;
  }
}
