import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readWorkspaces } from '../workspaces/workspaces.js';
import { measurePackages, type PackageSize } from './installed-size.ts';

/** What installing from the lockfile alone came to. */
export interface CleanInstall {
  /** Wall time of `npm ci`. */
  seconds: number;
  /** Space on disk of every node_modules, in millions of bytes. */
  megabytes: number;
  /** Largest first. */
  packages: PackageSize[];
}

export interface CleanInstallOptions {
  /** Takes what npm has cached, and asks the registry only for the rest. */
  preferOffline: boolean;
}

/**
 * Runs `npm ci --ignore-scripts` in a new folder that holds this repository's manifests, lockfile
 * and .npmrc and nothing else, as the first step after a clone. The folder is removed again.
 *
 * @throws Error with npm's own words when the install fails
 */
export async function cleanInstall(
  root: string,
  { preferOffline }: CleanInstallOptions,
): Promise<CleanInstall> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clean-install-'));
  try {
    const workspaces = copyManifests(root, folder);
    const seconds = await runNpmCi(folder, preferOffline);
    const packages = ['.', ...workspaces].flatMap((workspace) =>
      measurePackages(path.join(folder, workspace, 'node_modules')),
    );
    return {
      seconds,
      megabytes: packages.reduce((sum, { megabytes }) => sum + megabytes, 0),
      packages: packages.sort((a, b) => b.megabytes - a.megabytes),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyManifests(root: string, target: string): string[] {
  const workspaces = readWorkspaces(root).map(({ folder }) => folder);
  for (const folder of workspaces) mkdirSync(path.join(target, folder), { recursive: true });
  const manifests = workspaces.map((folder) => path.join(folder, 'package.json'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc', ...manifests]) {
    copyFileSync(path.join(root, file), path.join(target, file));
  }
  return workspaces;
}

async function runNpmCi(folder: string, preferOffline: boolean): Promise<number> {
  const flags = ['--ignore-scripts', '--include=dev', ...(preferOffline ? ['--prefer-offline'] : [])];
  const startedAt = performance.now();
  const { code, output } = await run('npm', ['ci', ...flags], folder);
  if (code !== 0) throw new Error(`npm ci failed in a clean folder (exit code ${code}):\n${output}`);
  return (performance.now() - startedAt) / 1000;
}

function run(command: string, args: string[], cwd: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: environmentOutsideNpm(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32', // npm is a .cmd file there
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * The environment without what an outer `npm run` put there: npm would take the outer
 * project's folder (`npm_config_local_prefix`) for its own and install over it.
 */
export function environmentOutsideNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const fromNpmRun = /^(npm_(package|lifecycle|command|execpath|node_execpath)|INIT_CWD$|NODE_ENV$)/i;
  const ofTheProject =
    /^npm_config_(local_prefix|global_prefix|prefix|workspace|workspaces|dry_run|omit|include)$/i;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !fromNpmRun.test(name) && !ofTheProject.test(name)),
  );
}
