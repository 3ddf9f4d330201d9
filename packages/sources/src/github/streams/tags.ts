import { deployments, records, truncations } from '@bellwether/warehouse';
import { z } from 'zod';
import { digest } from '../../git/session.ts';
import { nextRecheck, tagSnapshots } from '../../git/streams/tags.ts';
import { readTags } from '../../git/tags.ts';
import { type Batch, defineStream, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import { pruneTags, TagsRecord } from '../deployments/tag-record.ts';
import { type TagRef, Tags } from '../deployments/tag-schema.ts';
import { gapRows } from '../gaps.ts';
import { openMirror, wantsMirror } from '../mirror/mirror-session.ts';
import { settledPush } from '../mirror/settled-push.ts';
import { tagsDocument } from '../queries/generated.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';

const TagCursor = z.object({
  /** What discovery saw when they were read. */
  pushedAt: z.number().nullable(),
  total: z.number(),
  mapping: z.string(),
  /** When a date that lies in the future becomes believable. */
  recheckAt: z.number().nullable(),
});
type TagCursor = z.infer<typeof TagCursor>;

type Context = StreamContext<GitHubSession, TagCursor>;

/** Tags as deployments, all of them at once, as the git source has them: one that moved or is gone is so here too. */
export const tagStream = defineStream<GitHubSession, TagCursor>({
  name: 'tags',
  tables: [records],
  replaces: [deployments, truncations],
  unit: 'tags',
  cursor: TagCursor,
  isCurrent({ session: { hint }, cursor, config, clock }) {
    const isDue = cursor.recheckAt !== null && clock.now() >= cursor.recheckAt;
    const isSame = cursor.pushedAt === hint.pushedAt && cursor.total === hint.totals.tags;
    return isSame && !isDue && cursor.mapping === mappingOf({ config });
  },
  async *read(context) {
    const { session } = context;
    const opening = wantsMirror(session, context) ? await openMirror(session, context) : null;
    if (opening?.kind === 'open') {
      yield batchOf(context, await readTags(opening.session));
      return;
    }
    const found: TagRef[] = [];
    for await (const page of fetchTags(session)) {
      const gaps = gapRows(scopeOf(session.repo), 'tags', page);
      if (gaps.length > 0) {
        // Half of the tags would make the other half look deleted.
        yield { rows: [rowsOf(truncations, gaps)] };
        return;
      }
      found.push(...page.items);
    }
    const pruned = pruneTags(found);
    yield batchOf(context, pruned, [
      rowsOf(records, [rawRecord(scopeOf(session.repo), 'refs/tags', pruned, context.clock.now())]),
    ]);
  },
  replay({ repo, config, clock }, stored) {
    const snapshots = stored.flatMap(({ payload }) => {
      const { tags, odd } = TagsRecord.parse(JSON.parse(payload));
      return tagSnapshots(tags, odd, { repo, config, now: clock.now(), source: 'github' });
    });
    return { snapshots };
  },
});

/** Changes when the same tags are mapped otherwise, so that they are read again. */
const MAPPING_VERSION = 1;

function mappingOf({ config }: Pick<Context, 'config'>): string {
  return digest([MAPPING_VERSION, config.git.tags, config.services]);
}

function scopeOf(repo: string): { repo: string; stream: string } {
  return { repo, stream: 'tags' };
}

function batchOf(
  { session, config, clock }: Context,
  { tags, odd }: Awaited<ReturnType<typeof readTags>>,
  rows: Batch<TagCursor>['rows'] = [],
): Batch<TagCursor> {
  const { repo, hint } = session;
  const now = clock.now();
  return {
    rows,
    snapshots: [
      ...tagSnapshots(tags, odd, { repo, config, now, source: 'github' }),
      // A clone's own tags do not count any more, and neither does what was wrong with them.
      snapshotOf(truncations, { repo, source: 'git', stream: 'tags' }, []),
    ],
    checkpoint: {
      pushedAt: settledPush(hint, clock),
      total: hint.totals.tags,
      mapping: mappingOf({ config }),
      recheckAt: nextRecheck(tags, now),
    },
    progress: { done: tags.length, total: tags.length },
  };
}

function fetchTags({ api, owner, name, repo }: GitHubSession) {
  return api.pages({
    document: tagsDocument,
    schema: Tags,
    variables: { owner, name },
    connection: (data) => data.repository?.refs ?? null,
    pageSize: 100,
    key: repo,
  });
}
