/** What the message of a commit says about other commits and pull requests. */
export interface MessageReferences {
  /** The pull request that this commit merged or squashed. */
  number: number | null;
  /** The branch that a merge names, without its owner. */
  headBranch: string | null;
  revertsSha: string | null;
  revertsNumber: number | null;
  cherryPickedFrom: string | null;
}

/** Further than this nobody writes what is looked for here; squashes carry whole change logs. */
const BODY_LIMIT = 100_000;

/**
 * Reads the conventions that git and the forges write into messages.
 *
 * - number: `Merge pull request #N from …` (GitHub), `Merged in … (pull request #N)` and `Pull request #N: …`
 *   (Bitbucket), `See merge request group/project!N` (GitLab), `… (#N)` at the end of a subject (squash)
 * - reverts: the first `This reverts commit <sha>` at the start of a line; a squash that lists several undid the
 *   others on its own branch. The number: `Reverts #N` or `Reverts owner/repo#N`, whatever the repository was called
 *   then, GitLab's `This reverts merge request !N`, else the quoted `Revert "… (#N)"`, which conventional commits put
 *   behind a `fix: `, else the branch `revert-N-…`
 * - cherry-picks: the last `(cherry picked from commit <sha>)`, which is where the commit itself was taken from
 */
export function readMessage(subject: string, body: string, isMerge: boolean): MessageReferences {
  const text = body.length > BODY_LIMIT ? body.slice(0, BODY_LIMIT) : body;
  const branch = mergedBranch(subject, isMerge);
  return {
    number: pullRequestNumber(subject, text),
    headBranch: branch,
    revertsSha: /^This reverts commit ([0-9a-f]{7,64})\b/m.exec(text)?.[1] ?? null,
    revertsNumber: revertedNumber(subject, text, branch),
    cherryPickedFrom: lastCherryPick(text),
  };
}

function pullRequestNumber(subject: string, body: string): number | null {
  return (
    toNumber(/^Merge pull request #(\d+) from /.exec(subject)?.[1]) ??
    toNumber(/^Merged in \S+ \(pull request #(\d+)\)/.exec(subject)?.[1]) ??
    toNumber(/^Pull request #(\d+): /.exec(subject)?.[1]) ??
    toNumber(/\(#(\d+)\)$/.exec(subject)?.[1]) ??
    toNumber(/^See merge request \S*!(\d+)$/m.exec(body)?.[1])
  );
}

function mergedBranch(subject: string, isMerge: boolean): string | null {
  const fork = /^Merge pull request #\d+ from [^/\s]+\/(\S+)/.exec(subject)?.[1];
  if (fork !== undefined) return fork;
  const bitbucket = /^Merged in (\S+) \(pull request #\d+\)/.exec(subject)?.[1];
  if (bitbucket !== undefined) return bitbucket;
  if (!isMerge) return null;
  const local = /^Merge (?:remote-tracking )?branch '([^'\s]+)'/.exec(subject)?.[1];
  return local?.replace(/^origin\//, '') ?? null;
}

function revertedNumber(subject: string, body: string, branch: string | null): number | null {
  return (
    toNumber(/^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d+)\b/m.exec(body)?.[1]) ??
    toNumber(/^This reverts merge request \S*!(\d+)\b/m.exec(body)?.[1]) ??
    toNumber(/\bRevert ".*\(#(\d+)\)"/.exec(subject)?.[1]) ??
    toNumber(/^revert-(\d+)-/.exec(branch ?? '')?.[1])
  );
}

function lastCherryPick(body: string): string | null {
  if (!body.includes('(cherry picked from commit ')) return null;
  return [...body.matchAll(/^\(cherry picked from commit ([0-9a-f]{7,64})\)/gm)].at(-1)?.[1] ?? null;
}

/** Numbers of pull requests fit 32 bits; what does not is no pull request. */
function toNumber(digits: string | undefined): number | null {
  const number = Number(digits ?? 0);
  return number >= 1 && number <= 0xffff_ffff ? number : null;
}

const SUBJECT_LIMIT = 500;

/**
 * A subject as it may be stored: one line without control characters, at most 500 of them, and without the login and
 * the addresses that belong to `private.identities` alone (GitHub's merges name the fork's owner).
 */
export function cleanSubject(subject: string): string {
  const plain = cleanText(subject, SUBJECT_LIMIT)
    .replace(/(Merge pull request #\d+ from )[^/\s]+\//g, '$1')
    .replace(remoteAddress, '$1(address)');
  return plain.includes('@') ? plain.replace(emailAddress, '(address)') : plain;
}

// What `git pull` writes: "Merge branch 'main' of https://github.com/somebody/fork".
const remoteAddress = /^(Merge .* of )(?:\S+:\/\/\S+|\S+@\S+:\S+|[\w.-]+\.[a-z]{2,}[:/]\S+)/;

// `name@1.2.3-beta.one` is a release and no address: no host begins with three numbers.
const emailAddress = /[\w.+-]+(?:\[bot\])?@(?!\d+\.\d+\.\d+)(?:[a-z0-9-]+\.)+[a-z]{2,}\b/gi;

/** Text of strangers: control and other invisible characters become spaces, and it ends somewhere. */
export function cleanText(text: string, limit: number): string {
  const short =
    text.length > limit
      ? Array.from(text.slice(0, limit * 2))
          .slice(0, limit)
          .join('')
      : text;
  // Most text is plain, and that is told faster than what else it may be.
  return /[^\x20-\x7e]/.test(short) ? short.replace(/\p{C}+/gu, ' ').trim() : short;
}
