import { describe, expect, it } from 'vitest';
import { probe, typedProbe } from './lint-probe.ts';

const somewhere = 'packages/core/src/example.ts';
const rules = (findings: string[]): string[] => findings.map((finding) => finding.split(':')[0] ?? '');

describe('the habits that are rules', () => {
  it.each([
    ['a default export', somewhere, 'export default 1;\n', 'no-restricted-syntax'],
    [
      'a default export by another way',
      somewhere,
      'const a = 1;\nexport { a as default };\n',
      'no-restricted-syntax',
    ],
    ['talk in a package', somewhere, "console.log('done');\n", 'no-console'],
    ['a module of Node without node:', somewhere, "export * from 'fs';\n", 'repository/node-protocol'],
    ['a file in camelCase', 'packages/core/src/someThing.ts', '', 'repository/kebab-case-files'],
    ['a folder in camelCase', 'packages/core/src/someThing/index.ts', '', 'repository/kebab-case-files'],
    [
      'a suppression without its reason',
      somewhere,
      "// eslint-disable-next-line no-console\nconsole.log('done');\n",
      'repository/reasoned-suppressions',
    ],
    [
      'a suppression of nothing',
      somewhere,
      '// eslint-disable-next-line no-console -- left behind\nexport const a = 1;\n',
      'parser',
    ],
    ['a file of more than 300 lines', somewhere, 'export {};\n'.repeat(301), 'max-lines'],
  ])('refuses %s', async (_what, file, code, rule) => {
    expect(rules(await probe(file, code))).toEqual([rule]);
  });

  it.each([
    ['a default export in a config file', 'packages/core/vitest.config.ts', 'export default {};\n'],
    ['talk in the command line', 'apps/cli/src/example.ts', "console.log('done');\n"],
    ['talk in a tool', 'packages/repo-tools/src/example.ts', "console.log('done');\n"],
    ['a module of Node', somewhere, "export * from 'node:fs';\n"],
    ['several endings', 'packages/core/src/some-thing.contract.test.ts', ''],
    [
      'a suppression with its reason',
      somewhere,
      "// eslint-disable-next-line no-console -- the one place that may\nconsole.log('done');\n",
    ],
    ['comments and blank lines beyond 300', somewhere, `${'// why\n\n'.repeat(400)}export {};\n`],
    ['a long test', 'packages/core/src/example.test.ts', 'export {};\n'.repeat(301)],
  ])('accepts %s', async (_what, file, code) => {
    expect(await probe(file, code)).toEqual([]);
  });
});

describe('the habits that need types', () => {
  const existing = 'packages/repo-tools/src/workspaces/root.ts';

  it.each([
    [
      'a promise nobody waits for',
      'export function go(task: () => Promise<void>): void {\n  task();\n}\n',
      'no-floating-promises',
    ],
    [
      'a type imported as a value',
      "import { Stats } from 'node:fs';\nexport type A = Stats;\n",
      'consistent-type-imports',
    ],
    ['an any that spreads', 'export const a: string = JSON.parse("1");\n', 'no-unsafe-assignment'],
    [
      'a switch that forgets a case',
      "export function go(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      return;\n  }\n}\n",
      'switch-exhaustiveness-check',
    ],
  ])('refuses %s', async (_what, code, rule) => {
    expect(rules(await typedProbe(existing, code))).toEqual([`@typescript-eslint/${rule}`]);
  });
});
