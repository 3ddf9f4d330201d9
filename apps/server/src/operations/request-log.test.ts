import { BellwetherError } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { requestRecord } from '../testing/request-record.ts';
import { createLogger, logRequest } from './request-log.ts';

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
