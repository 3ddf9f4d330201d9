import { installBudget, overBudget } from '../install-check/budget.ts';
import { cleanInstall } from '../install-check/clean-install.ts';
import { repositoryRoot } from '../workspaces/root.ts';

/**
 * `npm run check:install`: what a stranger pays for a clone. Installs from the committed manifests
 * and lockfile in a folder of its own and fails over the budget. `--prefer-offline` takes what npm has cached.
 */
const install = await cleanInstall(repositoryRoot, {
  preferOffline: process.argv.includes('--prefer-offline'),
});

console.log(`npm ci        ${install.seconds.toFixed(1)} s  (budget ${installBudget.seconds} s)`);
console.log(`node_modules  ${install.megabytes.toFixed(0)} MB  (budget ${installBudget.megabytes} MB)`);
console.log('\nThe ten largest packages, in MB:');
for (const { name, megabytes } of install.packages.slice(0, 10)) {
  console.log(`${megabytes.toFixed(1).padStart(7)}  ${name}`);
}

const findings = overBudget(install);
for (const finding of findings) console.error(`\nOver budget: ${finding}.`);
if (findings.length > 0) {
  console.error(
    'Run `npm explain <package>` on the large ones, and keep heavy parts in the app that needs them.',
  );
  process.exitCode = 1;
}
