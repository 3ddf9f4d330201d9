import { type Instant, isRealistic } from '@bellwether/core';
import type { CommitRow } from '@bellwether/warehouse';
import { cleanSubject, cleanText, readMessage } from './commit-message.ts';
import type { RawCommit } from './log.ts';

/** Who wrote a commit, as the warehouse may know it. */
export interface Author {
  readonly key: string;
  readonly isBot: boolean;
}

export interface CommitMapping {
  readonly repo: string;
  readonly now: Instant;
  readonly authorOf: (name: string, email: string) => Author;
}

/** A commit as a row. Dates that cannot be believed become null. */
export function mapCommit(raw: RawCommit, { repo, now, authorOf }: CommitMapping): CommitRow {
  const author = authorOf(raw.authorName, raw.authorEmail);
  const references = readMessage(raw.subject, raw.body, raw.parents.length > 1);
  return {
    repo,
    sha: raw.sha,
    parents: raw.parents,
    author_key: author.key,
    author_is_bot: author.isBot,
    authored_at: believable(raw.authored, now),
    committed_at: believable(raw.committed, now),
    subject: cleanSubject(raw.subject),
    number: references.number,
    head_branch: references.headBranch === null ? null : cleanText(references.headBranch, 250),
    reverts_sha: references.revertsSha,
    reverts_number: references.revertsNumber,
    cherry_picked_from: references.cherryPickedFrom,
    has_paths: raw.paths !== null,
    paths: raw.paths === null ? [] : [...raw.paths].sort(),
  };
}

/** The instant of git's unix seconds; null where there is none or nobody can believe it. */
export function believable(seconds: string, now: Instant): Instant | null {
  const instant = toInstant(seconds);
  return instant !== null && isRealistic(instant, now) ? instant : null;
}

const DAY_MS = 86_400_000;

/**
 * When a date that lies too far ahead becomes believable, so that it is read again then; null for any other date,
 * and for those that no one will live to see.
 */
export function believableFrom(seconds: string, now: Instant): Instant | null {
  const instant = toInstant(seconds);
  if (instant === null || instant <= now + DAY_MS || instant > now + 36_500 * DAY_MS) return null;
  return instant - DAY_MS;
}

/** Git prints nothing for negative numbers and any number of digits for absurd ones. */
function toInstant(seconds: string): Instant | null {
  return /^-?\d{1,13}$/.test(seconds) ? Number(seconds) * 1000 : null;
}
