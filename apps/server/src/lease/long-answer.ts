import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** So that neither side takes a quiet connection for a dead one. */
const SIGN_OF_LIFE_MS = 5_000;

/** Keeps the answer open, with blank lines as signs of life, until the signal. */
export async function holdUntil(
  signal: AbortSignal,
  response: ServerResponse,
  firstLine: string,
): Promise<void> {
  if (!response.headersSent) {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  }
  response.write(firstLine);
  const timer = setInterval(() => response.write('\n'), SIGN_OF_LIFE_MS);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(timer);
}

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
