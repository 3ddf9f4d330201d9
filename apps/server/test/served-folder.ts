import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PASSWORD = 'a password of the test';

export interface ServedFolder extends AsyncDisposable {
  path: string;
  url: string;
  user: string;
  password: string;
  /** As a power cut would end it. */
  kill(): Promise<void>;
}

/** An empty warehouse behind a server in a process of its own, as other programs and other commands find one. */
export async function serveFolder(): Promise<ServedFolder> {
  const root = await mkdtemp(join(tmpdir(), 'bellwether-served-'));
  const path = join(root, 'data');
  const script = fileURLToPath(new URL('children/serve.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=bellwether:source', script, path], {
    env: { ...process.env, TESTER_PASSWORD: PASSWORD, UV_THREADPOOL_SIZE: '16' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await firstLine(child);
  const end = async (how: () => void): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    how();
    await ended;
  };
  return {
    ...{ path, url, user: 'tester', password: PASSWORD },
    kill: () => end(() => child.kill('SIGKILL')),
    async [Symbol.asyncDispose]() {
      await end(() => child.stdin?.end());
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${String(code)}`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  return line;
}
