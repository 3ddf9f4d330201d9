import { type IncomingMessage, request, type RequestOptions } from 'node:http';

/**
 * Asks a server of this machine, on a connection of its own and past any proxy.
 *
 * @param timeoutMs without a byte of the answer's head
 */
export function loopbackRequest(
  url: URL,
  options: RequestOptions,
  timeoutMs: number,
  body = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, agent: false });
    const timer = setTimeout(() => asked.destroy(timeoutError()), timeoutMs);
    asked.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    asked.once('response', (response) => {
      clearTimeout(timer);
      // A connection that breaks later is told to whoever reads the answer.
      asked.removeAllListeners('error').on('error', (error) => response.destroy(error));
      resolve(response);
    });
    asked.end(body);
  });
}

/** A short answer as text; longer ones are cut off. */
export async function shortText(response: IncomingMessage, limit = 4_096): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length >= limit) break;
  }
  return Buffer.concat(pieces).toString().slice(0, limit);
}

function timeoutError(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}
