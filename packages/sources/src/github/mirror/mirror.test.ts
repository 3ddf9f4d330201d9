import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { BellwetherError } from '@bellwether/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRepository, runGit, type TestRepository } from '../../git/testing/repository-builder.ts';
import { updateMirror } from './mirror.ts';
import { networkEnvironment } from './network-git.ts';

const signal = new AbortController().signal;

let root: string;
let origin: TestRepository;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bellwether-mirror-'));
  origin = await makeRepository({
    commits: [{ id: 'a' }, { id: 'b' }, { id: 'side', branch: 'side', parents: ['a'] }],
  });
  await origin.git('config', 'uploadpack.allowFilter', 'true');
});
afterEach(async () => {
  await origin.dispose();
  await rm(root, { recursive: true, force: true });
});

const request = () => ({
  folder: path.join(root, 'github.com', 'acme', 'app.git'),
  url: `file://${origin.path}`,
  authorization: null,
  signal,
});

async function mirroredRefs(): Promise<string> {
  return runGit(request().folder, ['for-each-ref', '--format=%(refname) %(objectname)']);
}

function originRefs(): Promise<string> {
  return origin.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
}

async function failureOf(work: Promise<unknown>): Promise<BellwetherError> {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  if (!(error instanceof BellwetherError)) throw new Error('expected a BellwetherError', { cause: error });
  return error;
}

describe('a mirror', () => {
  it('holds branches and tags, and no tree', async () => {
    await origin.add({ tags: [{ name: 'v1.0.0', target: 'b', at: '2026-02-01T00:00:00Z' }] });
    await updateMirror(request());
    expect(await mirroredRefs()).toBe(await originRefs());
    const objects = await runGit(request().folder, [
      'cat-file',
      '--batch-all-objects',
      '--batch-check=%(objecttype)',
    ]);
    expect([...new Set(objects.split('\n'))].sort()).toEqual(['commit', 'tag']);
  });

  it('is for its owner alone', async () => {
    await updateMirror(request());
    expect((await stat(request().folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.dirname(request().folder))).mode & 0o777).toBe(0o700);
  });

  it('follows a rewritten, a new and a deleted branch, and a moved tag', async () => {
    await origin.add({ tags: [{ name: 'moving', target: 'a' }] });
    await updateMirror(request());
    await origin.add({
      commits: [
        { id: 'b2', parents: ['a'] },
        { id: 'c', branch: 'new' },
      ],
    });
    await origin.add({ tags: [{ name: 'moving', target: 'b2' }] });
    await origin.git('update-ref', '-d', 'refs/heads/side');
    await updateMirror(request());
    expect(await mirroredRefs()).toBe(await originRefs());
  });

  it('can be of a repository without a commit', async () => {
    await using empty = await makeRepository({ folder: 'empty' });
    await updateMirror({ ...request(), url: `file://${empty.path}` });
    expect(await mirroredRefs()).toBe('');
  });

  it('is made anew when a pack is cut off', async () => {
    await updateMirror(request());
    const packs = path.join(request().folder, 'objects', 'pack');
    for (const file of await readdir(packs)) {
      if (file.endsWith('.pack')) await truncate(path.join(packs, file), 40);
    }
    await updateMirror(request());
    expect(await runGit(request().folder, ['rev-list', '--all', '--count'])).toBe('3');
  });

  it('is made anew when its folder is no repository any more', async () => {
    await updateMirror(request());
    await rm(path.join(request().folder, 'HEAD'));
    await updateMirror(request());
    expect(await mirroredRefs()).toBe(await originRefs());
  });

  it('heals what a killed run left: locks, half a pack, half a mirror', async () => {
    await updateMirror(request());
    const { folder } = request();
    await writeFile(path.join(folder, 'packed-refs.lock'), '');
    await writeFile(path.join(folder, 'refs', 'heads', 'main.lock'), '');
    await writeFile(path.join(folder, 'objects', 'pack', 'tmp_pack_x1'), 'half');
    await origin.add({ commits: [{ id: 'c' }] });
    await promisify(execFile)('cp', ['-r', folder, `${folder}.new`]);
    await updateMirror(request());
    expect(await mirroredRefs()).toBe(await originRefs());
    expect(
      (await readdir(path.join(folder, 'objects', 'pack'))).filter((name) => name.startsWith('tmp_')),
    ).toEqual([]);
    expect(await readdir(path.dirname(folder))).toEqual(['app.git']);
  });
});

describe('over HTTP', () => {
  const token = 'ghs_0123456789abcdefghij';
  const authorization = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  let server: Server;
  let seen: (string | undefined)[];
  let status = 200;
  beforeEach(async () => {
    seen = [];
    status = 401;
    server = createServer((incoming, outgoing) => {
      seen.push(incoming.headers.authorization);
      outgoing.writeHead(status, { 'www-authenticate': 'Basic realm="GitHub"' });
      outgoing.end(`no entry with ${incoming.headers.authorization ?? ''}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const overHttp = () => ({
    ...request(),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/app.git`,
    authorization,
  });

  it('sends the token as a header, and leaves it nowhere else', async () => {
    const error = await failureOf(updateMirror(overHttp()));
    expect(error).toMatchObject({ code: 'mirror-refused', exitCode: 3 });
    expect(seen[0]).toBe(authorization);
    const left = await readdir(root, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      left
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8')),
    );
    const everything = [
      ...texts,
      JSON.stringify([error, error.message, error.next, String(error.cause)]),
    ].join('\n');
    expect(texts.length).toBeGreaterThan(0);
    expect(everything).not.toContain(token);
    expect(everything).not.toContain(authorization.slice('Basic '.length));
  });

  it.each([
    [403, 'mirror-refused'],
    [404, 'mirror-refused'],
    [429, 'mirror-unreachable'],
    [502, 'mirror-unreachable'],
  ])('tells %i apart', async (code, expected) => {
    status = code;
    expect((await failureOf(updateMirror(overHttp()))).code).toBe(expected);
  });

  it('says that nobody answers', async () => {
    const error = await failureOf(updateMirror({ ...overHttp(), url: 'http://127.0.0.1:9/acme/app.git' }));
    expect(error).toMatchObject({ code: 'mirror-unreachable', retry: 'now' });
  });

  it('does not begin when cancelled', async () => {
    const cancelled = AbortSignal.abort();
    expect((await failureOf(updateMirror({ ...overHttp(), signal: cancelled }))).code).toBe('cancelled');
    expect(seen).toEqual([]);
  });
});

it('leaves of the caller what leads to the network, and no trace of what is sent', () => {
  const caller = {
    HTTPS_PROXY: 'http://proxy:3128',
    GIT_SSL_CAINFO: '/etc/ca.pem',
    GIT_TRACE_CURL: '1',
    GIT_DIR: '/elsewhere',
    GIT_CONFIG_COUNT: '1',
  };
  const child = networkEnvironment(caller, 'https://github.com/acme/app.git', 'Basic x');
  expect(child).toMatchObject({ HTTPS_PROXY: 'http://proxy:3128', GIT_SSL_CAINFO: '/etc/ca.pem' });
  expect(child).not.toHaveProperty('GIT_TRACE_CURL');
  expect(child).not.toHaveProperty('GIT_DIR');
  expect(child['GIT_ALLOW_PROTOCOL']).toBe('http:https');
  const count = Number(child['GIT_CONFIG_COUNT']);
  const settings = Array.from({ length: count }, (_, index) => child[`GIT_CONFIG_KEY_${index}`]);
  expect(settings).toContain('http.https://github.com/.extraHeader');
  expect(settings).not.toContain(undefined);
});
