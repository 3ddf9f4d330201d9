import { parseConfig, silentTalk } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import { openWarehouse } from '@bellwether/warehouse';
import { organisationZone } from './questions.ts';

/** What deriving took, as a process of its own: its peak of memory is nobody else's. */
export interface DeriveRun {
  seconds: number;
  repositories: number;
  written: number;
  removed: number;
  peakMegabytes: number;
}

/** `derive-run.ts <folder of the warehouse>`: derives what is stale and prints a `DeriveRun` as one line of JSON. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which warehouse?');
const config = parseConfig(`timeZone: ${organisationZone}`, 'benchmark');
const warehouse = await openWarehouse({ path: folder });
try {
  const started = performance.now();
  const result = await deriveChanged({
    warehouse,
    rules: deriveRules(config),
    talk: silentTalk,
    signal: new AbortController().signal,
  });
  const run: DeriveRun = {
    seconds: (performance.now() - started) / 1000,
    repositories: result.repositories,
    written: result.written,
    removed: result.removed,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify(run)}\n`);
} finally {
  await warehouse.close();
}
