import { createHash } from 'node:crypto';
import type { World } from '../../world/model.ts';
import { messageReply, type Reply } from '../http/reply.ts';
import { isGranted, refusalOf } from '../tokens/access.ts';
import { accountEndpoints } from './accounts.ts';
import type { Endpoint, RestCall } from './call.ts';
import { repositoryEndpoints } from './repositories.ts';
import { runEndpoints } from './runs.ts';

interface Route {
  readonly endpoint: Endpoint;
  readonly segments: readonly string[];
}

const routes: readonly Route[] = [...accountEndpoints, ...repositoryEndpoints, ...runEndpoints].map(
  (endpoint) => ({ endpoint, segments: endpoint.route.split('/') }),
);

export interface FoundEndpoint {
  readonly endpoint: Endpoint;
  readonly parts: Readonly<Record<string, string>>;
}

const PREFIX = '/api/v3';

/** Null for a path that the simulator does not know. */
export function findEndpoint(path: string, world: World): FoundEndpoint | null {
  const given = namedPath(path.slice(PREFIX.length), world).split('/');
  for (const { endpoint, segments } of routes) {
    const parts = match(segments, given);
    if (parts !== null) return { endpoint, parts };
  }
  return null;
}

/** `/repositories/{id}/…`, where redirects of renamed repositories lead, is the same as `/repos/{owner}/{repo}/…`. */
function namedPath(path: string, world: World): string {
  const [, id, rest] = /^\/repositories\/(\d+)(\/.+)?$/.exec(path) ?? [];
  if (id === undefined) return path;
  for (const { databaseId, name } of world.repositories.values()) {
    if (String(databaseId) === id) return `/repos/${world.organisation.login}/${name}${rest ?? ''}`;
  }
  return path;
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | null {
  if (segments.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) parts[segment.slice(1, -1)] = decodeURIComponent(value);
    else if (segment !== value) return null;
  }
  return parts;
}

/** GitHub's REST knows far more paths: one that is missing here must not look like a repository that is gone. */
export function unknownPath(path: string): Reply {
  return messageReply(501, `not simulated: ${path}`, {}, 'packages/simulator/README.md');
}

/** The endpoint's answer with its ETag; 304 without a body when the client has it already. */
export function answerRest({ endpoint }: FoundEndpoint, call: RestCall): Reply {
  if (call.request.method !== 'GET') return messageReply(404, 'Not Found');
  const reply = isGranted(call.token, endpoint.requires)
    ? endpoint.answer(call)
    : messageReply(403, refusalOf(call.token));
  if (reply.status !== 200) return reply;
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex')}"`;
  const headers = { ...reply.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  if (call.request.headers['if-none-match'] !== etag) return { ...reply, headers };
  return { status: 304, headers: { etag }, body: '' };
}
