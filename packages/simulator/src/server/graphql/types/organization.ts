import type { Repository } from '../../../world/model.ts';
import { isVisible } from '../../tokens/access.ts';
import { type Connection, type PageArguments, pageOfOrdered } from '../connection.ts';
import type { Context } from '../context.ts';
import { defineType } from '../define-type.ts';
import { notSimulated } from '../errors.ts';
import { byDatabaseId, orderedView } from '../ordered-view.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { OrganisationSource, RepositorySource } from '../sources.ts';
import { pageOfTeams, type TeamArguments } from './team.ts';

interface RepositoryArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly visibility?: Repository['visibility'] | null;
  readonly privacy?: 'PRIVATE' | 'PUBLIC' | null;
}

export const organization = defineType<OrganisationSource>('Organization', {
  id: ({ value }) => value.id,
  login: ({ value }) => value.login,
  name: ({ value }) => value.name,
  description: () => null,
  url: ({ value }, _, { origin }) => `${origin}/${value.login}`,
  resourcePath: ({ value }) => `/${value.login}`,
  avatarUrl: ({ value }, _, { origin }) => `${origin}/avatars/${value.login}`,
  repository: ({ value }, args: { readonly name: string; readonly followRenames: boolean }, context) => {
    const found = context.index.repository(value.login, args.name, args.followRenames);
    return found === null || !isVisible(context.token, found)
      ? null
      : { typename: 'Repository', value: found };
  },
  repositories: (_, args: RepositoryArguments, context) => pageOfRepositories(args, context),
  team: (_, { slug }: { readonly slug: string }, { world }) => {
    const value = [...world.teams.values()].find((team) => team.slug === slug);
    return value === undefined ? null : { typename: 'Team', value };
  },
  teams: (_, args: TeamArguments, { world }) => pageOfTeams(world.teams, args),
});

const known = [
  ...pageArguments,
  'orderBy',
  'isArchived',
  'isFork',
  'visibility',
  'privacy',
  'ownerAffiliations',
];

function pageOfRepositories(args: RepositoryArguments, { world, token }: Context): Connection {
  refuseArguments('Organization.repositories', args, known);
  const field = args.orderBy?.field ?? 'CREATED_AT';
  return pageOfOrdered(orderedView(world.repositories, field, keyBy(field), byDatabaseId), args, {
    isDescending: args.orderBy?.direction === 'DESC',
    accepts: (repository) =>
      isVisible(token, repository) &&
      (args.isArchived == null || repository.isArchived === args.isArchived) &&
      (args.isFork == null || repository.isFork === args.isFork) &&
      (args.visibility == null || repository.visibility === args.visibility) &&
      (args.privacy == null || (repository.visibility === 'PUBLIC') === (args.privacy === 'PUBLIC')),
    map: (value): RepositorySource => ({ typename: 'Repository', value }),
  });
}

function keyBy(field: string): (repository: Repository) => number | string {
  switch (field) {
    case 'CREATED_AT':
      return ({ createdAt }) => createdAt;
    case 'UPDATED_AT':
      return ({ updatedAt }) => updatedAt;
    case 'PUSHED_AT':
      return ({ pushedAt }) => pushedAt;
    case 'NAME':
      return ({ name }) => name.toLowerCase();
    default:
      throw notSimulated(`Organization.repositories(orderBy: {field: ${field}})`);
  }
}
