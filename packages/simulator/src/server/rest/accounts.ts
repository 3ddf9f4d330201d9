import { jsonReply, messageReply } from '../http/reply.ts';
import { budgetHeaders } from '../limits/refusals.ts';
import { refusalOf } from '../tokens/access.ts';
import { ownerOf } from '../tokens/owner.ts';
import { budgetOf } from '../tokens/token.ts';
import { type Endpoint, nothing, notFound, ssoReply } from './call.ts';
import { restOwner, restUser } from './shapes.ts';

const currentUser: Endpoint = {
  route: '/user',
  requires: nothing,
  answer: (call) => {
    const { token, world } = call;
    if (token.kind === 'installation') return messageReply(403, refusalOf(token));
    const user = ownerOf(world, token.login);
    return jsonReply(200, { ...restUser(call, user), name: user.name, email: user.email });
  },
};

const organisation: Endpoint = {
  route: '/orgs/{org}',
  requires: nothing,
  answer: (call) => {
    const { world, parts, token, origin } = call;
    if (parts['org']?.toLowerCase() !== world.organisation.login.toLowerCase()) return notFound();
    if (token.needsSso === true) return ssoReply(origin, world);
    return jsonReply(200, {
      ...restOwner(call),
      name: world.organisation.name,
      description: null,
      public_repos: [...world.repositories.values()].filter(
        ({ visibility, isDeleted }) => visibility === 'PUBLIC' && !isDeleted,
      ).length,
    });
  },
};

/** Free, and the only way to learn of a budget without spending from it. */
const rateLimit: Endpoint = {
  route: '/rate_limit',
  requires: nothing,
  isFree: true,
  answer: ({ token, budgets }) => {
    const [core, graphql] = (['core', 'graphql'] as const).map((resource) => {
      const state = budgets.state(budgetOf(token), resource);
      const { limit, used, remaining } = state;
      return { limit, used, remaining, reset: Number(budgetHeaders(state)['x-ratelimit-reset']) };
    });
    return jsonReply(200, { resources: { core, graphql }, rate: core });
  },
};

const meta: Endpoint = {
  route: '/meta',
  requires: nothing,
  answer: () => jsonReply(200, { verifiable_password_authentication: false, installed_version: '3.17.0' }),
};

export const accountEndpoints: readonly Endpoint[] = [currentUser, organisation, rateLimit, meta];
