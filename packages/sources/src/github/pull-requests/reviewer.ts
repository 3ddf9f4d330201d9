import type { People } from '../people.ts';

/** A reviewer in a payload: a team by `team:<organisation>/<slug>`, a person by node id. */
export function isTeam(reviewer: string): boolean {
  return reviewer.startsWith('team:');
}

/** The reviewer in the warehouse: a person key, or the team as it is. */
export function reviewerKey(reviewer: string, people: Pick<People, 'byId'>): string {
  return isTeam(reviewer) ? reviewer : people.byId(reviewer).key;
}
