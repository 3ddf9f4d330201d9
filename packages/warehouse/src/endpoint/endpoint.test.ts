import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { startedTicks } from '../folder-owner.ts';
import { openWarehouse } from '../open-warehouse.ts';
import {
  endpointFile,
  newEndpointKey,
  publishEndpoint,
  readEndpoint,
  withdrawEndpoint,
} from './endpoint-file.ts';
import { endpointUser, proveIdentity, roleOfEndpointUser } from './endpoint-proof.ts';
import { findEndpoint } from './find-endpoint.ts';

const root = temporaryFolder();
let count = 0;
let folder: string;
let server: Server | undefined;
/** Stands for the process that serves. */
let other: ChildProcess;
const key = newEndpointKey();

beforeEach(async () => {
  folder = join(root, String(++count));
  mkdirSync(folder, { mode: 0o700 });
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
});
afterEach(async () => {
  const ended = other.exitCode === null && other.signalCode === null ? once(other, 'exit') : undefined;
  other.kill('SIGKILL');
  await ended;
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const genuine =
  (withKey = key): RequestListener =>
  (request, response) => {
    const nonce = new URL(request.url ?? '', 'http://server').searchParams.get('nonce') ?? '';
    response.end(JSON.stringify({ proof: proveIdentity(withKey, nonce) }));
  };

/** What `other` would have published. */
function publish(url: string, change: Record<string, unknown> = {}, text?: string): void {
  const pid = other.pid ?? 0;
  const content = {
    url,
    key,
    pid,
    startedTicks: startedTicks(pid),
    host: hostname(),
    since: '2026-01-01T00:00:00.000Z',
  };
  writeFileSync(endpointFile(folder), text ?? JSON.stringify({ ...content, ...change }), { mode: 0o600 });
}

describe('an endpoint', () => {
  it('is found where its server proves who it is', async () => {
    const url = await listen(genuine());
    publish(url);
    expect(await findEndpoint(folder)).toMatchObject({
      kind: 'alive',
      endpoint: { url, key, pid: other.pid },
    });
  });

  it('is none where no file is, and of this very process none either', async () => {
    expect(await findEndpoint(folder)).toEqual({ kind: 'none' });
    publishEndpoint(folder, { url: await listen(genuine()), key }, 0);
    expect(await findEndpoint(folder)).toEqual({ kind: 'none' });
  });

  it('is silent where its process runs and something hangs', async () => {
    publish(await listen(() => {}));
    expect(await findEndpoint(folder)).toEqual({ kind: 'silent', pid: other.pid });
    await expect(openWarehouse({ path: folder })).rejects.toMatchObject({ code: 'server-silent' });
  });
});

describe('an endpoint is passed over', () => {
  const ignored = async (): Promise<string> => {
    const found = await findEndpoint(folder);
    return found.kind === 'ignored' ? found.reason : found.kind;
  };

  it('when its process is gone', async () => {
    publish(await listen(genuine()));
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    expect(await ignored()).toContain('is gone');
    // So the folder can be opened here.
    await (await openWarehouse({ path: folder })).close();
  });

  it('when its number is another process by now', async () => {
    publish(await listen(genuine()), { startedTicks: '1' });
    expect(await ignored()).toContain('is gone');
  });

  it('when nothing listens there', async () => {
    const url = await listen(genuine());
    const closed = new Promise((resolve) => server?.close(resolve));
    await closed;
    publish(url);
    expect(await ignored()).toContain('nothing listens');
  });

  it.each([
    ['another key', genuine(newEndpointKey())],
    ['no proof', (_, response) => void response.end('{}')],
    ['a page', (_, response) => void response.end('<html>')],
    ['no end', (_, response) => void response.end('x'.repeat(1_000_000))],
  ])('when the one who listens has %s, who gets to see no key', async (_, answer) => {
    const seen: string[] = [];
    const url = await listen((request, response) => {
      seen.push(`${request.url ?? ''} ${JSON.stringify(request.rawHeaders)}`);
      answer(request, response);
    });
    publish(url);
    expect(await ignored()).toContain('another program listens');
    expect(seen).toHaveLength(1);
    expect(seen.join('\n')).not.toContain(key);
    expect(seen.join('\n').toLowerCase()).not.toContain('authorization');
  });

  it.each([
    ['half written', '{"url":'],
    ['of another form', '{"url":"http://127.0.0.1:1"}'],
    ['empty', ''],
    [
      'an address of another kind',
      JSON.stringify({ url: 'file:///etc/passwd', key, pid: 1, startedTicks: '1', host: '', since: '' }),
    ],
  ])('when its file is %s', async (_, text) => {
    publish('', {}, text);
    expect(await ignored()).toBe('cannot be understood');
  });

  it('when it is of another machine', async () => {
    publish(await listen(genuine()), { host: 'elsewhere.example' });
    expect(await ignored()).toContain('another machine');
  });

  it.each([0o640, 0o604, 0o620])('when others may read or write it (%o)', async (mode) => {
    publish(await listen(genuine()));
    chmodSync(endpointFile(folder), mode);
    expect(await ignored()).toContain('by others');
  });

  it('when it is a link to another file', async () => {
    publish(await listen(genuine()));
    renameSync(endpointFile(folder), join(folder, 'real'));
    symlinkSync(join(folder, 'real'), endpointFile(folder));
    expect(await ignored()).toBe('is not a plain file');
  });

  it.runIf(process.getuid?.() === 0)('when it belongs to another account', async () => {
    publish(await listen(genuine()));
    chownSync(endpointFile(folder), 65_534, 65_534);
    expect(await ignored()).toBe('belongs to another account');
  });
});

describe('its file', () => {
  it('is readable by its owner only, whatever stood there, and goes when it is withdrawn', () => {
    writeFileSync(endpointFile(folder), 'left behind', { mode: 0o644 });
    publishEndpoint(folder, { url: 'http://127.0.0.1:1', key }, 0);
    expect(statSync(endpointFile(folder)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(endpointFile(folder), 'utf8'))).toMatchObject({ key, pid: process.pid });
    withdrawEndpoint(folder);
    expect(readEndpoint(folder)).toEqual({ kind: 'none' });
  });

  it('of another process is not withdrawn', () => {
    publish('http://127.0.0.1:1');
    withdrawEndpoint(folder);
    expect(readEndpoint(folder).kind).toBe('found');
  });
});

it('its users have names that cannot be configured, one for each role', () => {
  expect(roleOfEndpointUser(endpointUser('operator'))).toBe('operator');
  expect(roleOfEndpointUser(endpointUser('analyst'))).toBe('analyst');
  expect(roleOfEndpointUser('operator')).toBeUndefined();
  expect(endpointUser('operator')).not.toMatch(/^[A-Za-z_]/);
});

it('a proof is of one nonce, and of none that is no nonce', () => {
  expect(proveIdentity(key, 'a'.repeat(32))).not.toBe(proveIdentity(key, 'b'.repeat(32)));
  for (const nonce of ['', 'short', `${'a'.repeat(32)}\n`, 'A'.repeat(32), 'a'.repeat(129)]) {
    expect(proveIdentity(key, nonce)).toBeUndefined();
  }
});
