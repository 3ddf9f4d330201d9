import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClone } from './generate-clone.ts';
import { measureProcess, medianOf } from './measure-process.ts';

/** The sizes of a well-known history: 27,333 commits, 12,129 tags. */
const size = { commits: 27_333, tags: 12_129 };
const limits = { firstSeconds: 4, againSeconds: 1.5, peakMegabytes: 1200 };
const cli = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

/**
 * `bellwether try` as a user runs it: first look, then again with nothing new, beside what git itself needs to read the
 * same history. `BELLWETHER_BENCH_CLONE=<path>` measures a clone of your own.
 */
export async function benchTry(runs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-bench-'));
  try {
    const own = process.env['BELLWETHER_BENCH_CLONE'];
    const clone = own === undefined ? join(folder, 'clone.git') : resolve(own);
    if (own === undefined) await generateClone(clone, size);
    const log = await medianOf(runs, () =>
      measureProcess('git', ['-C', clone, 'log', '--all', '--format=%H %P %at %ct %s']),
    );
    let data = '';
    const first = await medianOf(runs, async () => {
      data = await mkdtemp(join(folder, 'data-'));
      return measureProcess(process.execPath, [cli, 'try', clone, '--data', join(data, 'warehouse')]);
    });
    const again = await medianOf(runs, () =>
      measureProcess(process.execPath, [cli, 'try', clone, '--data', join(data, 'warehouse')]),
    );
    const row = (name: string, value: number, limit: number | null, unit: string, digits: number): string =>
      `${name.padEnd(34)} ${value.toFixed(digits).padStart(8)} ${unit}${limit === null ? '' : `   limit ${String(limit)} ${unit}: ${value <= limit ? 'within' : 'OVER'}`}`;
    process.stdout.write(
      [
        `try: ${own ?? `generated history of ${String(size.commits)} commits and ${String(size.tags)} tags`}, median of ${String(runs)} runs`,
        row('git log --all', log.wallSeconds, null, 's', 2),
        row('first run', first.wallSeconds, limits.firstSeconds, 's', 2),
        row('first run, peak memory', first.peakMegabytes ?? Number.NaN, limits.peakMegabytes, 'MB', 0),
        row('second run, nothing new', again.wallSeconds, limits.againSeconds, 's', 2),
        row('second run, peak memory', again.peakMegabytes ?? Number.NaN, limits.peakMegabytes, 'MB', 0),
        `first run ÷ git log: ${(first.wallSeconds / log.wallSeconds).toFixed(1)}`,
        `second run ÷ git log: ${(again.wallSeconds / log.wallSeconds).toFixed(1)}`,
        '',
      ].join('\n'),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
