import { Config, fixedClock, silentTalk } from '@bellwether/core';
import { buildJobs, builds, collectorRuns, deployments, derivations, incidents } from '@bellwether/warehouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { importFile, type ImportOptions, type ImportResult } from './import-file.ts';
import type { ImportKindName } from './import-kind.ts';
import { importKinds } from './import-kinds.ts';

let test: TestWarehouse;
beforeAll(async () => (test = await openTestWarehouse()));
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => test.clear());

const now = Date.parse('2026-06-01T00:00:00Z');
const shaA = 'a'.repeat(40);
const config = Config.parse({
  services: [{ name: 'checkout', repo: 'github.com/acme/shop', releases: ['pay'] }],
});

function importText(
  kind: ImportKindName,
  text: string,
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return importFile({
    warehouse: test.warehouse,
    kind: importKinds[kind],
    config,
    open: () => inPieces(Buffer.from(text)),
    format: 'jsonl',
    skipsInvalid: false,
    replaces: false,
    clock: fixedClock(now),
    talk: silentTalk,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Pieces that cut through lines and letters. */
async function* inPieces(bytes: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

const lines = (...values: object[]): string => values.map((value) => JSON.stringify(value)).join('\n');

describe('deployments', () => {
  it('become rows that say where they come from', async () => {
    await importText(
      'deployments',
      lines({
        id: 7,
        repo: 'acme/shop',
        service: 'pay',
        environment: 'eu-prod',
        sha: shaA.toUpperCase(),
        ref: 'v1',
        planned: 'no',
        started_at: '2026-05-01T12:00:00+02:00',
        finished_at: '2026-05-01 10:05:00Z',
        url: null,
      }),
    );
    expect(await readAll(test.warehouse, deployments)).toEqual([
      {
        deployment_id: 'github.com/acme/shop@imported:7',
        repo: 'github.com/acme/shop',
        service: 'checkout',
        environment: 'eu-prod',
        environment_kind: 'production',
        signal: 'imported',
        is_counted: true,
        sha: shaA,
        ref: 'v1',
        status: 'success',
        is_planned: false,
        started_at: Date.UTC(2026, 4, 1, 10),
        finished_at: Date.UTC(2026, 4, 1, 10, 5),
        finished_at_is_exact: true,
        url: '',
      },
    ]);
  });

  it('names every wrong line with its field, and stores nothing', async () => {
    const text = [
      lines({ id: 1, repo: 'acme/shop', finished_at: '2026-05-01T10:00:00Z' }),
      '',
      '{"id": 2, broken',
      '[1]',
      lines(
        { repo: 'acme/shop', finished_at: '2026-05-01' },
        { id: 3, repo: 'acme/shop', finishedAt: '2026-05-01T10:00:00Z' },
        { id: 4, repo: 'shop', finished_at: '2026-07-01T10:00:00Z' },
        { id: 5, repo: 'other', finished_at: '2026-02-30T10:00:00Z', sha: 'abc1234' },
        { id: 6, repo: 'a/b', started_at: '2026-05-02T10:00:00Z', finished_at: '2026-05-01T10:00:00Z' },
        { id: 7, repo: 'a/b', status: 'failure' },
        { id: 8, finished_at: '2026-05-01T10:00:00Z', url: 'https://me:secret@example.com' },
      ),
    ].join('\n');
    const failure: unknown = await importText('deployments', text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'import-invalid', exitCode: 2 });
    const { message } = failure as Error;
    expect(message.split('\n').map((line) => line.trim())).toEqual([
      '9 of 10 lines cannot be imported, so nothing was stored:',
      'line 3 is not JSON',
      'line 4 is no JSON object',
      'line 5, id: is missing',
      'line 5, finished_at: must be an instant such as 2026-01-31T14:05:00Z or 2026-01-31T15:05:00+01:00',
      'line 6, finishedAt: is no field of these lines',
      'line 7, finished_at: is before 1970 or in the future',
      'line 8, sha: must be a whole commit id, 40 (or 64) hexadecimal digits',
      'line 8, finished_at: is no date of the calendar',
      'line 9, finished_at: is before started_at',
      'line 10, finished_at: is missing, and status is failure',
      'line 11, url: must not hold a name or a password',
    ]);
    expect(message).not.toContain('secret');
    expect(await readAll(test.warehouse, deployments)).toEqual([]);
    expect(await readAll(test.warehouse, collectorRuns)).toEqual([]);
  });

  it('says in words of its own what JSON can hold and no field takes', async () => {
    // JSON has no Infinity, but 1e999 is read as it.
    const text = [
      '{"id":1e999,"repo":"a/b","finished_at":1e999,"sha":1e999,"ref":1e999,"url":1e999}',
      '{"repo":{},"finished_at":[],"planned":{},"environment":7}',
      `{"id":1,"repo":"a/b","url":"https://example.com/${'a'.repeat(2_000)}","finished_at":"2026-05-01T10:00:00Z"}`,
    ].join('\n');
    const failure: unknown = await importText('deployments', text).catch((error: unknown) => error);
    const { message } = failure as Error;
    const instant = 'must be an instant such as 2026-01-31T14:05:00Z or 2026-01-31T15:05:00+01:00';
    expect(message.split('\n').map((line) => line.trim())).toEqual([
      '3 of 3 lines cannot be imported, so nothing was stored:',
      'line 1, id: must be text or a whole number',
      'line 1, sha: must be text',
      'line 1, ref: must be text',
      `line 1, finished_at: ${instant}`,
      'line 1, url: must be an http(s) address',
      'line 2, id: is missing',
      'line 2, repo: must be text',
      'line 2, environment: must be text',
      'line 2, planned: must be true or false',
      `line 2, finished_at: ${instant}`,
      'line 3, url: must not be longer than 2,000 characters',
    ]);
    const builds = lines({ id: 'b', repo: 'a/b', attempt: 1e10, jobs: [{ id: 'j', name: 3 }] });
    const wrong: unknown = await importText('builds', builds).catch((error: unknown) => error);
    expect((wrong as Error).message).not.toMatch(/Invalid|expected|received/);
    expect((wrong as Error).message).toMatch(
      /pipeline: is missing[^]*sha: is missing[^]*created_at: is missing/,
    );
  });

  it('stores the right lines of a wrong file when told to', async () => {
    const text = lines({ id: 1, repo: 'a/b', finished_at: '2026-05-01T10:00:00Z' }, { id: 2 });
    const result = await importText('deployments', text, { skipsInvalid: true });
    expect(result).toMatchObject({ lineCount: 2, invalidCount: 1, written: 1 });
    expect(result.problems).toContainEqual({
      line: 2,
      field: 'finished_at',
      problem: 'is missing, and status is success',
    });
    expect(await readAll(test.warehouse, collectorRuns)).toMatchObject([
      { status: 'partial', row_count: 1, error_code: 'import-invalid' },
    ]);
  });

  it('reads the same from CSV, with quotes, line feeds, a byte order mark and other ends of lines', async () => {
    const csv =
      '\uFEFFID,Repo,ref,finished_at\r\n1,acme/shop,"a, ""b""\nc",2026-05-01T10:00:00Z\r\n\r\n2,acme/shop,,2026-05-02T10:00:00Z';
    expect(await importText('deployments', csv, { format: 'csv' })).toMatchObject({ written: 2 });
    const rows = await readAll(test.warehouse, deployments);
    expect(rows.map(({ ref }) => ref)).toEqual(['a, "b"\nc', '']);
  });

  it('names the line of a CSV record that spans several', async () => {
    const csv = 'id,repo,ref,finished_at\n1,a/b,"x\ny",2026-05-01T10:00:00Z\n2,a/b,r,never\n3,a/b,r,,,\n';
    await expect(importText('deployments', csv, { format: 'csv' })).rejects.toThrow(
      /line 4, finished_at: must be[^]*line 5 has 6 cells/,
    );
  });

  it.each([
    ['', 'It is empty; the first line of a CSV names its columns.'],
    ['\uFEFF\r\n\n', 'It is empty'],
    ['id,id\n1,2', 'names the column "id" twice'],
    ['id,repo\n1,"a/b', 'between lines 1 and 2 there is a quote'],
    [Buffer.from([0x69, 0x64, 0x0a, 0xff, 0xfe]), 'not UTF-8'],
  ])('refuses what is no CSV (%#)', async (content, message) => {
    const open = (): AsyncIterable<Uint8Array> => inPieces(Buffer.from(content));
    await expect(importText('deployments', '', { format: 'csv', open })).rejects.toThrow(message);
  });

  it('writes nothing the second time, and marks only repositories that changed', async () => {
    const one = { id: 1, repo: 'a/b', finished_at: '2026-05-01T10:00:00Z' };
    const two = { id: 1, repo: 'c/d', finished_at: '2026-05-01T10:00:00Z' };
    expect(await importText('deployments', lines(one, two))).toMatchObject({
      written: 2,
      repositories: ['github.com/a/b', 'github.com/c/d'],
    });
    const marks = await readAll(test.warehouse, derivations);
    expect(marks.map(({ repo }) => repo)).toEqual(['github.com/a/b', 'github.com/c/d']);

    expect(await importText('deployments', lines(one, two))).toMatchObject({ written: 0, removed: 0 });
    expect(await readAll(test.warehouse, derivations)).toEqual(marks);

    await importText('deployments', lines(one, { ...two, ref: 'v2' }));
    const after = await readAll(test.warehouse, derivations);
    expect(after[0]).toEqual(marks[0]);
    expect(after[1]).not.toEqual(marks[1]);
  });

  it('counts the later of two lines with one id', async () => {
    const line = { id: 1, repo: 'a/b', finished_at: '2026-05-01T10:00:00Z' };
    await importText('deployments', lines({ ...line, ref: 'first' }, { ...line, ref: 'second' }));
    expect(await readAll(test.warehouse, deployments)).toMatchObject([{ ref: 'second' }]);
  });

  it('replaces what earlier imports brought, in the repositories of the file, and nothing of other signals', async () => {
    const at = '2026-05-01T10:00:00Z';
    await importText(
      'deployments',
      lines(
        { id: 1, repo: 'a/b', finished_at: at },
        { id: 2, repo: 'a/b', finished_at: at },
        { id: 3, repo: 'c/d', finished_at: at },
      ),
    );
    const [imported] = await readAll(test.warehouse, deployments);
    await test.warehouse.insert(deployments, [
      { ...imported!, deployment_id: 'github.com/a/b@tag:v1', signal: 'tag' },
    ]);
    const result = await importText('deployments', lines({ id: 2, repo: 'a/b', finished_at: at }), {
      replaces: true,
    });
    expect(result).toMatchObject({ written: 0, removed: 1 });
    const rows = await readAll(test.warehouse, deployments);
    expect(rows.map(({ deployment_id: id }) => id)).toEqual([
      'github.com/a/b@imported:2',
      'github.com/a/b@tag:v1',
      'github.com/c/d@imported:3',
    ]);
  });
});

describe('incidents', () => {
  const opened_at = '2026-05-01T10:00:00Z';

  it('belong to the repository of their service where they name none', async () => {
    await importText(
      'incidents',
      lines({
        id: 'INC-1',
        service: 'pay',
        title: 'Down,\n ask ann@example.com',
        labels: 'a; b',
        opened_at,
      }),
    );
    expect(await readAll(test.warehouse, incidents)).toEqual([
      {
        repo: 'github.com/acme/shop',
        incident_id: 'INC-1',
        service: 'checkout',
        environment: 'production',
        severity: '',
        title: 'Down, ask (address)',
        opened_at: Date.parse(opened_at),
        acknowledged_at: null,
        resolved_at: null,
        caused_by: null,
        labels: ['a', 'b'],
        url: '',
      },
    ]);
  });

  it('are refused without a place, and under the id of an issue', async () => {
    const text = lines(
      { id: 'INC-1', service: 'unknown', opened_at },
      { id: 'github.com/acme/shop#5', repo: 'acme/shop', opened_at },
      { id: 'INC-2', repo: 'acme/shop', opened_at, resolved_at: '2026-04-01T10:00:00Z' },
    );
    await expect(importText('incidents', text)).rejects.toThrow(
      /line 1, repo: is missing[^]*line 2, id: looks like an issue[^]*line 3, resolved_at: is before opened_at/,
    );
  });
});

describe('builds', () => {
  const build = {
    id: 'b1',
    repo: 'a/b',
    pipeline: 'ci',
    sha: shaA,
    conclusion: 'failure',
    created_at: '2026-05-01T10:00:00Z',
    finished_at: '2026-05-01T10:09:00Z',
  };

  it('come with their jobs, attempt by attempt', async () => {
    const jobs = [{ id: 'test', name: 'test', conclusion: 'failure', started_at: null }];
    const result = await importText(
      'builds',
      lines({ ...build, jobs }, { ...build, attempt: 2, conclusion: 'success' }),
    );
    expect(result).toMatchObject({ lineCount: 2, written: 3 });
    expect(await readAll(test.warehouse, builds)).toMatchObject([
      { build_id: 'b1', attempt: 1, provider: 'imported', pipeline_name: 'ci', conclusion: 'failure' },
      { build_id: 'b1', attempt: 2, conclusion: 'success' },
    ]);
    expect(await readAll(test.warehouse, buildJobs)).toMatchObject([{ job_id: 'test@1', attempt: 1 }]);
  });

  it('take jobs from a cell of CSV', async () => {
    const csv =
      'id,repo,pipeline,sha,conclusion,created_at,finished_at,jobs\n' +
      `b1,a/b,ci,${shaA},success,2026-05-01T10:00:00Z,2026-05-01T10:01:00Z,"[{""id"":1,""name"":""x"",""conclusion"":""success""}]"`;
    await importText('builds', csv, { format: 'csv' });
    expect(await readAll(test.warehouse, buildJobs)).toMatchObject([{ job_id: '1@1', name: 'x' }]);
  });

  it('say how they ended, once they have', async () => {
    const text = lines(
      { ...build, conclusion: undefined },
      { ...build, status: 'running' },
      { ...build, id: 'actions:5' },
      { ...build, jobs: [{ id: 1, name: 'x' }] },
    );
    await expect(importText('builds', text)).rejects.toThrow(
      /line 1, conclusion: is missing[^]*line 2, conclusion: stands there[^]*line 3, id: begins with[^]*line 4, jobs.0.conclusion/,
    );
  });

  it('are streamed: more than one piece is compared and written', async () => {
    const many = Array.from({ length: 12_001 }, (_, at) => ({ ...build, id: `b${String(at)}` }));
    const open = (): AsyncIterable<Uint8Array> => whole(lines(...many));
    expect(await importText('builds', '', { open })).toMatchObject({ written: 12_001 });
    expect(await importText('builds', '', { open })).toMatchObject({ written: 0 });
    expect(await importText('builds', '', { open: () => whole(lines(build)), replaces: true })).toMatchObject(
      {
        written: 0,
        removed: 12_000,
      },
    );
  });
});

async function* whole(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

it.each(Object.values(importKinds))('imports the documented example of $name', async (kind) => {
  expect(await importText(kind.name, lines(kind.example))).toMatchObject({ lineCount: 1, invalidCount: 0 });
});

it('stops at a signal, and the next run completes what it began', async () => {
  const controller = new AbortController();
  controller.abort();
  const text = lines({ id: 1, repo: 'a/b', finished_at: '2026-05-01T10:00:00Z' });
  await expect(importText('deployments', text, { signal: controller.signal })).rejects.toMatchObject({
    code: 'cancelled',
    exitCode: 5,
  });
  expect(await importText('deployments', text)).toMatchObject({ written: 1 });
});
