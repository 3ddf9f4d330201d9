import type { TeamDirectory } from '../team-directory.ts';
import { compareBytewise } from '@bellwether/lineage';
import type { Change } from './change.ts';

/**
 * The team that a change counts for: the author's when it was merged, so that a reorganisation rewrites nothing. Of
 * several the one that owns a service which the change belongs to, else the one that lies deepest below others, else
 * the first by name. Empty where nobody knows.
 *
 * One team for all services that it reached: figures of a team count a change once.
 *
 * @param owners who owns the services of the change
 */
export function authorTeam(
  { row, authorKey }: Change,
  directory: TeamDirectory,
  owners: ReadonlySet<string>,
): string {
  const at = row.merged_at ?? row.first_authored_at;
  if (authorKey === '' || at === null) return '';
  const rank = (team: string): number => (owners.has(team) ? Infinity : directory.depthOf(team));
  const [team = ''] = directory
    .teamsOf(authorKey, at)
    .sort((a, b) => (rank(a) === rank(b) ? compareBytewise(a, b) : rank(b) - rank(a)));
  return team;
}
