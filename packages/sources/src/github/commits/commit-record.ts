import type { Instant } from '@bellwether/core';
import type { CommitRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { type Author, believable, mapCommit } from '../../git/mapper.ts';
import type { Commit } from './api-schema.ts';

/**
 * What is kept of a commit that came by a query: neither its message, of which only the references are read, nor its
 * author's name and address, of whom only the key is.
 */
export const CommitRecord = z.object({
  sha: z.string(),
  parents: z.array(z.string()),
  authorKey: z.string(),
  authorIsBot: z.boolean(),
  /** Unix seconds as text. */
  authored: z.string(),
  committed: z.string(),
  subject: z.string(),
  number: z.number().nullable(),
  headBranch: z.string().nullable(),
  revertsSha: z.string().nullable(),
  revertsNumber: z.number().nullable(),
  cherryPickedFrom: z.string().nullable(),
});
export type CommitRecord = z.infer<typeof CommitRecord>;

/** Prunes a commit. Everything that git knows too is read by the git source's own rules. */
export function pruneCommit(commit: Commit, authorOf: (name: string, email: string) => Author): CommitRecord {
  const { subject, body } = splitMessage(commit.message);
  const { authoredDate: authored, committedDate: committed } = commit;
  const row = mapCommit(
    {
      sha: commit.oid,
      parents: (commit.parents.nodes ?? []).flatMap((parent) => (parent === null ? [] : [parent.oid])),
      authorName: commit.author?.name ?? '',
      authorEmail: commit.author?.email ?? '',
      authored,
      committed,
      subject,
      body,
      paths: null,
    },
    { repo: '', now: 0, authorOf },
  );
  return {
    sha: row.sha,
    parents: [...row.parents],
    authorKey: row.author_key,
    authorIsBot: row.author_is_bot,
    authored,
    committed,
    subject: row.subject,
    number: row.number,
    headBranch: row.head_branch,
    revertsSha: row.reverts_sha,
    revertsNumber: row.reverts_number,
    cherryPickedFrom: row.cherry_picked_from,
  };
}

/** The same row that the mirror gives for the same commit. */
export function mapCommitRecord(
  record: CommitRecord,
  { repo, now }: { readonly repo: string; readonly now: Instant },
): CommitRow {
  return {
    repo,
    sha: record.sha,
    parents: record.parents,
    author_key: record.authorKey,
    author_is_bot: record.authorIsBot,
    authored_at: believable(record.authored, now),
    committed_at: believable(record.committed, now),
    subject: record.subject,
    number: record.number,
    head_branch: record.headBranch,
    reverts_sha: record.revertsSha,
    reverts_number: record.revertsNumber,
    cherry_picked_from: record.cherryPickedFrom,
    has_paths: false,
    paths: [],
  };
}

/** Subject and body as `%s` and `%b` of git's: the subject is the first paragraph, on one line. */
function splitMessage(message: string): { subject: string; body: string } {
  const lines = message.split('\n');
  const isBlank = (line: string | undefined): boolean => line?.trim() === '';
  let at = 0;
  while (isBlank(lines[at])) at++;
  const from = at;
  while (at < lines.length && !isBlank(lines[at])) at++;
  const subject = lines
    .slice(from, at)
    .map((line) => line.trimEnd())
    .join(' ');
  while (isBlank(lines[at])) at++;
  return { subject, body: lines.slice(at).join('\n') };
}
