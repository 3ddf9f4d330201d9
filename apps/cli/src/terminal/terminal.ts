import type { Clock, Talk } from '@bellwether/core';

/** The world as a command sees it. Tests put their own in its place. */
export interface Terminal {
  /** Writes the result. Resolves when the reader has taken it, so that a slow pipe is not flooded. */
  print(text: string | Uint8Array): Promise<void>;
  talk: Talk;
  /** What is piped into the command. */
  stdin: AsyncIterable<Uint8Array>;
  /**
   * Asks the person at the keyboard; null where nobody is there to answer.
   *
   * @param options isSecret: what is typed is not shown
   */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string | null>;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  clock: Clock;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** How long the command may take to end after that, in milliseconds; three seconds where it says nothing. */
  endWithin(ms: number): void;
  /** How the user runs this program, for command lines that can be pasted: `bellwether`, `npx bellwether`. */
  command: string;
  /** Width of the result in columns. */
  columns: number;
}
