import { repositories, truncations, type TruncationRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { defineStream, snapshotOf } from '../../source.ts';
import type { GitSession } from '../session.ts';

const RepositoryCursor = z.object({ state: z.string() });

/** The repository itself: its default branch and how much of it this clone holds. */
export const repositoryStream = defineStream<GitSession, z.infer<typeof RepositoryCursor>>({
  name: 'repository',
  tables: [],
  replaces: [repositories, truncations],
  unit: 'repositories',
  cursor: RepositoryCursor,
  isCurrent: ({ session, cursor }) => cursor.state === session.state,
  async *read({ session }) {
    const { repo, clone } = session;
    const { name, headSha } = await session.defaultBranch();
    const isShallow = clone.boundary.length > 0;
    const row = {
      repo,
      default_branch: name,
      head_sha: headSha,
      is_shallow: isShallow,
      has_paths: await session.hasPaths(),
    };
    const scope = { repo, source: 'git', stream: 'repository' };
    yield {
      snapshots: [
        snapshotOf(repositories, { repo }, [row]),
        snapshotOf(truncations, scope, isShallow ? [cutHistory(scope, clone.boundary.length)] : []),
      ],
      checkpoint: { state: session.state },
      progress: { done: 1, total: 1 },
      warnings: isShallow
        ? [`${repo} is a shallow clone: what is older is unknown. Complete it with: git fetch --unshallow`]
        : [],
    };
  },
});

function cutHistory(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>, cuts: number): TruncationRow {
  return {
    ...scope,
    entity: 'history',
    reason: 'shallow-history',
    detail: `The clone is shallow, cut at ${cuts} ${cuts === 1 ? 'commit' : 'commits'}: what is older is unknown. Complete it with: git fetch --unshallow`,
  };
}
