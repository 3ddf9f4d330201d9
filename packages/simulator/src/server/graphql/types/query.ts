import type { Repository } from '../../../world/model.ts';
import { isVisible, refusalOf, ssoMessage } from '../../tokens/access.ts';
import { ownerOf } from '../../tokens/owner.ts';
import type { Context } from '../context.ts';
import { defineType } from '../define-type.ts';
import { fieldError } from '../errors.ts';
import { formatTime } from '../../time-format.ts';
import type { NodeSource } from '../sources.ts';

export const query = defineType<undefined>('Query', {
  viewer: (_, __, { token, world }) => {
    if (token.kind === 'installation') throw fieldError('FORBIDDEN', refusalOf(token));
    return { typename: 'User', value: ownerOf(world, token.login) };
  },
  organization: (_, { login }: { readonly login: string }, context) => {
    if (login.toLowerCase() !== context.world.organisation.login.toLowerCase()) {
      throw fieldError('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
    }
    demandSso(context);
    return { typename: 'Organization', value: context.world.organisation };
  },
  /** An organisation or a user; GitHub answers null without an error where there is none. */
  repositoryOwner: (_, { login }: { readonly login: string }, context) => {
    if (login.toLowerCase() !== context.world.organisation.login.toLowerCase()) return null;
    demandSso(context);
    return { typename: 'Organization', value: context.world.organisation };
  },
  user: (_, { login }: { readonly login: string }, { world }) => {
    const wanted = login.toLowerCase();
    for (const value of world.users.values()) {
      if (value.login.toLowerCase() === wanted && !value.isDeleted && value.type === 'User') {
        return { typename: 'User', value };
      }
    }
    throw fieldError('NOT_FOUND', `Could not resolve to a User with the login of '${login}'.`);
  },
  repository: (
    _,
    args: { readonly owner: string; readonly name: string; readonly followRenames: boolean },
    context,
  ) => {
    const value = context.index.repository(args.owner, args.name, args.followRenames);
    if (value === null || !isVisible(context.token, value)) {
      const name = `${args.owner}/${args.name}`;
      throw fieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
    }
    if (value.visibility !== 'PUBLIC') demandSso(context);
    return { typename: 'Repository', value };
  },
  node: (_, { id }: { readonly id: string }, context) => nodeOf(id, context),
  nodes: (_, { ids }: { readonly ids: readonly string[] }, context) =>
    // An error instead of a node becomes null, with its own entry among the errors.
    ids.map((id) => {
      try {
        return nodeOf(id, context);
      } catch (error) {
        return error;
      }
    }),
  rateLimit: (_, __, context) => context,
});

export const rateLimit = defineType<Context>('RateLimit', {
  cost: ({ price }) => price.cost,
  nodeCount: ({ price }) => price.nodeCount,
  limit: ({ budget }) => budget.limit,
  remaining: ({ budget }) => budget.remaining,
  used: ({ budget }) => budget.used,
  resetAt: ({ budget }) => formatTime(budget.resetAt),
});

function nodeOf(id: string, context: Context): NodeSource {
  const node = context.index.node(id);
  const repository = repositoryOf(node);
  if (node === null || (repository !== null && !isVisible(context.token, repository))) {
    throw fieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  }
  if (repository?.visibility !== 'PUBLIC') demandSso(context);
  return node;
}

/** That a node belongs to, or is. */
function repositoryOf(node: NodeSource | null): Repository | null {
  if (node === null) return null;
  if (node.typename === 'Repository') return node.value;
  return 'repository' in node ? node.repository : null;
}

function demandSso({ token }: Context): void {
  if (token.needsSso === true) throw fieldError('FORBIDDEN', ssoMessage, { saml_failure: true });
}
