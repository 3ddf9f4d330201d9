import { usageError } from '@bellwether/core';
import { missingObjects } from './objects.ts';
import type { GitSession } from './session.ts';
import { CommitCursor } from './streams/commits.ts';

/** How many commits of the stored repository are looked for in the clone. */
const MOST_PROBES = 500;

/**
 * Stops two repositories that only share a folder's name from becoming one. A name from origin is trusted; for
 * `local/<folder>` the clone must stand where it stood, or hold at least one commit of the stored repository.
 *
 * @throws BellwetherError `repository-name-taken`
 */
export async function requireSameRepository(
  session: GitSession,
  cursors: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (!session.repo.startsWith('local/')) return;
  const { data: cursor } = CommitCursor.safeParse(cursors.get('commits'));
  if (cursor === undefined || cursor.place === session.place) return;
  const probes = [...new Set([...cursor.roots, ...cursor.tips, ...cursor.unfinished])].slice(0, MOST_PROBES);
  if (probes.length === 0) return;
  const missing = await missingObjects(session.clone.git, probes);
  if (missing.size < probes.length) return;
  throw usageError(
    'repository-name-taken',
    `The warehouse already knows another repository as ${session.repo}: no commit of it is in this clone.`,
    'Give this clone a name of its own in bellwether.yaml: ' +
      '`repositories: [{ path: <folder>, repo: local/<name> }]`, then collect again.',
  );
}
