import type { IncomingMessage } from 'node:http';
import type { WireLimits } from './wire-limits.ts';

/**
 * Leaves a connection tidy behind an answer that came before the end of the request's body. A little more is read, so
 * that a client that only listens after sending gets to see it; then the connection ends.
 */
export async function endRequest(
  request: IncomingMessage,
  { lingerBytes, bodyIdleSeconds }: WireLimits,
): Promise<void> {
  if (request.complete || request.socket.destroyed) return;
  const { socket } = request;
  await new Promise<void>((resolve) => {
    let rest = lingerBytes;
    const timer = setTimeout(resolve, bodyIdleSeconds * 1000);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.once('close', settle);
    request.once('end', settle);
    request.once('error', settle);
    // What is left of an iterator would hold the body back.
    request.removeAllListeners('readable');
    request.on('data', (piece: Buffer) => {
      rest -= piece.length;
      if (rest <= 0) settle();
    });
    request.resume();
  });
  if (!request.complete) socket.destroy();
}
