import { spawn } from 'node:child_process';
import type { Schedule } from '@bellwether/core';
import { readOutcome, type RunOutcome } from './run-outcome.ts';

/** A command line, and the environment in which it runs. */
export interface ProcessSpec {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** How `bellwether collect --source <source> --json` is started; it finds the server by its endpoint file. */
export type CollectCommand = (source: Schedule['source']) => ProcessSpec;

const MOST_OUTPUT = 32 * 1024 ** 2;
/** Of what it tells only the end counts: errors stand there. */
const TOLD_KEPT = 64 * 1024;
/** A run that was asked to end stores how far it came; then it is ended. */
const GRACE_MS = 8_000;

/**
 * Runs one collection in a process of its own, so that reading from outside takes neither time nor memory from the
 * queries, and resolves when it has ended. Never rejects.
 *
 * @param signal asks it to end; what it has stored stays
 * @param onTold called with each piece that it says on stderr
 */
export function runCollection(
  spec: ProcessSpec,
  signal: AbortSignal,
  onTold: (text: string) => void = () => {},
): Promise<RunOutcome> {
  return new Promise((resolve) => {
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C at the server's terminal must not reach it beside the signal below: a second one ends a command at once.
      detached: true,
    });
    let printed = '';
    let told = '';
    let killer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      // Not SIGTERM, which a service manager sends to every process of a service, this one included.
      child.kill('SIGINT');
      killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (printed.length < MOST_OUTPUT) printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told = (told + text).slice(-TOLD_KEPT);
      onTold(text);
    });
    const end = (outcome: RunOutcome): void => {
      clearTimeout(killer);
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    };
    child.once('error', (error: NodeJS.ErrnoException) =>
      end({
        outcome: 'failed',
        errors: [`spawn-${(error.code ?? 'error').toLowerCase()}`],
        rows: null,
        points: null,
        pointsLeft: null,
      }),
    );
    child.once('close', (code) => end(readOutcome(code, printed, told)));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}
