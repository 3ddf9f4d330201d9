import type { Clock } from '@bellwether/core';
import type { Repository, World } from '../../world/model.ts';
import { messageReply, type Reply } from '../http/reply.ts';
import type { SimulatedRequest } from '../http/request.ts';
import type { HourlyBudgets } from '../limits/hourly-budgets.ts';
import { isVisible, type Requirement, ssoMessage } from '../tokens/access.ts';
import type { Token } from '../tokens/token.ts';
import type { WorldIndex } from '../world-index.ts';

/** What a REST endpoint knows. */
export interface RestCall {
  readonly request: SimulatedRequest;
  /** The variable parts of the path, decoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly world: World;
  readonly index: WorldIndex;
  readonly token: Token;
  readonly clock: Clock;
  readonly budgets: HourlyBudgets;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
}

export interface Endpoint {
  /** `/repos/{owner}/{repo}`, below `/api/v3`. */
  readonly route: string;
  readonly requires: Requirement;
  /** Free of charge. */
  readonly isFree?: boolean;
  readonly answer: (call: RestCall) => Reply;
}

/** For endpoints that ask for nothing but a token. */
export const nothing: Requirement = { scopes: [], permission: null };

export const notFound = (): Reply => messageReply(404, 'Not Found');

/** The repository of `{owner}/{repo}`; a `Reply` where there is none, it is hidden, or it has another name now. */
export function repositoryOf({ index, token, parts, request, origin, world }: RestCall): Repository | Reply {
  const { owner = '', repo = '' } = parts;
  const repository = index.repository(owner, repo);
  if (repository === null || !isVisible(token, repository)) return notFound();
  if (repository.visibility !== 'PUBLIC' && token.needsSso === true) return ssoReply(origin, world);
  if (repository.name.toLowerCase() === repo.toLowerCase()) return repository;
  // GitHub redirects to the number, which no further renaming changes.
  const rest = request.path.split('/').slice(6).join('/');
  const query = request.parameters.size === 0 ? '' : `?${request.parameters.toString()}`;
  const url = `${origin}/api/v3/repositories/${repository.databaseId}${rest === '' ? '' : `/${rest}`}${query}`;
  return {
    ...messageReply(301, 'Moved Permanently'),
    headers: { 'content-type': 'application/json; charset=utf-8', location: url },
    body: JSON.stringify({
      message: 'Moved Permanently',
      url,
      documentation_url: 'https://docs.github.com/rest',
    }),
  };
}

/** What an organisation with single sign-on answers to a token that it has not approved. */
export function ssoReply(origin: string, world: World): Reply {
  return messageReply(403, ssoMessage, { 'x-github-sso': ssoHeader(origin, world) });
}

export function ssoHeader(origin: string, { organisation, seed }: World): string {
  return `required; url=${origin}/orgs/${organisation.login}/sso?authorization_request=${seed}`;
}
