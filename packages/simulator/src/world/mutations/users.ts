import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { Team, User, World } from '../model.ts';

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly type?: User['type'];
}

export function addUser(world: World, input: NewUser, at: number): User {
  advance(world, at);
  const databaseId = nextDatabaseId(world);
  const type = input.type ?? 'User';
  const user: User = {
    ...input,
    type,
    databaseId,
    id: nodeId(world, type === 'Bot' ? 'BOT' : 'U', databaseId),
    isDeleted: false,
  };
  world.users.set(user.id, user);
  return user;
}

/** The account goes, and what it wrote stays without an author. */
export function deleteUser(world: World, user: User, at: number): void {
  advance(world, at);
  user.isDeleted = true;
  for (const team of world.teams.values()) team.memberIds.delete(user.id);
}

export interface NewTeam {
  readonly slug: string;
  readonly name: string;
  readonly parentId?: string | null;
}

export function addTeam(world: World, input: NewTeam, at: number): Team {
  const team: Team = {
    id: nodeId(world, 'T'),
    slug: input.slug,
    name: input.name,
    parentId: input.parentId ?? null,
    memberIds: new Set(),
    createdAt: advance(world, at),
  };
  world.teams.set(team.id, team);
  return team;
}

export function renameTeam(world: World, team: Team, name: string, at: number): void {
  advance(world, at);
  team.name = name;
}

export function joinTeam(world: World, team: Team, user: User, at: number): void {
  advance(world, at);
  team.memberIds.add(user.id);
}

export function leaveTeam(world: World, team: Team, user: User, at: number): void {
  advance(world, at);
  team.memberIds.delete(user.id);
}
