import { BellwetherError, exitCodes, systemClock } from '@bellwether/core';
import { smokeGitHub } from './smoke.ts';

/** `GITHUB_TOKEN=… npm run smoke:github [-- owner/name]`; GITHUB_URL for another GitHub than github.com. */
const { env } = process;
const write = (line: string): void => void process.stdout.write(`${line}\n`);
try {
  await smokeGitHub({
    url: env['GITHUB_URL'] ?? 'https://github.com',
    env,
    repository: process.argv[2] ?? 'cli/cli',
    clock: systemClock,
    write,
  });
} catch (error) {
  if (!(error instanceof BellwetherError)) throw error;
  process.stderr.write(`${error.message}\n${error.next}\n`);
  process.exitCode = error.exitCode ?? exitCodes.failed;
}
