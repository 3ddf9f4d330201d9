// turbo as every script of the root package.json calls it: without telemetry, which only the environment can say.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { turboEntry, turboEnvironment } from '../src/launcher/turbo.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { status } = spawnSync(process.execPath, [turboEntry(root), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...turboEnvironment },
});
process.exitCode = status ?? 1;
