import { randomBytes } from 'node:crypto';
import type { GitClient } from './client.ts';

/** A commit as git prints it: text, nothing interpreted. */
export interface RawCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authorName: string;
  readonly authorEmail: string;
  /** Unix seconds as text; empty or absurd where the commit says so. */
  readonly authored: string;
  readonly committed: string;
  readonly subject: string;
  readonly body: string;
  /** Null where paths were not asked for. */
  readonly paths: readonly string[] | null;
}

export interface ReadLogOptions {
  /** Where to begin. None: nothing is read. */
  readonly heads: readonly string[];
  /** Commits whose whole history is left out. */
  readonly known: readonly string[];
  readonly withPaths: boolean;
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%ct', '%s', '%b'];

// What a merge brought is what differs from its first parent. Everything else keeps the caller's configuration,
// which is the repository's and so anybody's, out of the list.
const pathOptions = [
  '--name-only',
  '--diff-merges=first-parent',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=none',
  '-O/dev/null',
];

/**
 * Reads commits, children before their parents, in pieces as they come.
 *
 * @throws BellwetherError when git cannot go on; what was yielded before is good
 */
export async function* readLog(
  git: GitClient,
  { heads, known, withPaths }: ReadLogOptions,
): AsyncGenerator<RawCommit[], void, undefined> {
  // Without a head git would read HEAD.
  if (heads.length === 0) return;
  // No file name can hold what nobody can guess, so a path never passes for the next commit.
  const marker = `commit:${randomBytes(12).toString('hex')}:`;
  const output = git.stream(
    [
      'log',
      '-z',
      '--topo-order',
      '--encoding=UTF-8',
      '--no-color',
      '--no-decorate',
      '--no-notes',
      '--no-mailmap',
      '--no-show-signature',
      `--format=tformat:${marker}${FIELDS.join('%x00')}`,
      ...(withPaths ? pathOptions : ['--no-patch']),
      '--stdin',
    ],
    { input: revisions(heads, known) },
  );
  yield* parseLog(output, marker, withPaths);
}

/** Ids of all commits that the heads reach and `known` does not, children first. */
export async function* readReachable(
  git: GitClient,
  { heads, known }: Pick<ReadLogOptions, 'heads' | 'known'>,
): AsyncGenerator<{ sha: string; parents: string[] }[], void, undefined> {
  if (heads.length === 0) return;
  const output = git.stream(['rev-list', '--topo-order', '--parents', '--stdin'], {
    input: revisions(heads, known),
  });
  let pending = '';
  for await (const chunk of output) {
    const lines = (pending + chunk.toString('latin1')).split('\n');
    pending = lines.pop() ?? '';
    yield lines.map((line) => {
      const [sha = '', ...parents] = line.split(' ');
      return { sha, parents };
    });
  }
}

function revisions(heads: readonly string[], known: readonly string[]): string {
  return [...heads, ...known.map((oid) => `^${oid}`), ''].join('\n');
}

/** Parses the output of `readLog`'s command, wherever the pieces are cut. Broken UTF-8 becomes U+FFFD. */
export async function* parseLog(
  chunks: AsyncIterable<Buffer>,
  marker: string,
  withPaths: boolean,
): AsyncGenerator<RawCommit[], void, undefined> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parser = new LogParser(marker, withPaths);
  let pending = '';
  for await (const chunk of chunks) {
    const tokens = (pending + decoder.decode(chunk, { stream: true })).split('\0');
    pending = tokens.pop() ?? '';
    const commits = parser.add(tokens);
    if (commits.length > 0) yield commits;
  }
  const last = parser.end();
  if (last !== null) yield [last];
}

class LogParser {
  readonly #marker: string;
  readonly #withPaths: boolean;
  #fields: string[] | null = null;
  #paths: string[] = [];

  constructor(marker: string, withPaths: boolean) {
    this.#marker = marker;
    this.#withPaths = withPaths;
  }

  /** Takes whole tokens; returns the commits that are complete. */
  add(tokens: readonly string[]): RawCommit[] {
    const done: RawCommit[] = [];
    for (const token of tokens) {
      if (this.#fields !== null && this.#fields.length < FIELDS.length) this.#fields.push(token);
      else if (token.startsWith(this.#marker)) {
        const commit = this.end();
        if (commit !== null) done.push(commit);
        this.#fields = [token.slice(this.#marker.length)];
        this.#paths = [];
      }
      // The first path stands on a line of its own.
      else this.#paths.push(this.#paths.length === 0 ? token.replace(/^\n/, '') : token);
    }
    return done;
  }

  /** The commit that was begun last; null where its fields are not complete. */
  end(): RawCommit | null {
    if (this.#fields?.length !== FIELDS.length) return null;
    const [sha, parents, authorName, authorEmail, authored, committed, subject, body] = this.#fields as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      sha,
      parents: parents === '' ? [] : parents.split(' '),
      authorName,
      authorEmail,
      authored,
      committed,
      subject,
      body,
      paths: this.#withPaths ? this.#paths : null,
    };
  }
}
