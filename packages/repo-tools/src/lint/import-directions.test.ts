import { describe, expect, it } from 'vitest';
import { layers } from '../architecture/layers.js';
import { probe } from './lint-probe.ts';

/**
 * docs/architecture.md once more, written out by hand, so that a slip in the table that generates the rule
 * shows. Apps are left out of the values: nothing may import one.
 */
const allowed: Record<string, string> = {
  core: '',
  lineage: 'core',
  warehouse: 'core',
  sources: 'core lineage warehouse',
  derive: 'core lineage warehouse',
  metrics: 'core lineage warehouse',
  'review-rules': 'core lineage warehouse',
  dashboards: 'core lineage warehouse metrics',
  cli: 'core lineage warehouse sources derive metrics review-rules dashboards simulator server',
  server: 'core lineage warehouse sources derive metrics review-rules dashboards',
  preview: 'core lineage warehouse sources derive metrics review-rules dashboards',
  'review-bot': 'core lineage warehouse sources derive metrics review-rules dashboards',
  'eslint-plugin': '',
  'eslint-config': '',
  simulator:
    'core lineage warehouse sources derive metrics review-rules dashboards eslint-plugin eslint-config repo-tools benchmarks',
  'repo-tools':
    'core lineage warehouse sources derive metrics review-rules dashboards eslint-plugin eslint-config simulator benchmarks',
  benchmarks:
    'core lineage warehouse sources derive metrics review-rules dashboards eslint-plugin eslint-config simulator repo-tools',
};

const names = Object.keys(allowed);
const sourceFile = (name: string, file = 'example.ts'): string =>
  `${layers[name]?.folder ?? name}/src/${file}`;
const importing = (specifier: string): string => `import { thing } from '${specifier}';\nthing();\n`;
const directions = async (file: string, code: string): Promise<string[]> =>
  (await probe(file, code)).filter((finding) => finding.startsWith('repository/import-directions'));

describe('dependencies between packages', () => {
  it('covers every package of the table', () => {
    expect(names.sort()).toEqual(Object.keys(layers).sort());
  });

  it.each(names)('%s imports what is below it, and nothing else', async (from) => {
    const verdicts = await Promise.all(
      names
        .filter((to) => to !== from)
        .map(async (to) => {
          const findings = await directions(sourceFile(from), importing(`@bellwether/${to}`));
          return { to, isAllowed: findings.length === 0 };
        }),
    );

    const accepted = verdicts.filter(({ isAllowed }) => isAllowed).map(({ to }) => to);
    expect(accepted.sort()).toEqual((allowed[from] ?? '').split(' ').filter(Boolean).sort());
  });

  it.each([
    ["export { thing } from '@bellwether/metrics';\n"],
    ["export * from '@bellwether/metrics';\n"],
    ["export const load = () => import('@bellwether/metrics');\n"],
    ["export type Thing = import('@bellwether/metrics').Thing;\n"],
    ["import type { Thing } from '@bellwether/metrics';\nexport type Other = Thing;\n"],
    ["export const thing = require('@bellwether/metrics');\n"],
  ])('sees %j', async (code) => {
    expect(await directions('packages/sources/src/example.ts', code)).toHaveLength(1);
  });

  it('names what may be imported instead', async () => {
    expect(await directions('packages/lineage/src/example.ts', importing('@bellwether/sources'))).toEqual([
      'repository/import-directions: @bellwether/lineage may not import @bellwether/sources, ' +
        'only @bellwether/core. Dependencies point one way.',
    ]);
  });

  it.each([
    ['packages/sources/src/git/git.contract.test.ts', []],
    ['packages/sources/src/contract-tests.ts', []],
    ['packages/sources/src/testing.ts', []],
    ['packages/warehouse/test/rows.ts', []],
    ['packages/derive/src/testing/organisation.ts', []],
    [
      'packages/sources/src/git/index.ts',
      ['@bellwether/simulator is a tool; only tests and other tools import it.'],
    ],
  ])('lets %s import a tool: %j', async (file, objections) => {
    expect(await directions(file, importing('@bellwether/simulator'))).toEqual(
      objections.map((objection) => `repository/import-directions: ${objection}`),
    );
  });

  it('holds tests to the same directions', async () => {
    expect(await directions('packages/sources/src/a.test.ts', importing('@bellwether/metrics'))).toHaveLength(
      1,
    );
  });

  it('asks for an unknown package to be put into the table', async () => {
    const [finding] = await directions('packages/core/src/example.ts', importing('@bellwether/unheard-of'));

    expect(finding).toContain('is not in packages/repo-tools/src/architecture/layers.js');
    expect(
      await directions('packages/unheard-of/src/example.ts', importing('@bellwether/core')),
    ).toHaveLength(1);
  });
});

describe('paths between packages', () => {
  it.each([
    ['packages/sources/src/git/index.ts', '../../../core/src/clock.ts', "import '@bellwether/core'"],
    [
      'packages/sources/src/git/index.ts',
      '@bellwether/core/src/clock.ts',
      "declares no entry './src/clock.ts'",
    ],
    ['packages/sources/src/git/index.ts', '@bellwether/core/dist/index.js', 'declares no entry'],
    ['packages/core/src/clock.ts', '@bellwether/core', 'by relative path'],
    ['packages/core/src/clock.ts', '../../../vitest.shared.ts', 'Leaves its package'],
    ['packages/core/src/clock.ts', './errors.ts', null],
    ['packages/core/src/config/parse.ts', '../errors.ts', null],
    ['packages/core/src/clock.ts', '../package.json', null],
    ['packages/core/vitest.config.ts', '../../vitest.shared.ts', null],
    ['eslint.config.js', './packages/repo-tools/src/lint/plugin.js', null],
  ])('%s and %s: %s', async (file, specifier, objection) => {
    const findings = await directions(file, importing(specifier));

    expect(findings).toEqual(objection === null ? [] : [expect.stringContaining(objection)]);
  });

  it('leaves the testing entry of a package to tests', async () => {
    const code = importing('@bellwether/lineage/testing');

    expect(await directions('packages/derive/src/changes.ts', code)).toHaveLength(1);
  });
});

describe('the engine', () => {
  it.each(['@clickhouse/client', 'chdb', '@chdb/lib-linux-x64-gnu'])(
    'is known to the warehouse alone: %s',
    async (specifier) => {
      expect(await directions('packages/warehouse/src/engine.ts', importing(specifier))).toEqual([]);
      for (const name of names.filter((each) => each !== 'warehouse')) {
        expect(await directions(sourceFile(name), importing(specifier))).toEqual([
          expect.stringContaining('Only @bellwether/warehouse imports'),
        ]);
      }
    },
  );
});
