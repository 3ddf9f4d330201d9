import path from 'node:path';
import { BellwetherError } from '@bellwether/core';
import { type GitSession, openSession } from '../../git/session.ts';
import type { OpenContext } from '../../source.ts';
import type { GitHubSession } from '../session.ts';
import { updateMirror } from './mirror.ts';

/** The mirror as the git source sees a clone, or why there is none. */
export type MirrorOutcome =
  | { readonly kind: 'open'; readonly session: GitSession }
  | { readonly kind: 'refused'; readonly error: BellwetherError };

const openings = new WeakMap<GitHubSession, Promise<MirrorOutcome>>();

/**
 * Brings the mirror of a session's repository up to date and opens it; once for all streams of the session, so that
 * commits and tags are of the same moment.
 *
 * @throws BellwetherError what `updateMirror` throws, but `mirror-refused`
 */
export function openMirror(session: GitHubSession, context: OpenContext): Promise<MirrorOutcome> {
  const found = openings.get(session);
  if (found) return found;
  const opening = open(session, context);
  openings.set(session, opening);
  // After a failure the engine may try again.
  opening.catch(() => openings.delete(session));
  return opening;
}

async function open(session: GitHubSession, { config, secret, signal }: OpenContext): Promise<MirrorOutcome> {
  const { mirrorFolder } = session.target;
  const { git } = session.api;
  if (mirrorFolder === null || git === undefined) {
    throw new Error('a mirror needs a folder and a way to fetch');
  }
  const folder = path.join(mirrorFolder, 'mirror.git');
  const authorization = await git.gitCredentials(session.owner, session.name);
  try {
    await updateMirror({ folder, url: git.gitUrl(session.owner, session.name), authorization, signal });
  } catch (error) {
    if (error instanceof BellwetherError && error.code === 'mirror-refused') {
      return { kind: 'refused', error };
    }
    throw error;
  }
  // There are no trees in a mirror, whatever is wanted of clones.
  const withoutPaths = { ...config, git: { ...config.git, paths: 'off' as const } };
  const opened = await openSession(
    { path: folder, repo: session.repo },
    { config: withoutPaths, secret, signal },
  );
  return { kind: 'open', session: opened };
}

/** Whether commits are to come from a mirror, as far as that can be told before trying. */
export function wantsMirror(session: GitHubSession, { config }: Pick<OpenContext, 'config'>): boolean {
  const { commits } = config.github;
  if (commits === 'api' || commits === 'off') return false;
  return session.target.mirrorFolder !== null && session.api.git !== undefined;
}
