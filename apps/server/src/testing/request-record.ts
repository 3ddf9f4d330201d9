import type { RequestRecord } from '../http/collaborators.ts';

/** A query of an analyst that went well. */
export function requestRecord(changes: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id: 'a-1',
    address: '10.0.0.1',
    method: 'POST',
    route: 'query',
    user: { name: 'ann', role: 'analyst' },
    status: 200,
    error: null,
    cause: null,
    statement: null,
    kind: null,
    format: null,
    durationSeconds: 0.25,
    waitedSeconds: 0,
    bytesReceived: 20,
    bytesSent: 100,
    summary: {
      readRows: 10,
      readBytes: 80,
      writtenRows: 0,
      writtenBytes: 0,
      resultRows: 2,
      resultBytes: 16,
      elapsedSeconds: 0.2,
    },
    hungUp: false,
    ...changes,
  };
}
