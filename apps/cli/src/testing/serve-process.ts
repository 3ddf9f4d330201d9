import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** `bellwether serve`, as a user runs it, in a process of its own. */
export interface ServeProcess extends AsyncDisposable {
  readonly url: string;
  /** Of the process that has the folder. */
  readonly pid: number;
  /** What it said on stderr so far. */
  readonly log: () => string;
  /** As a power cut would end it. */
  kill(): Promise<void>;
  /** As Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Resolves when it serves. */
export async function startServe(
  args: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<ServeProcess> {
  const child = spawn(process.execPath, [main, 'serve', '--json', '--listen', '127.0.0.1:0', ...args], {
    cwd,
    // With the number of threads given it does not start a second process, so that a kill hits the one that matters.
    env: {
      ...process.env,
      BELLWETHER_PERSON_KEY: 'a key that tests may know',
      UV_THREADPOOL_SIZE: '16',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  if (!Array.isArray(line)) throw new Error(`bellwether serve ended with ${String(line)}: ${log}`);
  const { url, pid } = JSON.parse(String(line[0])) as { url: string; pid: number };
  const end = async (signal: 'SIGKILL' | 'SIGINT'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    ...{ url, pid, log: () => log },
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGINT'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}
