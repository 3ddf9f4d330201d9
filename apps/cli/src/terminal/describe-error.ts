import { BellwetherError } from '@bellwether/core';
import { asTyped } from './command-name.ts';
import type { Terminal } from './terminal.ts';

const retryTexts = {
  now: 'Trying again right away can help.',
  later: 'Trying again later can help.',
  no: 'Trying again will not help until something changes.',
} as const;

/**
 * What a person reads when a command fails: what happened, whether to try again, what to do next. The stack of an
 * error that is our own fault is shown on request only (`BELLWETHER_DEBUG=1`): it can carry what strangers wrote.
 */
export function describeError(error: unknown, { env, command }: Pick<Terminal, 'env' | 'command'>): string {
  const isDebugging = env['BELLWETHER_DEBUG'] === '1';
  const stack = isDebugging && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  if (error instanceof BellwetherError) {
    return asTyped(
      `Error (${error.code}): ${error.message}\n${retryTexts[error.retry]}\nNext: ${error.next}${stack}`,
      command,
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return (
    `Error (bug): ${message}\nThis is a fault of Bellwether; what was stored is consistent.\n` +
    `Next: run it again with BELLWETHER_DEBUG=1 and report what it prints.${stack}`
  );
}
