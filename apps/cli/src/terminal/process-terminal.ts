import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { systemClock } from '@bellwether/core';
import { commandName } from './command-name.ts';
import { createTalk } from './talk.ts';
import type { Terminal } from './terminal.ts';

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal, endWithin: (ms: number) => void): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    print: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(error);
        });
      }),
    stdin,
    async ask(question, { isSecret = false } = {}) {
      // The question goes to stderr, because stdout is the result and may be a file.
      if (!stdin.isTTY || !stderr.isTTY) return null;
      if (isSecret) stderr.write(`${question} `);
      const output = isSecret ? nowhere() : stderr;
      const dialogue = createInterface({ input: stdin, output, terminal: true });
      try {
        return await dialogue.question(isSecret ? '' : `${question} `, { signal });
      } finally {
        dialogue.close();
        if (isSecret) stderr.write('\n');
      }
    },
    talk: createTalk(stderr, { isInteractive: stderr.isTTY && env['CI'] === undefined, clock: systemClock }),
    env,
    cwd: process.cwd(),
    clock: systemClock,
    signal,
    endWithin,
    command: commandName(process.argv[1] ?? '', env),
    columns: Math.max(60, Math.min(stdout.columns || 100, 160)),
  };
}

/** What is typed is repeated here. */
function nowhere(): Writable {
  return new Writable({ write: (_, _encoding, done) => done() });
}
