import type { TeamDirectory } from '../team-directory.ts';
import type { Change } from './change.ts';

/**
 * The team that a change counts for: the author's when it was merged, so that a reorganisation rewrites nothing. Empty
 * where nobody knows. One team for all services that it reached: figures of a team count a change once.
 *
 * @param owners who owns the services of the change
 */
export function authorTeam(
  { row, authorKey }: Change,
  directory: TeamDirectory,
  owners: ReadonlySet<string>,
): string {
  const at = row.merged_at ?? row.first_authored_at;
  return at === null ? '' : directory.teamOf(authorKey, at, owners);
}
