import type { GitClient } from './client.ts';
import type { RefList } from './refs.ts';

export interface DefaultBranch {
  /** Empty where no branch says what it is: a detached HEAD without branches. */
  readonly name: string;
  /** Null for a repository without a commit. */
  readonly headSha: string | null;
}

const REMOTE = 'refs/remotes/origin/';
const LOCAL = 'refs/heads/';

/**
 * The branch that changes are merged into: what origin says is its default, else the one that HEAD is on, else main
 * or master, else the first by name.
 *
 * Its head is the further one of origin's branch and the local branch of that name: origin's where the clone is
 * behind, the local one where it only adds commits. Where they went apart, origin's, which the others see.
 *
 * @param commitOf the commit that an object id stands for; null where there is none
 */
export async function findDefaultBranch(
  git: GitClient,
  list: RefList,
  commitOf: (oid: string) => string | null,
): Promise<DefaultBranch> {
  const commits = new Map(list.refs.map((ref) => [ref.name, commitOf(ref.oid)]));
  const name = branchName(list, commits);
  const remote = commits.get(REMOTE + name) ?? null;
  const local = commits.get(LOCAL + name) ?? null;
  if (name === '') return { name, headSha: list.headOid === null ? null : commitOf(list.headOid) };
  if (remote === null || local === null || remote === local) return { name, headSha: remote ?? local };
  const isAhead = await git.run(['merge-base', '--is-ancestor', remote, local], { answers: [1] });
  return { name, headSha: isAhead.exitCode === 0 ? local : remote };
}

function branchName(list: RefList, commits: ReadonlyMap<string, string | null>): string {
  const exists = (name: string): boolean =>
    (commits.get(LOCAL + name) ?? commits.get(REMOTE + name) ?? null) !== null;
  const standsFor = list.refs.find((ref) => ref.name === `${REMOTE}HEAD`)?.standsFor ?? '';
  const ofOrigin = standsFor.startsWith(REMOTE) ? standsFor.slice(REMOTE.length) : '';
  if (exists(ofOrigin)) return ofOrigin;
  const checkedOut = list.headRef?.startsWith(LOCAL) ? list.headRef.slice(LOCAL.length) : null;
  if (checkedOut !== null && exists(checkedOut)) return checkedOut;
  const branches = [...commits.keys()]
    .map((name) =>
      name.startsWith(LOCAL)
        ? name.slice(LOCAL.length)
        : name.startsWith(REMOTE)
          ? name.slice(REMOTE.length)
          : '',
    )
    .filter((name) => name !== '' && name !== 'HEAD' && exists(name));
  const usual = ['main', 'master'].find((name) => branches.includes(name));
  return usual ?? branches.sort()[0] ?? checkedOut ?? '';
}
