import type { TeamDirectory } from '../team-directory.ts';
import { authorTeam } from './author-team.ts';
import type { Change } from './change.ts';
import type { ServiceOwners } from './service-owners.ts';

/** How many people made changes, and how many of them made one while they were in no team. */
export interface AuthorCounts {
  people: number;
  withoutTeam: number;
}

/** Gives every change the team of its author, as it may be shown. */
export function assignTeams(
  changes: readonly Change[],
  directory: TeamDirectory,
  servicesOf: (change: Change) => ReadonlySet<string>,
  { ownerOf }: ServiceOwners,
): AuthorCounts {
  if (!directory.hasMemberships) return { people: 0, withoutTeam: 0 };
  const [people, without] = [new Set<string>(), new Set<string>()];
  for (const change of changes) {
    const { row, authorKey } = change;
    const team = authorTeam(change, directory, new Set([...servicesOf(change)].map(ownerOf)));
    const at = row.merged_at ?? row.first_authored_at;
    if (at !== null) Object.assign(row, directory.labelOf(team, at));
    if (row.is_bot || authorKey === '') continue;
    people.add(authorKey);
    if (team === '') without.add(authorKey);
  }
  return { people: people.size, withoutTeam: without.size };
}
