import { parseArgs } from 'node:util';
import { benchGitHubBudget } from './github-budget.bench.ts';
import { benchGitHubLimits } from './github-limits.bench.ts';
import { benchGitHubSpeed } from './github-speed.bench.ts';
import { benchLineage } from './lineage.bench.ts';
import { benchScale } from './scale.bench.ts';
import { scaleFlags, scaleOptions } from './scale/options.ts';
import { benchServe } from './serve.bench.ts';
import { benchTry } from './try.bench.ts';

const { positionals: names, values } = parseArgs({ allowPositionals: true, options: scaleFlags });

const benches: Record<string, (runs: number) => Promise<void> | void> = {
  lineage: benchLineage,
  try: benchTry,
  'github-budget': benchGitHubBudget,
  'github-limits': benchGitHubLimits,
  'github-speed': benchGitHubSpeed,
  serve: benchServe,
  scale: (runs) => benchScale(runs, scaleOptions(values, process.env)),
};

/** `npm run bench`: all of them, or those that are named. It prints figures and ratios, and judges nothing but limits. */
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown === undefined) {
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await bench(5);
  }
} else {
  process.stderr.write(`There is no benchmark "${unknown}". Known are: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
