import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { type Manifest, readWorkspaces, type Workspace } from '../workspaces/workspaces.js';
import { manifestFindings } from './manifest-findings.ts';

function workspace(folder: string, manifest: Partial<Manifest> = {}): Workspace {
  return { folder, manifest: { name: `@bellwether/${folder.split('/').at(-1) ?? ''}`, ...manifest } };
}
const on = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '0.1.0']));

describe('manifestFindings', () => {
  it('finds nothing in this repository', () => {
    expect(manifestFindings(readWorkspaces(repositoryRoot))).toEqual([]);
  });

  it('accepts what the layers allow', () => {
    expect(
      manifestFindings([
        workspace('packages/core', { dependencies: on('zod') }),
        workspace('packages/warehouse', {
          dependencies: on('@bellwether/core', 'chdb', '@clickhouse/client'),
        }),
        workspace('packages/sources', { dependencies: on('@bellwether/core', '@bellwether/warehouse') }),
        workspace('packages/metrics', { devDependencies: on('@bellwether/simulator') }),
        workspace('benchmarks', { dependencies: on('@bellwether/simulator', '@bellwether/metrics') }),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['a wrong direction', workspace('packages/core', { dependencies: on('@bellwether/warehouse') })],
    [
      'a wrong direction in tests',
      workspace('packages/sources', { devDependencies: on('@bellwether/metrics') }),
    ],
    ['an app', workspace('packages/sources', { dependencies: on('@bellwether/cli') })],
    ['a tool that would ship', workspace('packages/metrics', { dependencies: on('@bellwether/simulator') })],
    ['the engine outside the warehouse', workspace('packages/metrics', { dependencies: on('chdb') })],
    ['a package that is in no layer', workspace('packages/unheard-of')],
    ['a package in the wrong folder', workspace('apps/core')],
    ['a name without our scope', workspace('packages/core', { name: 'core' })],
  ])('finds %s', (_what, example) => {
    expect(manifestFindings([example])).toHaveLength(1);
  });

  it('finds a circle through development dependencies', () => {
    expect(
      manifestFindings([
        workspace('packages/warehouse', { devDependencies: on('@bellwether/simulator') }),
        workspace('packages/simulator', { dependencies: on('@bellwether/warehouse') }),
      ]),
    ).toEqual(['these depend on each other in a circle: warehouse, simulator']);
  });
});
