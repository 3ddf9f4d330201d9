import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DeriveRun } from './derive-run.ts';

/**
 * Derives in a process of its own, which must find the warehouse closed.
 *
 * @throws Error where that process fails
 */
export async function derive(folder: string): Promise<DeriveRun> {
  const script = fileURLToPath(new URL('./derive-run.ts', import.meta.url));
  const child = fork(script, [folder], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`deriving ended with ${String(code)}`);
  return JSON.parse(said) as DeriveRun;
}
