import { describe, expect, it } from 'vitest';
import { exactSpec, isPinned } from './optional-spec.ts';
import { platformOfName } from './platform.ts';

describe('platformOfName', () => {
  it.each([
    ['@chdb/lib-linux-arm64-gnu', { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] }],
    ['@rolldown/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@rolldown/binding-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@oxc-parser/binding-android-arm-eabi', { os: ['android'], cpu: ['arm'] }],
    ['@turbo/darwin-64', { os: ['darwin'], cpu: ['x64'] }],
    ['@turbo/windows-arm64', { os: ['win32'], cpu: ['arm64'] }],
    ['lightningcss-freebsd-x64', { os: ['freebsd'], cpu: ['x64'] }],
    ['@img/sharp-linuxmusl-x64', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@rolldown/binding-wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', {}],
  ])('reads %s', (name, platform) => {
    expect(platformOfName(name)).toEqual(platform);
  });
});

describe('exactSpec', () => {
  it.each([
    ['1.2.3', { version: '1.2.3' }],
    ['26.7.3-stable.1', { version: '26.7.3-stable.1' }],
    ['^1.2.3', { version: '1.2.3' }],
    ['~1.2.3 || ^2.0.0', { version: '1.2.3' }],
    ['>= 1.2.3', { version: '1.2.3' }],
    ['npm:@scope/other@1.2.3', { version: '1.2.3', name: '@scope/other' }],
    ['<2.0.0', null],
    ['*', null],
    ['latest', null],
    ['https://host.example/a-1.2.3.tgz', null],
  ])('takes %s for %o', (range, spec) => {
    expect(exactSpec(range)).toEqual(spec);
  });

  it('calls only a single version pinned', () => {
    expect(['1.2.3', '=1.2.3', '^1.2.3', '1.2', '*'].map(isPinned)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
