import { createInterface } from 'node:readline/promises';
import { systemClock } from '@bellwether/core';
import { commandName } from './command-name.ts';
import { createTalk } from './talk.ts';
import type { Terminal } from './terminal.ts';

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
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
    async ask(question) {
      // The question goes to stderr, because stdout is the result and may be a file.
      if (!stdin.isTTY || !stderr.isTTY) return null;
      const dialogue = createInterface({ input: stdin, output: stderr });
      try {
        return await dialogue.question(`${question} `, { signal });
      } finally {
        dialogue.close();
      }
    },
    talk: createTalk(stderr, { isInteractive: stderr.isTTY && env['CI'] === undefined, clock: systemClock }),
    env,
    cwd: process.cwd(),
    clock: systemClock,
    signal,
    command: commandName(process.argv[1] ?? '', env),
    columns: Math.max(60, Math.min(stdout.columns || 100, 160)),
  };
}
