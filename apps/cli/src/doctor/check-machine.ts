import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Check, failed, ok, warning } from './check.ts';

/** As `engines` of package.json has it; a test compares the two. */
export const supportedNode = '^20.19.0 || ^22.13.0 || >=24.0.0';

const oldestGit = [2, 31] as const;

/** Whether this machine can run Bellwether at all. */
export async function checkMachine(nodeVersion: string): Promise<Check[]> {
  return [checkNode(nodeVersion), await checkGit()];
}

export function checkNode(version: string): Check {
  return isSupportedNode(version)
    ? ok('Node.js', version)
    : failed('Node.js', `${version} is not supported`, `Install a version that satisfies ${supportedNode}.`);
}

function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return supportedNode.split('||').some((range) => {
    const [, operator, least = '0', leastMinor = '0'] = /(\^|>=)(\d+)\.(\d+)/.exec(range) ?? [];
    const isRecent = major > Number(least) || (major === Number(least) && minor >= Number(leastMinor));
    return operator === '^' ? isRecent && major === Number(least) : isRecent;
  });
}

async function checkGit(): Promise<Check> {
  const name = 'git';
  const next = 'Install git 2.31 or later, and see that it is on the PATH.';
  try {
    const { stdout } = await promisify(execFile)('git', ['--version']);
    const version = /(\d+)\.(\d+)/.exec(stdout);
    if (version === null) return warning(name, `says "${stdout.trim()}", which is no version`, next);
    const [major, minor] = [Number(version[1]), Number(version[2])];
    const isNew = major > oldestGit[0] || (major === oldestGit[0] && minor >= oldestGit[1]);
    return isNew ? ok(name, stdout.trim()) : failed(name, `${stdout.trim()} is too old`, next);
  } catch {
    return failed(name, 'not found', next);
  }
}
