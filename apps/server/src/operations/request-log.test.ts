import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestRecord } from '../testing/request-record.ts';
import { createLogger, logRequest, stderrSink } from './request-log.ts';

function logged(record: Parameters<typeof logRequest>[1]): { text: string; line: Record<string, unknown> } {
  let text = '';
  const stream = { write: (piece: string): void => void (text += piece) };
  logRequest(createLogger({ stream, flush: () => {} }), record);
  return { text, line: text === '' ? {} : JSON.parse(text) };
}

describe('logRequest', () => {
  it('says who asked what kind of thing, how long it took and how it ended', () => {
    const { line } = logged(requestRecord({ statement: "SELECT 'x'", kind: 'select', format: 'JSON' }));
    expect(line).toMatchObject({
      level: 'info',
      id: 'a-1',
      user: 'ann',
      role: 'analyst',
      route: 'query',
      status: 200,
      kind: 'select',
      format: 'JSON',
      seconds: 0.25,
      rowsRead: 10,
      rows: 2,
    });
    expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('holds neither text nor values of a query, however it failed', () => {
    const canary = 'canary-4711';
    const causes = [
      new QueryError(62, 'SYNTAX_ERROR', `near ${canary}`),
      new Error(`failed at ${canary}\n  of ${canary}`),
      Object.assign(new TypeError(canary), { code: 'E_X' }),
      canary,
      { message: canary },
    ];
    for (const cause of causes) {
      const error = cause instanceof QueryError ? cause : null;
      const { text } = logged(requestRecord({ statement: `SELECT '${canary}'`, cause, error, status: 500 }));
      expect(text).toContain('"level":"error"');
      expect(text).not.toContain(canary);
    }
  });

  it('tells our own errors in full, because they are made to be read', () => {
    const cause = new BellwetherError({
      code: 'disk-full',
      message: 'No space.',
      retry: 'later',
      next: 'df -h',
    });
    expect(logged(requestRecord({ cause, status: 500 })).line['cause']).toEqual({
      code: 'disk-full',
      message: 'No space.',
      retry: 'later',
      next: 'df -h',
    });
  });

  it('says nothing of probes and of commands of this machine that are well', () => {
    expect(logged(requestRecord({ user: { name: '@operator', role: 'operator' } })).text).toBe('');
    expect(logged(requestRecord({ route: '/readyz', user: null })).text).toBe('');
    expect(logged(requestRecord({ route: '/readyz', user: null, status: 503 })).text).not.toBe('');
  });
});

describe('lines of the log', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-log-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const sinkInto = (
    name: string,
  ): { log: (text: string) => void; flush: () => void; read: () => string[] } => {
    const path = join(folder, name);
    const sink = stderrSink(openSync(path, 'w'));
    const logger = createLogger(sink);
    return {
      log: (text) => logger.info(text),
      flush: sink.flush,
      read: () =>
        readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => (line === '' ? '' : (JSON.parse(line) as { msg: string }).msg)),
    };
  };

  it('are written a moment later by themselves, in order', async () => {
    const { log, read } = sinkInto('later');
    log('one');
    log('two');
    await expect.poll(read).toEqual(['one', 'two']);
    log('three');
    await expect.poll(read).toEqual(['one', 'two', 'three']);
  });

  it('are there at once when the server ends', () => {
    const { log, flush, read } = sinkInto('end');
    const lines = Array.from({ length: 20 }, (_, at) => `${at}`);
    lines.forEach(log);
    flush();
    expect(read()).toEqual(lines);
  });
});
