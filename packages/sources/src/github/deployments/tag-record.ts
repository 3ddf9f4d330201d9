import { z } from 'zod';
import type { OddTag, Tag } from '../../git/tags.ts';
import type { TagRef } from './tag-schema.ts';

/**
 * All tags of a repository, in one record: which of two names of a release counts can only be told with all of them at
 * hand. Who tagged is not asked for.
 */
export const TagsRecord = z.object({
  tags: z.array(z.object({ name: z.string(), sha: z.string(), date: z.string(), isExact: z.boolean() })),
  odd: z.array(
    z.object({
      name: z.string(),
      reason: z.enum(['tag-without-commit', 'unreadable-object']),
      type: z.string(),
    }),
  ),
});
export type TagsRecord = z.infer<typeof TagsRecord>;

/** Tags as git itself would give them. */
export function pruneTags(refs: readonly TagRef[]): TagsRecord {
  const tags: Tag[] = [];
  const odd: OddTag[] = [];
  for (const ref of refs) {
    const found = readTarget(ref);
    if ('reason' in found) odd.push(found);
    else tags.push(found);
  }
  return { tags: tags.sort(byName), odd: odd.sort(byName) };
}

function readTarget({ name, target }: TagRef): Tag | OddTag {
  const unreadable: OddTag = { name, reason: 'unreadable-object', type: '' };
  if (target === null) return unreadable;
  const own = target.__typename === 'Tag' ? (target.tagger?.date ?? null) : null;
  // As the schema: a tag, a tag of a tag, and what they stand for.
  const once = target.__typename === 'Tag' ? target.target : target;
  const end = once.__typename === 'Tag' && 'target' in once ? once.target : once;
  if (end.__typename === 'Tag') return unreadable;
  if (end.__typename !== 'Commit') {
    return { name, reason: 'tag-without-commit', type: end.__typename.toLowerCase() };
  }
  return { name, sha: end.oid, date: seconds(own ?? end.committedDate), isExact: own !== null };
}

/** Unix seconds as text, as git gives them. */
function seconds(date: string): string {
  return String(Math.floor(Date.parse(date) / 1000));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
