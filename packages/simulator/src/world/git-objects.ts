import { hash } from 'node:crypto';
import type { Commit, Tag } from './model.ts';

/** An object as git stores it: what is hashed, without its header. */
export interface GitObject {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly sha: string;
  readonly body: Buffer;
}

function gitObject(type: GitObject['type'], body: Buffer): GitObject {
  return { type, body, sha: hash('sha1', Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])) };
}

/** The text of a commit object. Zones are left out: every date is written in UTC. */
export function commitText(commit: Omit<Commit, 'sha'>): string {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('');
  return (
    `tree ${commit.treeSha}\n${parents}` +
    `author ${signature(commit.authorName, commit.authorEmail, commit.authoredAt)}\n` +
    `committer ${signature(commit.committerName, commit.committerEmail, commit.committedAt)}\n` +
    `\n${commit.message}`
  );
}

export function commitSha(commit: Omit<Commit, 'sha'>): string {
  const text = commitText(commit);
  return hash('sha1', `commit ${Buffer.byteLength(text)}\0${text}`);
}

export type TagAnnotation = NonNullable<Tag['annotation']>;

/** The text of an annotated tag's object. */
export function tagText(name: string, target: string, annotation: Omit<TagAnnotation, 'sha'>): string {
  const { taggerName, taggerEmail, taggedAt, message } = annotation;
  return (
    `object ${target}\ntype commit\ntag ${name}\n` +
    `tagger ${signature(taggerName, taggerEmail, taggedAt)}\n\n${message}\n`
  );
}

export function tagSha(name: string, target: string, annotation: Omit<TagAnnotation, 'sha'>): string {
  const text = tagText(name, target, annotation);
  return hash('sha1', `tag ${Buffer.byteLength(text)}\0${text}`);
}

/** The blobs and trees of these files; the root tree is the last. */
export function treeObjects(files: ReadonlyMap<string, string>): GitObject[] {
  const objects: GitObject[] = [];
  const blobs = new Map<string, string>();
  for (const [path, text] of files) {
    const blob = gitObject('blob', Buffer.from(text));
    objects.push(blob);
    blobs.set(path, blob.sha);
  }
  addTree(blobs, objects);
  return objects;
}

function addTree(blobs: ReadonlyMap<string, string>, objects: GitObject[]): string {
  const folders = new Map<string, Map<string, string>>();
  const entries: { name: string; mode: string; sha: string }[] = [];
  for (const [path, sha] of blobs) {
    const slash = path.indexOf('/');
    if (slash === -1) {
      entries.push({ name: path, mode: '100644', sha });
      continue;
    }
    const folder = path.slice(0, slash);
    const inside = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, inside.set(path.slice(slash + 1), sha));
  }
  for (const [name, inside] of folders) entries.push({ name, mode: '40000', sha: addTree(inside, objects) });

  const tree = gitObject('tree', Buffer.concat(entries.sort(byTreeOrder).map(treeEntry)));
  objects.push(tree);
  return tree.sha;
}

/** Git compares bytes, and a folder as if its name ended in a slash. */
function byTreeOrder(a: { name: string; mode: string }, b: { name: string; mode: string }): number {
  return Buffer.compare(Buffer.from(treeKey(a)), Buffer.from(treeKey(b)));
}

function treeKey({ name, mode }: { name: string; mode: string }): string {
  return mode === '40000' ? `${name}/` : name;
}

function treeEntry({ name, mode, sha }: { name: string; mode: string; sha: string }): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]);
}

function signature(name: string, email: string, at: number): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}
