import { usageError } from '@bellwether/core';
import type { Terminal } from '../terminal/terminal.ts';

const LEAST = 8;
const MOST_BYTES = 1024;

/**
 * A new password: asked for at a terminal, which does not show it, else the first line of what is piped in.
 *
 * @throws BellwetherError `password-too-short`
 */
export async function readPassword(terminal: Pick<Terminal, 'ask' | 'stdin'>): Promise<string> {
  const asked = await terminal.ask('Password:', { isSecret: true });
  const password = asked ?? (await firstLine(terminal.stdin));
  if (password.length >= LEAST && Buffer.byteLength(password) <= MOST_BYTES) return password;
  throw usageError(
    'password-too-short',
    `A password has at least ${String(LEAST)} characters.`,
    'bellwether serve --hash-password, and type one; or: openssl rand -base64 24 | tee /dev/tty | bellwether serve --hash-password',
  );
}

async function firstLine(input: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of input) {
    pieces.push(piece);
    size += piece.length;
    if (piece.includes(10) || size > MOST_BYTES) break;
  }
  return Buffer.concat(pieces).toString().split(/\r?\n/)[0] ?? '';
}
