import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

const PASSWORD_VARIABLE = 'BELLWETHER_BENCH_PASSWORD';
const password = randomBytes(16).toString('hex');

/** For `bellwether.yaml`: somebody who looks at dashboards, and somebody who asks for rows. */
export const SERVE_CONFIG = JSON.stringify({
  serve: {
    users: [
      { name: 'panels', role: 'dashboards', passwordVariable: PASSWORD_VARIABLE },
      { name: 'person', role: 'analyst', passwordVariable: PASSWORD_VARIABLE },
    ],
  },
});

export interface ServeProcess {
  url: string;
  /** `name:password` */
  auth: Readonly<Record<'dashboards' | 'analyst', string>>;
  /** Resident memory in MB of the process that has the engine, as it tells it; null where its system does not say. */
  memory: () => Promise<number | null>;
  stop: () => Promise<void>;
}

/**
 * Starts the built `bellwether serve` on a free port of this machine.
 *
 * @throws Error with what it said where it ends before it answers
 */
export async function startServe(config: string, data: string): Promise<ServeProcess> {
  const args = [cli, 'serve', '--config', config, '--data', data, '--listen', '127.0.0.1:0'];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [PASSWORD_VARIABLE]: password },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-100_000);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`serve ended with ${String(code)}: ${said}`)));
  });
  const auth = { dashboards: `panels:${password}`, analyst: `person:${password}` };
  return {
    url,
    auth,
    async memory() {
      const response = await fetch(`${url}/metrics`);
      const bytes = /^process_resident_memory_bytes (\S+)/m.exec(await response.text())?.[1];
      return bytes === undefined ? null : Number(bytes) / 1024 ** 2;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/**
 * Runs a script beside this one in a process of its own and reads the JSON that it prints.
 *
 * @throws Error where it fails
 */
export async function runScript<Result>(name: string, args: readonly string[]): Promise<Result> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = fork(script, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  return JSON.parse(said) as Result;
}
