import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { installBudget, overBudget } from './budget.ts';
import { cleanInstall, environmentOutsideNpm } from './clean-install.ts';
import { measurePackages } from './installed-size.ts';

describe('npm ci from the committed lockfile', () => {
  it('succeeds in a clean folder and stays within the size budget', { timeout: 600_000 }, async () => {
    const { seconds, megabytes, packages } = await cleanInstall(repositoryRoot, { preferOffline: true });
    // Printed, not asserted: a busy machine would fail a good change.
    console.log(`npm ci: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB, ${packages.length} packages`);

    expect(packages.map(({ name }) => name)).toContain('typescript');
    expect(overBudget({ seconds: 0, megabytes })).toEqual([]);
  });
});

describe('overBudget', () => {
  it('is silent at the budget and names each figure above it', () => {
    expect(overBudget(installBudget)).toEqual([]);
    expect(overBudget({ seconds: 46, megabytes: 1300 })).toEqual([
      'npm ci took 46.0 s, and may take 45 s',
      'node_modules has 1300 MB, and may have 1200 MB',
    ]);
  });
});

describe('environmentOutsideNpm', () => {
  it('forgets the outer npm run, and keeps how the user set npm up', () => {
    const environment = environmentOutsideNpm({
      PATH: '/bin',
      INIT_CWD: '/elsewhere',
      NODE_ENV: 'production',
      npm_command: 'run-script',
      npm_package_json: '/outer/package.json',
      npm_config_local_prefix: '/outer',
      npm_config_cache: '/cache',
    });

    expect(environment).toEqual({ PATH: '/bin', npm_config_cache: '/cache' });
  });
});

describe('measurePackages', () => {
  let folder: string;
  const write = (file: string, bytes: number): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), Buffer.alloc(bytes, 'x'));
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'measure-packages-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('counts nested packages by themselves and follows no workspace link', () => {
    write('large/index.js', 3_000_000);
    write('large/node_modules/nested/index.js', 2_000_000);
    write('@scope/small/index.js', 1_000_000);
    write('.cache/index.js', 5_000_000);
    symlinkSync('.cache', path.join(folder, 'linked'));

    const sizes = Object.fromEntries(
      measurePackages(folder).map(({ name, megabytes }) => [name, Math.round(megabytes)]),
    );

    expect(sizes).toEqual({ large: 3, nested: 2, '@scope/small': 1, linked: 0, '(npm)': 5 });
  });

  it('finds nothing where nothing is installed', () => {
    expect(measurePackages(path.join(folder, 'node_modules'))).toEqual([]);
  });
});
