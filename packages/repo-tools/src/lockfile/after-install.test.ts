import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';

/** A repository with the real hook and a lockfile that lacks a stub. */
let root: string;
const lockfile = JSON.stringify({
  lockfileVersion: 3,
  packages: { 'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-darwin-arm64': '1.0.0' } } },
});

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'after-install-')));
  const tools = 'packages/repo-tools';
  for (const file of ['bin/after-install.mjs', 'src/cli/lockfile.ts', 'src/lockfile', 'src/workspaces']) {
    cpSync(path.join(repositoryRoot, tools, file), path.join(root, tools, file), { recursive: true });
  }
  writeFileSync(path.join(root, tools, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'package-lock.json'), lockfile);
  mkdirSync(path.join(root, 'node_modules'));
  symlinkSync(path.join(repositoryRoot, 'node_modules/tsx'), path.join(root, 'node_modules/tsx'), 'dir');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function hookAfter(npmCommand: string): string {
  execFileSync(process.execPath, [path.join(root, 'packages/repo-tools/bin/after-install.mjs')], {
    env: { ...process.env, npm_command: npmCommand },
  });
  return readFileSync(path.join(root, 'package-lock.json'), 'utf8');
}

describe('the hook after an install', () => {
  it('mends the lockfile that npm just wrote', () => {
    expect(hookAfter('install')).toContain('node_modules/a-darwin-arm64');
  });

  it('leaves it alone after npm ci', () => {
    expect(hookAfter('ci')).toBe(lockfile);
  });

  it('does nothing, and does not fail, where development dependencies were left out', () => {
    rmSync(path.join(root, 'node_modules/tsx'));

    expect(hookAfter('install')).toBe(lockfile);
  });
});
