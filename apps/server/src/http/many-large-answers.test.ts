import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { expect, it } from 'vitest';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp();
const AUTHORIZATION = `Basic ${Buffer.from('operator:secret').toString('base64')}`;
const ROWS = 300_000;
const CLIENTS = 8;

/** A result of some megabytes that no other client has a line of. */
function sqlOf(client: number): string {
  return `SELECT 'client ${String(client)}', number FROM numbers(${String(ROWS)}) FORMAT TSV`;
}

function expected(client: number): string {
  const hash = createHash('sha256');
  for (let number = 0; number < ROWS; number += 1) {
    hash.update(`client ${String(client)}\t${String(number)}\n`);
  }
  return hash.digest('hex');
}

/** The hash of what came; every third client takes it packed, every second one stops to think now and then. */
function receive(client: number): Promise<string> {
  const encoding: Record<string, string> = client % 3 === 0 ? { 'Accept-Encoding': 'gzip' } : {};
  return new Promise((resolve, reject) => {
    const asked = request(
      `${served.url}/?enable_http_compression=1`,
      { method: 'POST', headers: { Authorization: AUTHORIZATION, ...encoding }, agent: false },
      (response) => {
        const hash = createHash('sha256');
        let pieces = 0;
        const take = async (source: AsyncIterable<Buffer>): Promise<void> => {
          for await (const piece of source) {
            hash.update(piece);
            if (client % 2 === 0 && ++pieces % 16 === 0) await new Promise((ok) => setImmediate(ok));
          }
        };
        const isPacked = response.headers['content-encoding'] === 'gzip';
        const taking = isPacked ? pipeline(response, createGunzip(), take) : pipeline(response, take);
        taking.then(() => resolve(hash.digest('hex')), reject);
      },
    );
    asked.once('error', reject);
    asked.end(sqlOf(client));
  });
}

it('memory that is used again carries no client’s rows to another', async () => {
  const clients = Array.from({ length: CLIENTS }, (_, client) => client);
  for (let round = 0; round < 2; round += 1) {
    expect(await Promise.all(clients.map(receive))).toEqual(clients.map(expected));
  }
}, 120_000);
