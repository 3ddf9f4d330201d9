import type { GitClient } from './client.ts';
import { readObjects } from './objects.ts';
import type { GitSession, Peeled } from './session.ts';

/** A tag with all that a release needs to be known of it. */
export interface Tag {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** The commit it stands for, tags of tags followed. */
  readonly sha: string;
  /** Unix seconds as text; the tagger's where the tag has one, else the committer's. */
  readonly date: string;
  /** The date is the tag's own. */
  readonly isExact: boolean;
}

/** A tag that is no release, because it stands for no commit that can be read. */
export interface OddTag {
  readonly name: string;
  readonly reason: 'tag-without-commit' | 'unreadable-object';
  /** What it points to instead: `tree`. */
  readonly type: string;
}

const TAGS = 'refs/tags/';

/** Reads every tag that is there, by name; what cannot be a release comes apart and stops nothing. */
export async function readTags(session: GitSession): Promise<{ tags: Tag[]; odd: OddTag[] }> {
  const { git } = session.clone;
  const peeled = await session.peeled();
  const odd: OddTag[] = session.refs.broken
    .filter((name) => name.startsWith(TAGS))
    .map((name) => ({ name: name.slice(TAGS.length), reason: 'unreadable-object', type: '' }));
  const found: { name: string; oid: string; sha: string }[] = [];
  for (const ref of session.refs.refs) {
    if (!ref.name.startsWith(TAGS)) continue;
    const name = ref.name.slice(TAGS.length);
    const target: Peeled = peeled.get(ref.oid) ?? null;
    if (target === null) odd.push({ name, reason: 'unreadable-object', type: '' });
    else if ('type' in target) odd.push({ name, reason: 'tag-without-commit', type: target.type });
    else found.push({ name, oid: ref.oid, sha: target.commit });
  }
  const own = await readDates(
    git,
    unique(found.filter(({ oid, sha }) => oid !== sha).map(({ oid }) => oid)),
    'tagger',
  );
  const borrowing = found.filter(({ oid }) => !own.has(oid));
  const borrowed = await readDates(git, unique(borrowing.map(({ sha }) => sha)), 'committer');
  const tags: Tag[] = [];
  for (const { name, oid, sha } of found) {
    const date = own.get(oid) ?? borrowed.get(sha);
    if (date === undefined) odd.push({ name, reason: 'unreadable-object', type: '' });
    else tags.push({ name, sha, date, isExact: own.has(oid) });
  }
  return { tags: byName(tags), odd: byName(odd) };
}

/** The date that an object's header gives to a role, in unix seconds, as text; objects without one are left out. */
async function readDates(
  git: GitClient,
  oids: readonly string[],
  role: 'tagger' | 'committer',
): Promise<Map<string, string>> {
  const line = new RegExp(`^${role} .*> (-?\\d*)(?: [+-]\\d+)?$`, 'm');
  const dates = new Map<string, string>();
  for await (const piece of readObjects(git, oids, { withContent: true })) {
    for (const { request, object } of piece) {
      if (object === null) continue;
      const end = object.content.indexOf('\n\n');
      const header = object.content.toString('latin1', 0, end === -1 ? object.content.length : end);
      const date = line.exec(header)?.[1];
      if (date !== undefined) dates.set(request, date);
      // A commit whose header is broken still is one; its date is as unknown as an absurd one.
      else if (role === 'committer') dates.set(request, '');
    }
  }
  return dates;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
