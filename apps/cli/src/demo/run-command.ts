import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as a user runs it: built, unless this file itself runs from its source. */
const main = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../main.ts' : '../main.js', import.meta.url),
);

export interface CommandOptions {
  /** Where `bellwether.yaml` is. */
  readonly cwd: string;
  readonly token: string;
  /** Shows what it prints, as well as giving it back. What it says on stderr is always shown. */
  readonly isShown: boolean;
  /** Asks it to end. */
  readonly signal: AbortSignal;
}

export interface CommandOutcome {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs the command line in a process of its own, with nothing of the caller's GitHub in its environment. */
export function runCommand(
  args: readonly string[],
  { cwd, token, isShown, signal }: CommandOptions,
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    cwd,
    env: {
      ...cleanEnvironment(process.env),
      GITHUB_TOKEN: token,
      BELLWETHER_PERSON_KEY: 'the key of a demonstration',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (isShown) process.stdout.write(chunk);
  });
  return new Promise<CommandOutcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout });
    });
  }).finally(() => {
    signal.removeEventListener('abort', stop);
  });
}

/** A proxy has no business between two local processes. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unwanted = /^(GH_TOKEN|BELLWETHER_.*|https?_proxy|all_proxy)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}
