import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Where tests keep their warehouses and clones: in memory where there is room. The engine waits for the disk at every
 * insert, which is what keeps data through a power cut, and most of the time of tests that no power cut can hurt.
 */
function scratchFolder(): string {
  const memory = '/dev/shm';
  if (process.env['TMPDIR'] !== undefined || !existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 6 * 1024 ** 3 ? memory : tmpdir();
}

/**
 * One set of test settings for every package. Forks, because the embedded
 * engine binds one data folder per process; the source condition, because a
 * test must see the sources as they are and not the last build.
 */
export const sharedTestConfig = defineConfig({
  resolve: { conditions: ['bellwether:source', 'module', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['bellwether:source', 'module', 'node', 'import', 'default'] } },
  test: {
    pool: 'forks',
    // A young package may have none; `npm test` itself looks for files that did not run.
    passWithNoTests: true,
    env: { TMPDIR: scratchFolder() },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
