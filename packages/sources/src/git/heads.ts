import { commitOf, type GitSession } from './session.ts';

export interface Heads {
  /** The commits that branches, remote branches, tags and HEAD stand for. */
  readonly heads: readonly string[];
  /** Branches, remote branches and HEAD whose object is missing or damaged. Tags speak for themselves. */
  readonly unreadable: readonly string[];
}

/** Where the history of a clone begins. */
export async function findHeads(session: GitSession): Promise<Heads> {
  const peeled = await session.peeled();
  const { refs, headOid, broken } = session.refs;
  const heads = new Set<string>();
  const unreadable = broken.filter((name) => !name.startsWith('refs/tags/'));
  for (const { name, oid } of [...refs, ...(headOid === null ? [] : [{ name: 'HEAD', oid: headOid }])]) {
    const commit = commitOf(peeled, oid);
    if (commit !== null) heads.add(commit);
    else if (!name.startsWith('refs/tags/') && peeled.get(oid) === null) unreadable.push(name);
  }
  return { heads: [...heads].sort(), unreadable: [...new Set(unreadable)].sort() };
}
