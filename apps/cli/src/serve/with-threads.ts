import { fork } from 'node:child_process';
import { type ExitCode, exitCodes } from '@bellwether/core';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Each query that runs keeps one of Node's worker threads: as many as all roles may run at once by default, and some for
 * writing and packing. More would only make each of them wake up colder.
 */
const THREADS = '32';
const SUPERVISED = 'BELLWETHER_SUPERVISED';
const STOP = 'stop';
/** The terminal was closed. It may come more than once, from the terminal and from its shell, and never means "at once". */
const CLOSED = 'SIGHUP';

/**
 * Whether this process has as many worker threads as its environment says. Node fixes their number when it reads its
 * first file, which is before any of our code runs.
 */
export function hasThreads({ env }: Pick<Terminal, 'env'>): boolean {
  return env['UV_THREADPOOL_SIZE'] !== undefined;
}

/**
 * Runs this very command line in a process that has them, and ends as it does. Where this one is killed, that one
 * stops as well. Asked to stop by a message and not by a signal: a terminal and a service manager signal both
 * processes, and a second signal ends one at once.
 */
export function runWithThreads({ env, signal }: Pick<Terminal, 'env' | 'signal'>): Promise<ExitCode> {
  const [, script = '', ...args] = process.argv;
  const child = fork(script, args, {
    env: { ...env, UV_THREADPOOL_SIZE: THREADS, [SUPERVISED]: '1' },
    execArgv: process.execArgv,
    stdio: 'inherit',
  });
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    if (child.connected) child.send(STOP);
  };
  signal.addEventListener('abort', stop, { once: true });
  process.on(CLOSED, stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      process.off(CLOSED, stop);
      // By a signal it ends itself where the engine could not be interrupted: see `endAtOnce`.
      resolve((code ?? (isStopping ? exitCodes.cancelled : exitCodes.failed)) as ExitCode);
    });
  });
}

/** Aborted by Ctrl-C, when the terminal is closed, or by the process above. */
export function stopSignal({ env, signal }: Pick<Terminal, 'env' | 'signal'>): AbortSignal {
  const asked = new AbortController();
  process.on(CLOSED, () => asked.abort());
  const either = AbortSignal.any([signal, asked.signal]);
  if (env[SUPERVISED] !== '1' || process.channel === undefined) return either;
  process.once('message', () => asked.abort());
  process.once('disconnect', () => {
    // Ended by a second signal while this one was stopping: so that nobody has to wait.
    if (asked.signal.aborted || signal.aborted) process.exit(exitCodes.cancelled);
    asked.abort();
  });
  // Both keep this process alive otherwise, when all else has ended.
  process.channel.unref();
  return either;
}

/**
 * Ends this process although the engine works on. Not by `process.exit`, which waits for the engine's thread: the
 * folder is let go of by the end of the process itself, and what was acknowledged stays.
 */
export function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
