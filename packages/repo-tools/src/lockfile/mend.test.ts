import { describe, expect, it } from 'vitest';
import { describeMending } from './describe.ts';
import { formatLockfile, type LockEntry, type Lockfile } from './lockfile.ts';
import { mendLockfile } from './mend.ts';

function lockfile(packages: Record<string, LockEntry>): Lockfile {
  return { name: 'example', lockfileVersion: 3, requires: true, packages };
}

const engine: LockEntry = {
  version: '3.4.0',
  integrity: 'sha512-engine',
  optionalDependencies: { '@chdb/lib-linux-x64-gnu': '26.7.3', '@chdb/lib-darwin-arm64': '26.7.3' },
};
const linux: LockEntry = { version: '26.7.3', integrity: 'sha512-linux', optional: true, os: ['linux'] };

describe('mendLockfile', () => {
  it('adds a stub with the platform for each optional package that the lockfile lacks', () => {
    const { lockfile: mended, added } = mendLockfile(
      lockfile({ '': {}, 'node_modules/chdb': engine, 'node_modules/@chdb/lib-linux-x64-gnu': linux }),
    );

    expect(mended.packages['node_modules/@chdb/lib-darwin-arm64']).toEqual({
      version: '26.7.3',
      cpu: ['arm64'],
      optional: true,
      os: ['darwin'],
    });
    expect(added).toEqual(['node_modules/@chdb/lib-darwin-arm64@26.7.3']);
  });

  it('leaves a known optional package and its integrity alone', () => {
    const { lockfile: mended } = mendLockfile(
      lockfile({ 'node_modules/chdb': engine, 'node_modules/@chdb/lib-linux-x64-gnu': linux }),
    );

    expect(mended.packages['node_modules/@chdb/lib-linux-x64-gnu']).toEqual(linux);
  });

  it('changes nothing the second time', () => {
    const once = mendLockfile(lockfile({ 'node_modules/chdb': engine }));
    const twice = mendLockfile(once.lockfile);

    expect(formatLockfile(twice.lockfile)).toBe(formatLockfile(once.lockfile));
    expect(twice).toMatchObject({ added: [], dropped: [], stripped: [], unknown: [] });
  });

  it('keeps what npm noted on a stub of the right version', () => {
    const stub = { version: '26.7.3', cpu: ['arm64'], optional: true, os: ['darwin'], peer: true };
    const { lockfile: mended, added } = mendLockfile(
      lockfile({ 'node_modules/chdb': engine, 'node_modules/@chdb/lib-darwin-arm64': stub }),
    );

    expect(mended.packages['node_modules/@chdb/lib-darwin-arm64']).toEqual(stub);
    expect(added).toEqual(['node_modules/@chdb/lib-linux-x64-gnu@26.7.3']);
  });

  it('replaces the stub of an older version and drops one that nothing asks for', () => {
    const {
      lockfile: mended,
      added,
      dropped,
    } = mendLockfile(
      lockfile({
        'node_modules/chdb': { version: '3.4.0', optionalDependencies: { '@chdb/lib-darwin-x64': '26.7.3' } },
        'node_modules/@chdb/lib-darwin-x64': { version: '26.1.0', optional: true, os: ['darwin'] },
        'node_modules/gone-darwin-x64': { version: '1.0.0', optional: true, os: ['darwin'] },
      }),
    );

    expect(mended.packages['node_modules/@chdb/lib-darwin-x64']?.version).toBe('26.7.3');
    expect(Object.keys(mended.packages)).not.toContain('node_modules/gone-darwin-x64');
    expect(added).toEqual(['node_modules/@chdb/lib-darwin-x64@26.7.3']);
    expect(dropped).toEqual([
      'node_modules/@chdb/lib-darwin-x64@26.1.0',
      'node_modules/gone-darwin-x64@1.0.0',
    ]);
  });

  it('nests a stub beside its owner where another version has the place at the top', () => {
    const { lockfile: mended } = mendLockfile(
      lockfile({
        'node_modules/esbuild': {
          version: '0.28.0',
          optionalDependencies: { '@esbuild/aix-ppc64': '0.28.0' },
        },
        'node_modules/vite': { version: '7.0.0' },
        'node_modules/vite/node_modules/esbuild': {
          version: '0.27.0',
          optionalDependencies: { '@esbuild/aix-ppc64': '0.27.0' },
        },
      }),
    );

    expect(mended.packages['node_modules/@esbuild/aix-ppc64']?.version).toBe('0.28.0');
    expect(
      mended.packages['node_modules/vite/node_modules/esbuild/node_modules/@esbuild/aix-ppc64']?.version,
    ).toBe('0.27.0');
  });

  it('finds an optional package in any node_modules above its owner', () => {
    const { added } = mendLockfile(
      lockfile({
        'node_modules/a/node_modules/b': {
          version: '1.0.0',
          optionalDependencies: { 'c-linux-x64': '2.0.0' },
        },
        'node_modules/a/node_modules/c-linux-x64': {
          version: '2.0.0',
          integrity: 'sha512-c',
          optional: true,
        },
      }),
    );

    expect(added).toEqual([]);
  });

  it('strips download addresses, but keeps workspace links and git commits', () => {
    const { lockfile: mended, stripped } = mendLockfile(
      lockfile({
        'node_modules/zod': {
          version: '4.6.7',
          resolved: 'https://registry.example/zod/-/zod-4.6.7.tgz',
          integrity: 'sha512-zod',
        },
        'node_modules/@bellwether/core': { resolved: 'packages/core', link: true },
        'node_modules/forked': { version: '1.0.0', resolved: 'git+ssh://git@host.example/forked.git#0a1b2c' },
      }),
    );

    expect(stripped).toEqual(['node_modules/zod']);
    expect(mended.packages['node_modules/zod']).toEqual({ version: '4.6.7', integrity: 'sha512-zod' });
    expect(mended.packages['node_modules/@bellwether/core']?.resolved).toBe('packages/core');
    expect(mended.packages['node_modules/forked']?.resolved).toContain('#0a1b2c');
  });

  it('does not take an optional package that came inside another tarball for a stub', () => {
    const bundled = { version: '1.2.7', optional: true, inBundle: true };
    const { lockfile: mended } = mendLockfile(lockfile({ 'node_modules/a/node_modules/b': bundled }));

    expect(mended.packages['node_modules/a/node_modules/b']).toEqual(bundled);
  });

  it('says so when a range names no version to put into a stub', () => {
    const mending = mendLockfile(
      lockfile({ 'node_modules/a': { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '*' } } }),
    );

    expect(mending.unknown).toEqual(['b-linux-x64@*, wanted by node_modules/a']);
    expect(describeMending(mending)).toContain('cannot be completed by itself: b-linux-x64@*');
  });
});

describe('describeMending', () => {
  it('names each finding and ends with the command that mends them', () => {
    const text = describeMending(mendLockfile(lockfile({ 'node_modules/chdb': engine })));

    expect(text).toContain('lacks the optional package node_modules/@chdb/lib-darwin-arm64@26.7.3');
    expect(text.split('\n').at(-1)).toBe('Run: npm run lockfile');
  });
});
