import { Readable } from 'node:stream';
import { fixedClock } from '@bellwether/core';
import { run } from '../run.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface InProcessOutcome {
  code: number;
  stdout: string;
  /** What was said on stderr, a message an entry. */
  talk: string[];
}

/** Runs a command line in this process: quick, with a clock that stands still. The engine allows one folder at a time. */
export async function runInProcess(
  args: readonly string[],
  {
    cwd = '/',
    env = {},
    now = Date.now(),
    stdin = '',
    answer = null,
    signal = new AbortController().signal,
  }: {
    cwd?: string;
    env?: Record<string, string>;
    now?: number;
    stdin?: string;
    /** What the person at the keyboard answers; null: nobody is there. */
    answer?: string | null;
    /** Aborted where the person presses Ctrl-C. */
    signal?: AbortSignal;
  } = {},
): Promise<InProcessOutcome> {
  const outcome: InProcessOutcome = { code: 0, stdout: '', talk: [] };
  const say = (message: string): void => {
    outcome.talk.push(message);
  };
  const terminal: Terminal = {
    print: (text) => {
      outcome.stdout += typeof text === 'string' ? text : Buffer.from(text).toString();
      return Promise.resolve();
    },
    stdin: Readable.from([Buffer.from(stdin)]),
    ask: () => Promise.resolve(answer),
    talk: { info: say, warn: say, progress: () => {} },
    env: { BELLWETHER_PERSON_KEY: 'a key that tests may know', ...env },
    cwd,
    clock: fixedClock(now),
    signal,
    endWithin: () => {},
    command: 'bellwether',
    columns: 100,
  };
  outcome.code = await run(args, terminal);
  return outcome;
}
