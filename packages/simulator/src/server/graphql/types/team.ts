import type { Team, User, World } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList, pageOfOrdered } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { orderedView } from '../ordered-view.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { AccountSource, TeamSource } from '../sources.ts';

export interface TeamArguments extends PageArguments {
  readonly orderBy?: { readonly direction: 'ASC' | 'DESC' } | null;
  readonly rootTeamsOnly?: boolean;
}

interface MemberArguments extends PageArguments {
  readonly membership: 'ALL' | 'CHILD_TEAM' | 'IMMEDIATE';
}

/** By slug, which is how GitHub orders by NAME. */
export function pageOfTeams(teams: ReadonlyMap<string, Team>, args: TeamArguments): Connection {
  refuseArguments('Organization.teams', args, [...pageArguments, 'orderBy', 'rootTeamsOnly']);
  const onlyRoots = args.rootTeamsOnly === true;
  return pageOfOrdered(
    orderedView(
      teams,
      'NAME',
      ({ slug }) => slug,
      ({ id }) => id,
    ),
    args,
    {
      isDescending: args.orderBy?.direction === 'DESC',
      ...(onlyRoots && { accepts: ({ parentId }: Team) => parentId === null }),
      map: (value): TeamSource => ({ typename: 'Team', value }),
    },
  );
}

export const team = defineType<TeamSource>('Team', {
  id: ({ value }) => value.id,
  slug: ({ value }) => value.slug,
  name: ({ value }) => value.name,
  combinedSlug: ({ value }, _, { world }) => `${world.organisation.login}/${value.slug}`,
  description: () => null,
  privacy: () => 'VISIBLE',
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.createdAt),
  url: ({ value }, _, { origin, world }) => `${origin}/orgs/${world.organisation.login}/teams/${value.slug}`,
  organization: (_, __, { world }) => ({ typename: 'Organization', value: world.organisation }),
  parentTeam: ({ value }, _, { world }): TeamSource | null => {
    const parent = value.parentId === null ? undefined : world.teams.get(value.parentId);
    return parent === undefined ? null : { typename: 'Team', value: parent };
  },
  members: ({ value }, args: MemberArguments, { world }) => {
    refuseArguments('Team.members', args, [...pageArguments, 'membership']);
    return pageOfList(membersOf(world, value, args.membership), args, {
      idOf: ({ id }) => id,
      map: (member): AccountSource => ({ typename: 'User', value: member }),
    });
  },
});

function membersOf(world: World, { id, memberIds }: Team, membership: MemberArguments['membership']): User[] {
  const ids = new Set(membership === 'CHILD_TEAM' ? [] : memberIds);
  if (membership !== 'IMMEDIATE') addChildMembers(world, id, ids);
  return [...ids]
    .map((member) => world.users.get(member))
    .filter((user) => user !== undefined)
    .filter(({ isDeleted, type }) => !isDeleted && type === 'User')
    .sort((a, b) => (a.login < b.login ? -1 : 1));
}

function addChildMembers(world: World, parentId: string, ids: Set<string>): void {
  for (const child of world.teams.values()) {
    if (child.parentId !== parentId) continue;
    for (const member of child.memberIds) ids.add(member);
    addChildMembers(world, child.id, ids);
  }
}
