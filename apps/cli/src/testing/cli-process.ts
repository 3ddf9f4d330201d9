import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface CliOutcome {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Send the signal after so many milliseconds, if it still runs. */
  signalAfter?: { ms: number; signal: 'SIGKILL' | 'SIGINT' };
}

/** Runs the built command line as a user does, in a process of its own. */
export async function runCli(
  args: readonly string[],
  { cwd, env = {}, signalAfter }: CliOptions = {},
): Promise<CliOutcome> {
  const started = performance.now();
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, BELLWETHER_PERSON_KEY: 'a key that tests may know', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const timer =
    signalAfter === undefined ? undefined : setTimeout(() => child.kill(signalAfter.signal), signalAfter.ms);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  return { code, stdout, stderr, seconds: (performance.now() - started) / 1000 };
}
