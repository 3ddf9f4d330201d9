import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

/** Sends a reply at once, or as much of it as its faults leave. @param now of the server's clock, for `Date` */
export async function writeReply(response: ServerResponse, reply: Reply, now: number): Promise<void> {
  const { status, body, dropAfterBytes, skewSeconds = 0 } = reply;
  if (dropAfterBytes === 0) {
    response.socket?.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  response.sendDate = false;
  response.writeHead(status, {
    ...skewed(reply.headers, skewSeconds),
    date: new Date(now + skewSeconds * 1000).toUTCString(),
    ...(status !== 304 && { 'content-length': String(bytes.length) }),
  });
  if (dropAfterBytes !== undefined) {
    response.write(bytes.subarray(0, dropAfterBytes), () => response.socket?.destroy());
    return;
  }
  response.end(bytes);
}

function skewed(headers: Readonly<Record<string, string>>, seconds: number): Record<string, string> {
  const reset = headers['x-ratelimit-reset'];
  if (seconds === 0 || reset === undefined) return { ...headers };
  return { ...headers, 'x-ratelimit-reset': String(Number(reset) + seconds) };
}
