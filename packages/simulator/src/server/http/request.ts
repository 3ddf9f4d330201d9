import type { IncomingHttpHeaders } from 'node:http';

/** A request after its body was read. */
export interface SimulatedRequest {
  readonly method: string;
  /** Without query: `/api/v3/repos/acme/shop`. */
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** For errors that ask to be reported, and for `x-github-request-id`. */
  readonly id: string;
}

export type RequestKind = 'graphql' | 'rest' | 'git';

export function kindOf(path: string): RequestKind {
  if (path === '/api/graphql') return 'graphql';
  return path.startsWith('/api/v3') ? 'rest' : 'git';
}
