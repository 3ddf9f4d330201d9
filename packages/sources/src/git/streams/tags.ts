import { deployments, truncations, type TruncationRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { defineStream, type Snapshot, snapshotOf } from '../../source.ts';
import { cleanText } from '../commit-message.ts';
import { readForgeRepository } from '../forge.ts';
import { believableFrom } from '../mapper.ts';
import type { GitSession } from '../session.ts';
import { mapTags, type TagMapping } from '../tag-mapper.ts';
import { type OddTag, readTags, type Tag } from '../tags.ts';

const TagCursor = z.object({
  /** What the clone looked like; '' when something could not be read. */
  state: z.string(),
  /** When a date that lies in the future becomes believable. */
  recheckAt: z.number().nullable(),
});

/**
 * Tags as deployments, all of them at once: a tag can move or go away, and their number is small beside the commits'.
 */
export const tagStream = defineStream<GitSession, z.infer<typeof TagCursor>>({
  name: 'tags',
  tables: [],
  replaces: [deployments, truncations],
  unit: 'tags',
  cursor: TagCursor,
  isCurrent: ({ session, cursor, clock }) =>
    cursor.state === session.state && (cursor.recheckAt === null || clock.now() < cursor.recheckAt),
  async *read({ session, config, clock, stored }) {
    const { repo } = session;
    if ((await readForgeRepository(stored, repo)) !== null) {
      // The forge says which tags there are; those of a clone can be behind, or nobody else's.
      const none = snapshotOf(truncations, { repo, source: 'git', stream: 'tags' }, []);
      yield { snapshots: [none], checkpoint: { state: session.state, recheckAt: null } };
      return;
    }
    const { tags, odd } = await readTags(session);
    const isWhole = odd.every(({ reason }) => reason !== 'unreadable-object');
    const now = clock.now();
    yield {
      snapshots: tagSnapshots(tags, odd, { repo, config, now, source: 'git' }),
      checkpoint: { state: isWhole ? session.state : '', recheckAt: nextRecheck(tags, now) },
      progress: { done: tags.length, total: tags.length },
    };
  },
});

/** All tags of a repository and what was left out of them, whichever source read them. */
export function tagSnapshots(
  tags: readonly Tag[],
  odd: readonly OddTag[],
  mapping: TagMapping & { readonly source: string },
): Snapshot[] {
  const { repo, source } = mapping;
  const mapped = mapTags(tags, mapping);
  const scope = { repo, source, stream: 'tags' };
  const gaps = [...odd.map((tag) => oddTag(scope, tag)), ...unrecognisedTags(scope, mapped.unrecognised)];
  return [
    snapshotOf(deployments, { repo, signal: 'tag' }, mapped.deployments),
    snapshotOf(truncations, scope, gaps),
  ];
}

/** When the first date that lies in the future becomes believable; null: there is none. */
export function nextRecheck(tags: readonly Tag[], now: number): number | null {
  const dates = tags.map(({ date }) => believableFrom(date, now)).filter((date) => date !== null);
  return dates.length === 0 ? null : Math.min(...dates);
}

type Scope = Pick<TruncationRow, 'repo' | 'source' | 'stream'>;

function oddTag(scope: Scope, { name, reason, type }: OddTag): TruncationRow {
  const detail =
    reason === 'tag-without-commit'
      ? `It points to a ${type} and to no commit, so it is no release.`
      : 'What it points to is missing or damaged. git fsck shows more.';
  return { ...scope, entity: `refs/tags/${cleanText(name, 250)}`, reason, detail };
}

/** One row for all of them: in many repositories most tags are no releases, and that is no fault of theirs. */
function unrecognisedTags(scope: Scope, names: readonly string[]): TruncationRow[] {
  if (names.length === 0) return [];
  const examples = names.slice(0, 5).map((name) => `"${cleanText(name, 60)}"`);
  const count = names.length === 1 ? '1 tag matches' : `${names.length} tags match`;
  const more = names.length > examples.length ? ' and others' : '';
  const detail = `${count} no pattern of git.tags: ${examples.join(', ')}${more}. Add a pattern to bellwether.yaml if they are releases.`;
  return [{ ...scope, entity: 'refs/tags', reason: 'unrecognised-tag', detail }];
}
