import type { GitClient } from './client.ts';

/** A branch or tag, as it is stored: what it points to may be missing or no commit. */
export interface Ref {
  /** `refs/heads/main` */
  readonly name: string;
  readonly oid: string;
  /** The ref that this one stands for, as `refs/remotes/origin/HEAD` does; else ''. */
  readonly standsFor: string;
}

export interface RefList {
  /** Branches, remote branches and tags, by name. */
  readonly refs: readonly Ref[];
  /** What HEAD stands for, `refs/heads/main`; null when it is detached. */
  readonly headRef: string | null;
  /** Null where there is no commit yet. */
  readonly headOid: string | null;
  /** Names of refs that hold no object id; git passes over them. */
  readonly broken: readonly string[];
}

/**
 * What counts as the history of a repository. Left out on purpose: `refs/stash` and `refs/notes`, which hold no
 * history, and the pull requests' refs of a mirror, which hold work that nobody merged.
 */
const namespaces = ['refs/heads', 'refs/remotes', 'refs/tags'];

/** Reads the refs without opening the objects that they point to, so that a missing one cannot stop it. */
export async function readRefs(git: GitClient): Promise<RefList> {
  const list = await git.run([
    'for-each-ref',
    '--format=%(HEAD)%(objectname) %(refname) %(symref)',
    ...namespaces,
  ]);
  const rows = lines(list.stdout);
  const refs = rows.map((line) => {
    const [oid = '', name = '', standsFor = ''] = line.slice(1).split(' ');
    return { oid, name, standsFor };
  });
  const checkedOut = refs[rows.findIndex((line) => line.startsWith('*'))];
  return {
    refs,
    ...(checkedOut ? { headRef: checkedOut.name, headOid: checkedOut.oid } : await readOddHead(git)),
    broken: [...list.stderr.matchAll(brokenRef)].map(([, name = '']) => name),
  };
}

const brokenRef = /ignoring (?:broken|dangling|bad) (?:symbolic )?ref(?: with broken name)? (\S+)/g;

/** A HEAD that is on no branch that exists: detached, or before the first commit. */
async function readOddHead(git: GitClient): Promise<Pick<RefList, 'headRef' | 'headOid'>> {
  const [headRef, headOid] = await Promise.all([
    git.run(['symbolic-ref', '--quiet', 'HEAD'], { answers: [1, 128] }),
    git.run(['rev-parse', '--quiet', '--verify', 'HEAD'], { answers: [1, 128] }),
  ]);
  return {
    headRef: headRef.exitCode === 0 ? (lines(headRef.stdout)[0] ?? null) : null,
    headOid: headOid.exitCode === 0 ? (lines(headOid.stdout)[0] ?? null) : null,
  };
}

/** Lines of text that need not be UTF-8. Two names that differ only in broken bytes must not become one. */
function lines(output: Buffer): string[] {
  return output
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map(fromBytes);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function fromBytes(bytes: string): string {
  // eslint-disable-next-line no-control-regex -- the range of ASCII is what is meant
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  try {
    return strictUtf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes.replace(/[\x80-\xff]/g, (byte) => String.raw`\x${byte.charCodeAt(0).toString(16)}`);
  }
}
