import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Found from here, because the process runs in a folder of the test. */
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Started extends AsyncDisposable {
  child: ChildProcess;
  /** `http://127.0.0.1:8123` */
  url: string;
  /** Of the process that owns the folder. */
  pid: number;
  stderr(): string;
  /** The exit code; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** It ended instead of serving. */
export interface NotStarted {
  code: number | null;
  stderr: string;
}

/**
 * Starts `bellwether serve --json` from its sources, and resolves when it answers or has ended.
 *
 * @param env with UV_THREADPOOL_SIZE it is one process, without it two
 */
export async function tryServe(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string | undefined> },
): Promise<Started | NotStarted> {
  const node = ['--conditions=bellwether:source', '--import', tsx, main];
  const child = spawn(process.execPath, [...node, 'serve', '--json', ...args], {
    cwd,
    env: { ...process.env, BELLWETHER_PERSON_KEY: 'a key that tests may know', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  // `close` waits for every process that still writes to its pipes, `exit` only for this one.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const line = new Promise<string>((resolve) => {
    child.stdout.on('data', (piece: Buffer) => {
      stdout += piece.toString();
      if (stdout.includes('\n')) resolve(stdout);
    });
  });
  const code = await Promise.race([line.then(() => undefined), ended]);
  if (code !== undefined) return { code, stderr };
  const { url, pid } = JSON.parse(await line) as { url: string; pid: number };
  return {
    child,
    url,
    pid,
    stderr: () => stderr,
    ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
