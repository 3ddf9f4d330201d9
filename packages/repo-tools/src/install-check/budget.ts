import type { CleanInstall } from './clean-install.ts';

/** What a clone may cost on two cores. Raising either figure is a decision, not a fix: see docs/adr. */
export const installBudget = { seconds: 45, megabytes: 1200 } as const;

/** The figures that are over budget, in words; empty when all is well. */
export function overBudget({ seconds, megabytes }: Pick<CleanInstall, 'seconds' | 'megabytes'>): string[] {
  return [
    ...(seconds > installBudget.seconds
      ? [`npm ci took ${seconds.toFixed(1)} s, and may take ${installBudget.seconds} s`]
      : []),
    ...(megabytes > installBudget.megabytes
      ? [`node_modules has ${megabytes.toFixed(0)} MB, and may have ${installBudget.megabytes} MB`]
      : []),
  ];
}
