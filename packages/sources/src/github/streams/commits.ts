import { commits, identities, people, records, truncations } from '@bellwether/warehouse';
import { digest } from '../../git/session.ts';
import { commitStream as gitCommitStream } from '../../git/streams/commits.ts';
import { type Batch, defineStream, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import type { GitHubApi } from '../api.ts';
import { ApiReading } from '../commits/api-reading.ts';
import { CommitCursor } from '../commits/commit-cursor.ts';
import { CommitRecord, mapCommitRecord } from '../commits/commit-record.ts';
import { keepPaths } from '../commits/keep-paths.ts';
import { openMirror, wantsMirror } from '../mirror/mirror-session.ts';
import { settledPush } from '../mirror/settled-push.ts';
import type { GitHubSession } from '../session.ts';

type Context = StreamContext<GitHubSession, CommitCursor>;

/** The git source's own stream on the mirror: the same rows, and what a clone has read of files stays. */
const mirrorCommits = gitCommitStream(10_000, {
  source: 'github',
  addsOnly: async () => false,
  prepare: (rows, { session, stored }) => keepPaths(rows, { repo: session.repo, stored }),
});

/**
 * Commits: from a mirror those of all branches and tags, by queries those of the default branch. Which it is makes no
 * difference to the rows.
 */
export const commitStream = defineStream<GitHubSession, CommitCursor>({
  name: 'commits',
  tables: [commits, identities, people, records, truncations],
  replaces: [truncations],
  unit: 'commits',
  cursor: CommitCursor,
  isCurrent({ session, cursor, config, secret, clock }) {
    if (config.github.commits === 'off' || cursor.mode === 'off') {
      return config.github.commits === 'off' && cursor.mode === 'off';
    }
    if (cursor.mapping !== mappingOf({ config, secret }) || cursor.seen === null) return false;
    const { headSha, pushedAt } = session.hint;
    const recheckAt = cursor.mode === 'mirror' ? cursor.git?.recheckAt : cursor.api.recheckAt;
    if (recheckAt != null && clock.now() >= recheckAt) return false;
    if (cursor.mode === 'mirror') {
      const isSame = cursor.seen.headSha === headSha && cursor.seen.pushedAt === pushedAt;
      return isSame && wantsMirror(session, { config });
    }
    return cursor.seen.headSha === headSha && (cursor.isRefused || !wantsMirror(session, { config }));
  },
  async *read(context) {
    if (context.config.github.commits === 'off') {
      yield { checkpoint: { mode: 'off' } };
      return;
    }
    yield { snapshots: [wholeHistory(context)] };
    const opening = wantsMirror(context.session, context) ? await openMirror(context.session, context) : null;
    if (opening?.kind === 'open') yield* readMirror(context, opening.session);
    // Asked for the mirror and nothing else, half of it is no answer.
    else if (opening !== null && context.config.github.commits === 'mirror') throw opening.error;
    else {
      if (opening !== null) yield* sayRefused(context);
      yield* readApi(context, opening !== null);
    }
  },
  async replay({ repo, clock, stored }, found) {
    const now = clock.now();
    const rows = found.map(({ payload }) =>
      mapCommitRecord(CommitRecord.parse(JSON.parse(payload)), { repo, now }),
    );
    return { rows: [rowsOf(commits, await keepPaths(rows, { repo, stored }))] };
  },
});

/** Changes when the same commit is mapped otherwise, so that all are read again. */
const MAPPING_VERSION = 1;

function mappingOf({ config, secret }: Pick<Context, 'config' | 'secret'>): string {
  return digest([MAPPING_VERSION, config.bots, secret]);
}

/** A shallow clone of the same repository said that its history is cut; now it is not any more. */
function wholeHistory({ session }: Context) {
  return snapshotOf(truncations, { repo: session.repo, source: 'git', stream: 'repository' }, []);
}

/** Once for each connection: a thousand repositories of one token are refused alike. */
const saidRefused = new WeakSet<GitHubApi>();

function* sayRefused({ session }: Context): Generator<Batch<CommitCursor>> {
  if (saidRefused.has(session.api)) return;
  saidRefused.add(session.api);
  yield {
    warnings: [
      `git may not fetch ${session.repo} with this token, so commits come by queries: only those of default branches, ` +
        'and at a point for a hundred. Let the token read Contents, or set `github.commits: api`.',
    ],
  };
}

async function* readMirror(
  context: Context,
  mirror: Parameters<typeof mirrorCommits.read>[0]['session'],
): AsyncGenerator<Batch<CommitCursor>> {
  const { cursor, session } = context;
  const mapping = mappingOf(context);
  let git = cursor?.mode === 'mirror' ? cursor.git : null;
  for await (const batch of mirrorCommits.read({ ...context, session: mirror, cursor: git })) {
    const { checkpoint, ...rest } = batch;
    git = checkpoint ?? git;
    yield checkpoint === undefined
      ? rest
      : { ...rest, checkpoint: { mode: 'mirror', seen: null, mapping, git: checkpoint } };
  }
  const seen = { headSha: session.hint.headSha, pushedAt: settledPush(session.hint, context.clock) };
  yield { checkpoint: { mode: 'mirror', seen, mapping, git } };
}

async function* readApi(context: Context, isRefused: boolean): AsyncGenerator<Batch<CommitCursor>> {
  const { cursor, session } = context;
  const mapping = mappingOf(context);
  const fits = cursor?.mode === 'api' && cursor.mapping === mapping;
  let api = fits ? cursor.api : null;
  for await (const batch of new ApiReading(context, api).run()) {
    const { checkpoint, ...rest } = batch;
    api = checkpoint ?? api;
    yield checkpoint === undefined
      ? rest
      : { ...rest, checkpoint: { mode: 'api', seen: null, mapping, isRefused, api: checkpoint } };
  }
  if (api === null) return;
  const { headSha, pushedAt } = session.hint;
  const seen = api.head === headSha ? { headSha, pushedAt } : null;
  yield { checkpoint: { mode: 'api', seen, mapping, isRefused, api } };
}
