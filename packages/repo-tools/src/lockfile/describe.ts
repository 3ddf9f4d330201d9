import type { Mending } from './mend.ts';

/** What is wrong with the lockfile, one line each, and the command that mends it. */
export function describeMending(mending: Mending): string {
  const lines = [
    ...mending.added.map((stub) => `  lacks the optional package ${stub}`),
    ...mending.dropped.map((stub) => `  keeps a stub that nothing asks for: ${stub}`),
    ...mending.stripped.map((path) => `  names a download address: ${path}`),
    ...mending.unknown.map((wish) => `  cannot be completed by itself: ${wish} (pin it in package.json)`),
  ];
  const shown = lines.length > 0 ? lines : ['  its entries are not in the order that npm writes them'];
  return ['package-lock.json would fail on other machines:', ...shown, 'Run: npm run lockfile'].join('\n');
}
