import { type Agent, request } from 'node:http';

export interface Asked {
  status: number;
  /** ClickHouse's number of what went wrong; 0 where nothing did. */
  code: number;
  bytes: number;
  milliseconds: number;
}

/**
 * Asks a server of ClickHouse's HTTP interface, reads the answer to its end and throws the bytes away.
 *
 * @param auth `name:password`
 */
export async function ask(
  { url, auth }: { url: string; auth: string },
  agent: Agent,
  sql: string,
  format: string,
): Promise<Asked> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/?default_format=${format}`,
      { agent, auth, method: 'POST', headers: { 'content-length': Buffer.byteLength(sql) } },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('error', reject);
        response.on('end', () => {
          const code = Number(response.headers['x-clickhouse-exception-code'] ?? 0);
          const milliseconds = performance.now() - started;
          resolve({ status: response.statusCode ?? 0, code, bytes, milliseconds });
        });
      },
    );
    sent.on('error', reject);
    sent.end(sql);
  });
}
