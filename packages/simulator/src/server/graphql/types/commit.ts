import type { Commit, Repository } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { commitId } from '../../world-index.ts';
import { type Connection, type PageArguments, pageOfList } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { historyOf } from '../history.ts';
import { repositoryUrl } from '../links.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { CommitSource } from '../sources.ts';
import { userOf } from './actor.ts';

/** Null for a sha that is none of the repository's. */
export function commitOf(repository: Repository, sha: string | null): CommitSource | null {
  const value = sha === null ? undefined : repository.commits.get(sha);
  return value === undefined ? null : { typename: 'Commit', repository, value };
}

interface GitActorSource {
  readonly name: string;
  readonly email: string;
  readonly at: number;
  readonly userId: string | null;
}

interface HistoryArguments extends PageArguments {
  readonly since?: string | null;
  readonly until?: string | null;
}

export const commit = defineType<CommitSource>('Commit', {
  id: ({ repository, value }) => commitId(repository, value.sha),
  oid: ({ value }) => value.sha,
  abbreviatedOid: ({ value }) => value.sha.slice(0, 7),
  message: ({ value }) => value.message,
  messageHeadline: ({ value }) => value.message.split('\n', 1)[0],
  messageBody: ({ value }) => value.message.split('\n').slice(1).join('\n').trim(),
  authoredDate: ({ value }) => formatTime(value.authoredAt),
  committedDate: ({ value }) => formatTime(value.committedAt),
  author: ({ value }): GitActorSource => ({
    name: value.authorName,
    email: value.authorEmail,
    at: value.authoredAt,
    userId: value.authorId,
  }),
  committer: ({ value }, _, { world }): GitActorSource => ({
    name: value.committerName,
    email: value.committerEmail,
    at: value.committedAt,
    userId: accountWith(world.users.values(), value.committerEmail),
  }),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  url: ({ repository, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/commit/${value.sha}`,
  parents: ({ repository, value }, page: PageArguments) =>
    pageOfList(value.parents, page, { idOf: (sha) => sha, map: (sha) => commitOf(repository, sha) }),
  history: ({ repository, value }, args: HistoryArguments) => {
    refuseArguments('Commit.history', args, [...pageArguments, 'since', 'until']);
    return pageOfHistory(repository, value, args);
  },
});

/** GitHub's history has no date that the author wrote; it filters by when a commit was made. */
function pageOfHistory(
  repository: Repository,
  head: Commit,
  { since, until, ...page }: HistoryArguments,
): Connection {
  const from = since == null ? -Infinity : Date.parse(since);
  const to = until == null ? Infinity : Date.parse(until);
  const whole = historyOf(repository, head.sha);
  const commits =
    from === -Infinity && to === Infinity
      ? whole
      : whole.filter(({ committedAt }) => committedAt >= from && committedAt <= to);
  return pageOfList(commits, page, {
    idOf: ({ sha }) => sha,
    map: (value): CommitSource => ({ typename: 'Commit', repository, value }),
  });
}

function accountWith(
  users: Iterable<{ readonly id: string; readonly email: string }>,
  email: string,
): string | null {
  for (const user of users) if (user.email === email) return user.id;
  return null;
}

export const gitActor = defineType<GitActorSource>('GitActor', {
  name: ({ name }) => name,
  email: ({ email }) => email,
  date: ({ at }) => formatTime(at),
  user: ({ userId }, _, context) => userOf(context, userId),
});
