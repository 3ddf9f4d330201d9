import type { Admitted, QueryError, QuerySummary } from '@bellwether/warehouse';
import type { RequestRecord, User } from './collaborators.ts';

/** What is noted about one request while it is answered, for its `RequestRecord`. */
export class Trace {
  readonly id: string;
  readonly exceptionTag: string;
  readonly #begun = performance.now();
  route = 'unknown';
  user: User | null = null;
  statement: Admitted | null = null;
  format: string | null = null;
  summary: QuerySummary | null = null;
  /** Of a result that is still being sent. */
  summaryOf: (() => QuerySummary) | null = null;
  error: QueryError | null = null;
  cause: unknown = null;
  #waitedMs = 0;

  constructor(id: string, exceptionTag: string) {
    this.id = id;
    this.exceptionTag = exceptionTag;
  }

  admitted(statement: Admitted): void {
    this.statement = statement;
    this.format = statement.format;
  }

  /** Counts how long something took that was only waiting. */
  async waiting<T>(promise: Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await promise;
    } finally {
      this.#waitedMs += performance.now() - begun;
    }
  }

  record(
    wire: Pick<RequestRecord, 'address' | 'method' | 'status' | 'bytesReceived' | 'bytesSent' | 'hungUp'>,
  ): RequestRecord {
    return {
      ...wire,
      id: this.id,
      route: this.route,
      user: this.user,
      error: this.error,
      cause: this.cause,
      statement: this.statement?.sql ?? null,
      kind: this.statement?.kind ?? null,
      format: this.format,
      summary: this.summary ?? this.summaryOf?.() ?? null,
      durationSeconds: (performance.now() - this.#begun) / 1000,
      waitedSeconds: this.#waitedMs / 1000,
    };
  }
}
