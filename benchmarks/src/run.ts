import { benchGitHubBudget } from './github-budget.bench.ts';
import { benchGitHubLimits } from './github-limits.bench.ts';
import { benchGitHubSpeed } from './github-speed.bench.ts';
import { benchLineage } from './lineage.bench.ts';
import { benchTry } from './try.bench.ts';

const benches: Record<string, (runs: number) => Promise<void> | void> = {
  lineage: benchLineage,
  try: benchTry,
  'github-budget': benchGitHubBudget,
  'github-limits': benchGitHubLimits,
  'github-speed': benchGitHubSpeed,
};

/** `npm run bench`: all of them, or those that are named. It prints figures and ratios, and judges nothing but limits. */
const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown === undefined) {
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await bench(5);
  }
} else {
  process.stderr.write(`There is no benchmark "${unknown}". Known are: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
