import { BellwetherError } from '@bellwether/core';
import type { GitClient } from './client.ts';

/** What `git cat-file` says about one object that it was asked for. */
export interface FoundObject {
  /** As it was asked for: `<oid>^{}`. */
  readonly request: string;
  /** Null when the object is missing or cannot be read. */
  readonly object: { readonly oid: string; readonly type: string; readonly content: Buffer } | null;
}

export interface ReadObjectsOptions {
  /** Also the content; else only id and type. */
  readonly withContent: boolean;
}

/** So many unreadable objects in one repository, and it counts as damaged as a whole. */
const MOST_FAILURES = 50;

/**
 * Looks objects up, in the order asked for, in pieces as they come. One that is missing or damaged does not stop the
 * others, not even in a partial clone, where git gives up at the first missing one: it is started again behind it.
 *
 * @throws BellwetherError when more than 50 objects stop git
 */
export async function* readObjects(
  git: GitClient,
  requests: readonly string[],
  { withContent }: ReadObjectsOptions,
): AsyncGenerator<FoundObject[], void, undefined> {
  const mode = withContent ? '--batch' : '--batch-check';
  let next = 0;
  let failures = -1;
  while (next < requests.length) {
    const rest = requests.slice(next);
    const before = next;
    // Buffered it is faster, but a git that gives up then swallows answers: which object it was stays unknown.
    const isBuffered = failures === -1;
    const args = ['cat-file', mode, ...(isBuffered ? ['--buffer'] : [])];
    const answers = parseAnswers(git.stream(args, { input: `${rest.join('\n')}\n` }), rest, withContent);
    try {
      for await (const piece of answers) {
        next += piece.length;
        yield piece;
      }
    } catch (error) {
      failures++;
      if (!isAboutAnObject(error) || failures > MOST_FAILURES || next >= requests.length) throw error;
      if (isBuffered) continue;
      yield [{ request: requests[next]!, object: null }];
      next++;
    }
    if (next === before) throw new Error('git cat-file ended without an answer');
  }
}

/** Which of the object ids are not there. */
export async function missingObjects(git: GitClient, oids: readonly string[]): Promise<Set<string>> {
  const missing = new Set<string>();
  for await (const piece of readObjects(git, oids, { withContent: false })) {
    for (const { request, object } of piece) if (object === null) missing.add(request);
  }
  return missing;
}

/** Whether git stopped because of an object that it could not read. */
export function isAboutAnObject(error: unknown): boolean {
  return (
    error instanceof BellwetherError &&
    ['repository-corrupt', 'objects-missing', 'git-failed'].includes(error.code)
  );
}

const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

async function* parseAnswers(
  chunks: AsyncIterable<Buffer>,
  requests: readonly string[],
  withContent: boolean,
): AsyncGenerator<FoundObject[], void, undefined> {
  let pending: Buffer = NOTHING;
  let index = 0;
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const found: FoundObject[] = [];
    let at = 0;
    for (;;) {
      const answer = parseAnswer(pending, at, withContent);
      if (answer === null) break;
      found.push({ request: requests[index++] ?? '', object: answer.object });
      at = answer.end;
    }
    pending = pending.subarray(at);
    if (found.length > 0) yield found;
  }
}

/** One answer, `<oid> <type> <size>` and the content, from the given offset; null when it is not all there yet. */
function parseAnswer(
  bytes: Buffer,
  start: number,
  withContent: boolean,
): { object: FoundObject['object']; end: number } | null {
  const newline = bytes.indexOf(NEWLINE, start);
  if (newline === -1) return null;
  const match = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(bytes.toString('latin1', start, newline));
  if (!match) return { object: null, end: newline + 1 };
  const [, oid = '', type = '', size = '0'] = match;
  if (!withContent) return { object: { oid, type, content: NOTHING }, end: newline + 1 };
  const end = newline + 1 + Number(size);
  if (bytes.length <= end) return null;
  return { object: { oid, type, content: bytes.subarray(newline + 1, end) }, end: end + 1 };
}
