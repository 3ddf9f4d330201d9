import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cancelledError } from '@bellwether/core';
import { gitMissing } from '../../git/git-errors.ts';
import { mirrorError } from './mirror-errors.ts';

export interface NetworkGitOptions {
  /** Where it fetches from, for choosing which transports it may use and where the header goes. */
  readonly url: string;
  /** Value of the `Authorization` header; null for none. */
  readonly authorization: string | null;
  readonly signal: AbortSignal;
}

const STDERR_LIMIT = 100_000;

/**
 * Runs git with leave to reach the network; everything else runs git without (`src/git/client.ts`).
 *
 * @throws BellwetherError; see `mirror-errors.ts`
 */
export async function runNetworkGit(
  folder: string,
  args: readonly string[],
  { url, authorization, signal }: NetworkGitOptions,
): Promise<void> {
  if (signal.aborted) throw cancelledError('Run the same command again.');
  const child = spawn('git', ['-C', folder, ...args], {
    env: networkEnvironment(process.env, url, authorization),
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let stderr = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    if (stderr.length < STDERR_LIMIT) stderr += text;
  });
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
    if (signal.aborted) throw cancelledError('Run the same command again.');
    if (code !== 0) throw mirrorError({ stderr, killedBy });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw gitMissing(error);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What the caller's environment may decide about git: how the machine reaches the network, and nothing else. */
const kept = /^GIT_(SSL_CAINFO|SSL_CAPATH|HTTP_PROXY_AUTHMETHOD|PROXY_SSL_\w+)$/;

/**
 * The token stands in the environment of the child alone: arguments are visible to every user of the machine, and what
 * is written into a configuration file stays there. Traces of the caller go, since they would print headers.
 */
export function networkEnvironment(
  caller: NodeJS.ProcessEnv,
  url: string,
  authorization: string | null,
): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    ['protocol.version', '2'],
    // No helper and no window may be asked: a server without a person in front of it would wait for ever.
    ['credential.helper', ''],
    ['core.askPass', ''],
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    // A connection over which nothing comes for a minute is none.
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', '60'],
  ];
  if (authorization !== null) {
    settings.push([`http.${new URL(url).origin}/.extraHeader`, `Authorization: ${authorization}`]);
  }
  return {
    ...Object.fromEntries(
      Object.entries(caller).filter(([name]) => !/^(GIT|SSH)_/i.test(name) || kept.test(name)),
    ),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: url.startsWith('file:') ? 'file' : 'http:https',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
}
