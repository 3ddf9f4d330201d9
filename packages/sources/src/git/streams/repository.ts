import { repositories, type RepositoryRow, truncations, type TruncationRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { defineStream, snapshotOf } from '../../source.ts';
import { readForgeRepository } from '../forge.ts';
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
  async *read({ session, stored }) {
    const { repo, clone } = session;
    const scope = { repo, source: 'git', stream: 'repository' };
    const isShallow = clone.boundary.length > 0;
    const known = await readForgeRepository(stored, repo);
    const row = known === null ? await describe(session) : await withPaths(known, session);
    // The forge has the whole history, however little of it this clone holds.
    const isCut = isShallow && known === null;
    yield {
      snapshots: [
        snapshotOf(repositories, { repo }, [row]),
        snapshotOf(truncations, scope, isCut ? [cutHistory(scope, clone.boundary.length)] : []),
      ],
      checkpoint: { state: session.state },
      progress: { done: 1, total: 1 },
      warnings: isCut
        ? [`${repo} is a shallow clone: what is older is unknown. Complete it with: git fetch --unshallow`]
        : [],
    };
  },
});

/** All that a clone can tell of its repository. */
async function describe(session: GitSession): Promise<RepositoryRow> {
  const { name, headSha } = await session.defaultBranch();
  return {
    repo: session.repo,
    default_branch: name,
    head_sha: headSha,
    is_shallow: session.clone.boundary.length > 0,
    has_paths: await session.hasPaths(),
    repo_id: '',
    visibility: '',
    is_fork: false,
    is_archived: false,
    is_gone: false,
    created_at: null,
    pushed_at: null,
    primary_language: '',
  };
}

/** What a forge said stays: a clone adds the files of the commits, which no forge tells. */
async function withPaths(known: RepositoryRow, session: GitSession): Promise<RepositoryRow> {
  return { ...known, has_paths: known.has_paths || (await session.hasPaths()) };
}

function cutHistory(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>, cuts: number): TruncationRow {
  return {
    ...scope,
    entity: 'history',
    reason: 'shallow-history',
    detail: `The clone is shallow, cut at ${cuts} ${cuts === 1 ? 'commit' : 'commits'}: what is older is unknown. Complete it with: git fetch --unshallow`,
  };
}
