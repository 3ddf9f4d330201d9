// What `npm test` runs. Plain JavaScript without dependencies: it comes before the first build.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testRun } from '../src/test-run/test-run.js';

process.exitCode = await testRun(realpathSync(fileURLToPath(new URL('../../..', import.meta.url))));
