import type { ProcessSpec } from '@bellwether/server';
import type { LoadedConfig } from '../setup/config-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * How a scheduled run is started: as this program was, on the same configuration and folder. It finds the server by the
 * endpoint file, and waits while another command writes.
 */
export function collectCommand(
  { config, file }: LoadedConfig,
  data: string | undefined,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
): (source: string) => ProcessSpec {
  const [, script = ''] = process.argv;
  const options = [
    ...(file === null ? [] : ['--config', file]),
    ...(data === undefined ? [] : ['--data', data]),
  ];
  // Passwords of those who ask are nothing that a collector needs.
  const passwords = new Set(config.serve.users.map(({ passwordVariable }) => passwordVariable));
  const kept = Object.entries(env).filter(([name]) => !passwords.has(name) && !OWN.has(name));
  return (source) => ({
    command: process.execPath,
    args: [...process.execArgv, script, 'collect', '--source', source, '--json', ...options],
    cwd,
    env: { ...Object.fromEntries(kept), BELLWETHER_WAIT: '1' },
  });
}

/** Between this process and the one above it. */
const OWN = new Set(['BELLWETHER_SUPERVISED', 'UV_THREADPOOL_SIZE', 'NODE_CHANNEL_FD']);
